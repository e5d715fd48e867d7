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
      tiersOf(cacheName).invalidate(cacheName, KeyCodec.group(arguments));
    } catch (NotStorableException foreign) {
      // then no shared entry has such a key
    }
  }

  @Override
  public void invalidatedAll(String cacheName) {
    tiersOf(cacheName).clear(cacheName);
  }

  @Override
  public void invalidatedEverything() {
    tiers.clearOwn();
  }

  @Override
  public void invalidatedTag(String cacheName, String tag) {
    tiersOf(cacheName).invalidateTag(cacheName, tag);
  }

  /** All, unless every cache of this name that is here keeps to this JVM. */
  private SlowTiers tiersOf(String cacheName) {
    SlowTiers own = null;
    for (Cache cache : registry.caches()) {
      if (cache.name().equals(cacheName)) {
        if (cache.invalidations().reachedOthers()) {
          return tiers;
        }
        SlowTiers behind = cache.slowTiers();
        own = behind == null ? own : behind;
      }
    }
    return own == null ? tiers : own;
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
        if (!into.reachOthers() && tiersOf(cacheName).reachOthers()) { // where it was kept before
          tiers.invalidate(cacheName, tierKey.group());
        }
        into.replace(tierKey, entry, stamp);
      } finally {
        // Other JVMs hear of it; a cache of another class loader in this one does not.
        registry.forgetElsewhere(cacheName, call, tierKey.group());
      }
    }
  }
}
