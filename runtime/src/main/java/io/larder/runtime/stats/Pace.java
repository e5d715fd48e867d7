package io.larder.runtime.stats;

/**
 * How long looks take lately. Racy on purpose: a look more or less changes nothing. Thread-safe.
 *
 * <p>One look that takes a thousand times as long, because a thread was not scheduled or classes
 * were loaded, says nothing of the next. It must not cost the tier: the method would run hundreds
 * of times before enough looks had been tried to find out.
 */
public final class Pace {

  /** Looks that are made in any case; the quickest of them is where the estimate starts. */
  private static final int FIRST_LOOKS = 16;

  private static final int SMOOTHING = 16;
  private static final int SMOOTHING_DOWN = 8;

  /** As quick as memory that the operating system has of a file. */
  private static final int QUICK_NANOS = 20_000;

  /** A look that would not pay is made all the same so long after the last: it may pay again. */
  private static final long TRY_AGAIN_NANOS = 20_000_000;

  private volatile long usualNanos;
  private volatile long lastLookNanos;
  private volatile int looks;
  private volatile boolean wasQuick;

  /**
   * Whether the look that is about to begin is to be timed. All are; but while they are quick, one
   * in a tick of the coarse clock stands for those in it, as to read the exact one twice takes 60
   * ns, a tenth of a look. What becomes slow is noticed with the next tick.
   *
   * @param coarseNanos the time as of the last tick
   */
  public boolean isToBeTimed(long coarseNanos) {
    return !wasQuick || looks < FIRST_LOOKS || coarseNanos - lastLookNanos > 0;
  }

  /** How long a look takes by now; 0 before the first. */
  public long usualNanos() {
    return usualNanos;
  }

  /**
   * A look was made, and timed.
   *
   * @param nanos how long it took
   */
  public void took(long nanos, long nowNanos) {
    long usual = usualNanos;
    int before = looks;
    lastLookNanos = nowNanos;
    wasQuick = nanos < QUICK_NANOS;
    if (before < FIRST_LOOKS) {
      usualNanos = before == 0 ? nanos : Math.min(usual, nanos);
      looks = before + 1;
    } else if (nanos > usual) {
      // However long it took: by a sixteenth. What lasts doubles the estimate every twelve looks.
      usualNanos = usual + Math.min(nanos - usual, usual + SMOOTHING) / SMOOTHING;
    } else {
      usualNanos = usual - (usual - nanos) / SMOOTHING_DOWN;
    }
  }

  /**
   * Whether a look is worth it.
   *
   * @param loadNanos how long it takes without; 0 if nobody knows
   */
  public boolean pays(long loadNanos, long nowNanos) {
    return loadNanos <= 0
        || looks < FIRST_LOOKS
        || usualNanos < loadNanos
        || nowNanos - lastLookNanos > TRY_AGAIN_NANOS;
  }
}
