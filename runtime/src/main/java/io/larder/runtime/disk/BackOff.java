package io.larder.runtime.disk;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait after failures: a second, and twice as long each time, up to a minute.
 * Thread-safe.
 */
final class BackOff {

  private static final int MOST_DOUBLINGS = 6;

  /** Guarded by this, as the next. */
  private int failures;

  private long untilNanos;

  synchronized void failed() {
    int doublings = Math.min(failures, MOST_DOUBLINGS);
    long seconds = Math.min(60, 1L << doublings);
    failures++;
    untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  synchronized void succeeded() {
    failures = 0;
  }

  /** Since it last succeeded. */
  synchronized int failures() {
    return failures;
  }

  /** Whether it may be tried again. */
  synchronized boolean isOver() {
    return failures == 0 || System.nanoTime() - untilNanos >= 0;
  }
}
