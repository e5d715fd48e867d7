package io.larder.runtime.shared;

/**
 * How long looks take lately. Racy on purpose: a look more or less changes nothing. Thread-safe.
 *
 * <p>Follows a quicker look at once and a slower one slowly: the first ones load classes, and a
 * single pause must not keep a cache from Redis.
 */
final class Pace {

  private static final int SMOOTHING = 16;

  /** So many looks are made before any is left out. */
  private static final int WARM_UP = 16;

  /** A look that would not pay is made all the same so long after the last: it may pay again. */
  private static final long TRY_AGAIN_NANOS = 20_000_000;

  private volatile long typicalNanos;
  private volatile long lastLookNanos;
  private int looks;

  /**
   * A look was made.
   *
   * @param nanos how long it took
   */
  void took(long nanos, long nowNanos) {
    long before = typicalNanos;
    looks++;
    lastLookNanos = nowNanos;
    typicalNanos =
        before == 0 || nanos < before
            ? (before == 0 ? nanos : (before + nanos) / 2)
            : before + (nanos - before) / SMOOTHING;
  }

  /**
   * Whether a look is worth it.
   *
   * @param loadNanos how long it takes without; 0 if nobody knows
   */
  boolean pays(long loadNanos, long nowNanos) {
    return loadNanos <= 0
        || typicalNanos < loadNanos
        || looks < WARM_UP
        || nowNanos - lastLookNanos > TRY_AGAIN_NANOS;
  }
}
