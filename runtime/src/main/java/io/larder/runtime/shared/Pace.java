package io.larder.runtime.shared;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long looks take lately. Racy on purpose: a look more or less changes nothing. Thread-safe.
 */
final class Pace {

  private static final int SMOOTHING = 16;

  /** Of so many looks that would not pay, one is made all the same: the pace may have changed. */
  private static final int TRY_ONE_OF = 64;

  private volatile long meanNanos;

  void took(long nanos) {
    long mean = meanNanos;
    meanNanos = mean == 0 ? nanos : mean + (nanos - mean) / SMOOTHING;
  }

  /**
   * Whether a look is worth it.
   *
   * @param loadNanos how long it takes without; 0 if nobody knows
   */
  boolean pays(long loadNanos) {
    return loadNanos <= 0
        || meanNanos < loadNanos
        || ThreadLocalRandom.current().nextInt(TRY_ONE_OF) == 0;
  }
}
