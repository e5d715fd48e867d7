package io.larder.runtime.coordinator;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The way of one load to the slower tiers: what they have, and what they get. For the thread that
 * loads.
 */
final class Journey {

  private final Cache cache;
  private final SlowTiers tiers;
  private final TierKey key;

  /** Taken before anything is asked: what is invalidated from now on is newer. */
  private final SlowTiers.Stamp stamp;

  private SlowTiers.@Nullable Lease lease;

  private boolean leftToAnother;

  /**
   * What the call has waited for the tiers by now: their deadline is one for all it asks of them.
   */
  private long waitedNanos;

  private Journey(Cache cache, SlowTiers tiers, TierKey key) {
    this.cache = cache;
    this.tiers = tiers;
    this.key = key;
    this.stamp = tiers.stamp();
  }

  /** Begins; {@code null} when the result stays in this JVM, or now has to. */
  static @Nullable Journey begin(Cache cache, @Nullable CachedCall call, Object key) {
    SlowTiers tiers = cache.slowTiers();
    if (tiers == null || call == null || tiers.areAway(cache.name())) {
      return null;
    }
    TierKey tierKey = call.tierKey(key);
    if (tierKey == null) {
      return null;
    }
    cache.invalidations().noteShared(tierKey, key);
    return new Journey(cache, tiers, tierKey);
  }

  /**
   * What the tiers have. When they have nothing and one JVM is to load for all, this one may do so
   * when this returns.
   *
   * @param mayWait whether to wait for the JVM that does
   */
  SlowTiers.@Nullable Found lookUp(boolean mayWait) {
    boolean waits = tiers.reachOthers(); // else the time is not needed, and reading it takes some
    long start = waits ? cache.clock().nanos() : 0;
    SlowTiers.Found found = tiers.get(key, cache.counters().usualLoadNanos());
    long looked = found == null ? 0 : found.lookNanos();
    if (found == null) {
      waitedNanos = waits ? cache.clock().nanos() - start : 0;
      if (mayWait && cache.policy().sharing().loadOnce()) {
        SlowTiers.Lease granted =
            tiers.lease(key, cache.policy().waitAtMost().toNanos(), waitedNanos);
        found = granted.found();
        lease = found == null ? granted : null;
        looked = waits ? cache.clock().nanos() - start : 0;
      }
    }
    if (found != null) {
      cache.counters().slowHit(found.entry().loadNanos(), looked);
    }
    return found;
  }

  /**
   * What another JVM made of an entry that is due for a refresh. When there is nothing, and no
   * other is at it, this one may load when this returns.
   *
   * @param refreshNanos the age at which entries are due
   */
  SlowTiers.@Nullable Found lookUpNewer(Entry due, long refreshNanos) {
    SlowTiers.Found found = newer(due, refreshNanos);
    if (found == null) {
      lease = tiers.tryLease(key);
      leftToAnother = lease == null;
      // Again: whose turn it was before may have stored since this thread looked.
      found = leftToAnother ? null : newer(due, refreshNanos);
    }
    return found;
  }

  private SlowTiers.@Nullable Found newer(Entry due, long refreshNanos) {
    SlowTiers.Found found = tiers.newest(key);
    if (found == null) {
      return null;
    }
    long created = found.entry().createdNanos();
    boolean isDue = cache.clock().nanos() - created >= refreshNanos;
    // The clocks of two JVMs differ by little: the same entry must not look like a newer one.
    boolean isSame = created - due.createdNanos() <= refreshNanos / 10;
    return isDue || isSame ? null : found;
  }

  /** Whether another JVM is about to load it, so that this one need not. */
  boolean isLeftToAnother() {
    return leftToAnother;
  }

  /**
   * Ends.
   *
   * @param stored what was loaded and stored in memory; {@code null} when there is nothing to store
   */
  void end(@Nullable Entry stored) {
    SlowTiers.Lease granted = lease;
    if (granted != null) {
      if (stored == null) {
        granted.released();
      } else {
        granted.loaded(stored, stamp, waitedNanos);
      }
    } else if (stored != null) {
      tiers.put(key, stored, stamp, cache.policy().sharing().writeBehind(), waitedNanos);
    }
  }
}
