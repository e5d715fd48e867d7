package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import org.jspecify.annotations.Nullable;

/** Passes on to slower tiers, and through them to other JVMs, what is asked of caches. */
public final class PassingOn implements InvalidationListener {

  private final SlowTiers tiers;
  private final CacheRegistry registry;

  /** To these tiers. */
  public PassingOn(SlowTiers tiers, CacheRegistry registry) {
    this.tiers = tiers;
    this.registry = registry;
  }

  @Override
  public void invalidatedKey(String cacheName, @Nullable Object... arguments) {
    try {
      tiers.invalidate(cacheName, KeyCodec.group(arguments));
    } catch (NotStorableException foreign) {
      // then no shared entry has such a key
    }
  }

  @Override
  public void invalidatedAll(String cacheName) {
    tiers.clear(cacheName);
  }

  @Override
  public void invalidatedEverything() {
    tiers.clearOwn();
  }

  @Override
  public void invalidatedTag(String cacheName, String tag) {
    tiers.invalidateTag(cacheName, tag);
  }

  @Override
  public void put(
      String cacheName,
      CachedCall call,
      Object key,
      Entry entry,
      @Nullable SlowTiers into,
      SlowTiers.Stamp stamp,
      @Nullable Object... arguments) {
    TierKey tierKey = call.tierKey(key);
    if (tierKey == null || into == null) { // null: it began before results went to slower tiers
      invalidatedKey(cacheName, arguments);
    } else {
      try {
        into.replace(tierKey, entry, stamp);
      } finally {
        // Other JVMs hear of it; a cache of another class loader in this one does not.
        registry.forgetElsewhere(cacheName, call, tierKey.group());
      }
    }
  }
}
