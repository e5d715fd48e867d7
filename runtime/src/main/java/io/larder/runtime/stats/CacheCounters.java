package io.larder.runtime.stats;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a cache counts. Counts are exact and never go back; times of quick loads are sampled, see
 * {@link CallCounts}.
 */
public final class CacheCounters {

  /** A result that took longer is not shared: whoever says so is not believed. */
  private static final long LONGEST_LOAD_NANOS = Duration.ofMinutes(5).toNanos();

  private static final int LOOKS_PER_MEAN = 64;

  /** Hits, misses and puts. */
  public final CallCounts calls = CallCounts.create();

  /** Runs of the method whose result was not stored: invalidated meanwhile, or not wanted. */
  public final LongAdder unstored = new LongAdder();

  /** Runs of the method that ended with an exception. */
  public final LongAdder loadFailures = new LongAdder();

  /** Entries forgotten on request. */
  public final LongAdder invalidations = new LongAdder();

  /** Invalidations of a tag that entries had. */
  public final LongAdder tagInvalidations = new LongAdder();

  /** Results that were stored by methods that put. */
  public final LongAdder updates = new LongAdder();

  /** Calls that got the outcome of another thread's load. */
  public final LongAdder coalesced = new LongAdder();

  /** Calls that ran the method without storing: rings, recursion, interrupted or too long waits. */
  public final LongAdder uncached = new LongAdder();

  /** Failures of Larder's own, or of an argument's equals or hashCode; the call ran uncached. */
  public final LongAdder problems = new LongAdder();

  /** Results of slower tiers that were put into memory. */
  public final LongAdder promotions = new LongAdder();

  /** Calls that got what another thread found in a slower tier. */
  public final LongAdder sharedLookups = new LongAdder();

  /** Racy on purpose, as the next: a mean that is a few looks older is as good. */
  private volatile long usualLoadNanos;

  private volatile int looksSinceMean;

  /** Runs of the method in the background, to replace an entry that is old; they are loads, too. */
  public final LongAdder refreshes = new LongAdder();

  /** Those of them that ended with an exception, and those that could not begin. */
  public final LongAdder refreshFailures = new LongAdder();

  /** Old entries that were replaced by what another JVM had loaded. */
  public final LongAdder refreshesShared = new LongAdder();

  /** Refreshes that were put off because too many others waited. */
  public final LongAdder refreshesDropped = new LongAdder();

  /** How long loads took. */
  public final LoadTimes loadTimes = new LoadTimes();

  /** What hits in memory saved. Guarded by this. */
  private long savedNanos;

  /** The hits that are already in {@link #savedNanos}. Guarded by this. */
  private long savedHits;

  /**
   * Counts a run of the method that ended with a result.
   *
   * @param wasStored whether the result was stored; if not, it was invalidated meanwhile, or is not
   *     wanted
   * @param nanos how long it took; 0 when that was not timed
   */
  public void loaded(boolean wasStored, long nanos, long nowNanos) {
    if (wasStored) {
      calls.put();
    } else {
      unstored.increment();
    }
    if (nanos > 0) {
      loadTimes.record(nanos, nowNanos, calls.timed(nanos, /* failed= */ false));
    }
  }

  /**
   * Counts a run of the method that ended with an exception.
   *
   * @param nanos how long it took; 0 when that was not timed
   */
  public void failed(long nanos, long nowNanos) {
    loadFailures.increment();
    if (nanos > 0) {
      loadTimes.record(nanos, nowNanos, calls.timed(nanos, /* failed= */ true));
    }
  }

  /**
   * Counts a call that found nothing in memory and was answered from a slower tier.
   *
   * @param loadNanos how long it took to compute the result, in whichever JVM; 0 when nobody timed
   * @param lookNanos how long it took to find it
   */
  public void slowHit(long loadNanos, long lookNanos) {
    long believed = Math.min(loadNanos, LONGEST_LOAD_NANOS);
    calls.slowHit(believed, Math.max(0, believed - lookNanos));
  }

  /** Calls answered from a slower tier. */
  public long slowHits() {
    return calls.slowHits();
  }

  /** Calls answered from the cache, from whichever tier. */
  public long hits() {
    return calls.hits() + calls.slowHits();
  }

  /** Calls that found nothing in any tier that was asked. */
  public long misses() {
    return Math.max(0, calls.misses() - calls.slowHits());
  }

  /** All runs of the method whose result was to be stored. */
  public long loads() {
    return calls.puts() + unstored.sum() + loadFailures.sum();
  }

  /**
   * The time that hits saved. One in memory saves the mean time of a load, here or in the JVM that
   * a result was taken over from, as it is when it is first asked for; one in a slower tier the
   * time of its own load, less that of the look. Never goes back, though the mean may.
   */
  public synchronized long savedNanos() {
    long now = calls.hits();
    savedNanos += (long) ((now - savedHits) * meanKnownLoadNanos());
    savedHits = now;
    return savedNanos + calls.slowSavedNanos();
  }

  /**
   * How long a load takes, in nanoseconds, a few looks ago; 0 before the first. To add up what all
   * threads counted takes a sixth of a microsecond, which every look in a slower tier would pay.
   */
  public long usualLoadNanos() {
    int looks = looksSinceMean + 1;
    if (usualLoadNanos == 0 || looks >= LOOKS_PER_MEAN) {
      usualLoadNanos = (long) calls.meanLoadNanos();
      looks = 0;
    }
    looksSinceMean = looks;
    return usualLoadNanos;
  }

  private double meanKnownLoadNanos() {
    long found = calls.foundLoads();
    long timed = calls.timedLoads();
    return found + timed == 0
        ? 0
        : (calls.foundLoadNanos() + timed * calls.meanLoadNanos()) / (found + timed);
  }
}
