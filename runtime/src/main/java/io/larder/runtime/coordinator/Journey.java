package io.larder.runtime.coordinator;

import io.larder.runtime.codec.SharedKey;
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
  private final SharedKey key;

  /** Taken before anything is asked: what is invalidated from now on is newer. */
  private final long stamp;

  private SlowTiers.@Nullable Lease lease;

  private boolean leftToAnother;

  /**
   * What the call has waited for the tiers by now: their deadline is one for all it asks of them.
   */
  private long waitedNanos;

  private Journey(Cache cache, SlowTiers tiers, SharedKey key) {
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
    SharedKey shared = call.tierKey(key);
    if (shared == null) {
      return null;
    }
    cache.invalidations().noteShared(shared, key);
    return new Journey(cache, tiers, shared);
  }

  /**
   * What the tiers have. When they have nothing and one JVM is to load for all, this one may do so
   * when this returns.
   *
   * @param mayWait whether to wait for the JVM that does
   */
  SlowTiers.@Nullable Found lookUp(boolean mayWait) {
    boolean loadOnce = mayWait && cache.policy().sharing().loadOnce();
    // Where all JVMs wait for one that loads, one whose codec is not there yet waits, too.
    TierKey whole = loadOnce ? key.awaitWhole(cache.policy().waitAtMost().toNanos()) : key.whole();
    long start = cache.clock().nanos();
    if (whole == null) {
      tiers.notReady(cache.name());
      return null;
    }
    SlowTiers.Found found = tiers.get(whole, (long) cache.counters().calls.meanLoadNanos());
    if (found == null && loadOnce) {
      SlowTiers.Lease granted =
          tiers.lease(whole, cache.policy().waitAtMost().toNanos(), cache.clock().nanos() - start);
      found = granted.found();
      lease = found == null ? granted : null;
    }
    waitedNanos = cache.clock().nanos() - start;
    if (found != null) {
      long looked = cache.clock().nanos() - start;
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
    TierKey whole = key.whole();
    if (whole == null) {
      tiers.notReady(cache.name());
      return null;
    }
    SlowTiers.Found found = newer(whole, due, refreshNanos);
    if (found == null) {
      lease = tiers.tryLease(whole);
      leftToAnother = lease == null;
      // Again: whose turn it was before may have stored since this thread looked.
      found = leftToAnother ? null : newer(whole, due, refreshNanos);
    }
    return found;
  }

  private SlowTiers.@Nullable Found newer(TierKey whole, Entry due, long refreshNanos) {
    SlowTiers.Found found = tiers.get(whole, /* loadNanos= */ 0); // even if to load were quicker
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
      send(stored);
    }
  }

  private void send(Entry stored) {
    TierKey whole = key.whole();
    if (whole != null) {
      tiers.put(whole, stored, stamp, cache.policy().sharing().writeBehind(), waitedNanos);
      return;
    }
    // The codec is made on the thread that does this, and before it. Not written through, as the
    // caller waits for neither; what is invalidated meanwhile is newer than the stamp.
    SharedKey pending = key;
    long since = stamp;
    SlowTiers behind = tiers;
    boolean unused =
        tiers.later(
            () -> {
              TierKey made = pending.whole();
              if (made != null) {
                behind.put(made, stored, since, /* behind= */ true, /* waitedNanos= */ 0);
              }
            });
  }
}
