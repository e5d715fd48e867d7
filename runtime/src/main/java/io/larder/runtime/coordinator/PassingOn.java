package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes on to slower tiers, and through them to other JVMs, what is asked of caches. */
public final class PassingOn implements InvalidationListener {

  /** What a JVM keeps for itself, whether a cache has it now or had it. */
  private static final List<String> KEPT = List.of("disk");

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
      SlowTiers told = tiersOf(cacheName);
      if (told != null) {
        told.invalidate(cacheName, KeyCodec.group(arguments));
      }
    } catch (NotStorableException foreign) {
      // then no shared entry has such a key
    }
  }

  @Override
  public void invalidatedAll(String cacheName) {
    SlowTiers told = tiersOf(cacheName);
    if (told != null) {
      told.clear(cacheName);
    }
  }

  @Override
  public void invalidatedEverything() {
    tiers.clearOwn();
  }

  @Override
  public void invalidatedTag(String cacheName, String tag) {
    SlowTiers told = tiersOf(cacheName);
    if (told != null) {
      told.invalidateTag(cacheName, tag);
    }
  }

  /**
   * All, unless every cache of this name that is here keeps to this JVM: then what it keeps for
   * itself, which is {@code null} if there is nothing.
   */
  private @Nullable SlowTiers tiersOf(String cacheName) {
    if (!tiers.reachOthers()) {
      return tiers; // without a look at the caches, which takes a lock
    }
    boolean isHere = false;
    for (Cache cache : registry.caches()) {
      if (cache.name().equals(cacheName)) {
        if (cache.invalidations().reachedOthers()) {
          return tiers;
        }
        isHere = true;
      }
    }
    return isHere ? tiers.among(KEPT) : tiers;
  }

  private boolean reachesOthers(String cacheName) {
    SlowTiers told = tiersOf(cacheName);
    return told != null && told.reachOthers();
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
        if (!into.reachOthers() && reachesOthers(cacheName)) { // where it was kept before
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
