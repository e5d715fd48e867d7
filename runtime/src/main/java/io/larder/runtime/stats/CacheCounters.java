package io.larder.runtime.stats;

import java.util.concurrent.atomic.LongAdder;

/**
 * What a cache counts. Hits have their own counter because they are many; all others are off the
 * hit path, exact, and never go back.
 */
public final class CacheCounters {

  /** Calls answered from the cache. */
  public final HitCounter hits = HitCounter.create();

  /** Calls that found nothing they could use. */
  public final LongAdder misses = new LongAdder();

  /** Runs of the method whose result was stored. */
  public final LongAdder puts = new LongAdder();

  /** Runs of the method whose result was not stored, because it was invalidated meanwhile. */
  public final LongAdder doomed = new LongAdder();

  /** Runs of the method that ended with an exception. */
  public final LongAdder loadFailures = new LongAdder();

  /** Entries forgotten on request. */
  public final LongAdder invalidations = new LongAdder();

  /** Calls that got the outcome of another thread's load. */
  public final LongAdder coalesced = new LongAdder();

  /** Calls that ran the method without storing: rings, recursion, interrupted or too long waits. */
  public final LongAdder uncached = new LongAdder();

  /** Failures of Larder's own, or of an argument's equals or hashCode; the call ran uncached. */
  public final LongAdder problems = new LongAdder();

  /** How long loads took. */
  public final LoadTimes loadTimes = new LoadTimes();

  private final LongAdder loadNanos = new LongAdder();

  /** Guarded by this. */
  private long savedNanos;

  /** The hits that are already in {@link #savedNanos}. Guarded by this. */
  private long savedHits;

  /** Counts a run of the method whose result was stored. */
  public void stored(long nanos, long nowNanos) {
    puts.increment();
    loadNanos.add(nanos);
    loadTimes.record(nanos, nowNanos);
  }

  /** Counts a run of the method whose result was not stored. */
  public void doomed(long nanos, long nowNanos) {
    doomed.increment();
    loadNanos.add(nanos);
    loadTimes.record(nanos, nowNanos);
  }

  /** Counts a run of the method that ended with an exception. */
  public void failed(long nanos, long nowNanos) {
    loadFailures.increment();
    loadTimes.record(nanos, nowNanos);
  }

  /** All runs of the method whose result was to be stored. */
  public long loads() {
    return successes() + loadFailures.sum();
  }

  private long successes() {
    return puts.sum() + doomed.sum();
  }

  /** The mean time of a load that ended with a result, in nanoseconds; 0 before the first. */
  public double meanLoadNanos() {
    long loads = successes();
    return loads == 0 ? 0 : (double) loadNanos.sum() / loads;
  }

  /**
   * The time that hits saved: each at the mean time of a load when it was first asked for. Never
   * goes back, though the mean may.
   */
  public synchronized long savedNanos() {
    long now = hits.sum();
    savedNanos += (long) ((now - savedHits) * meanLoadNanos());
    savedHits = now;
    return savedNanos;
  }
}
