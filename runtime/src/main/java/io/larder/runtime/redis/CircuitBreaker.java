package io.larder.runtime.redis;

import io.larder.runtime.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server is asked at all. Closed, it counts; open, it costs a caller one volatile
 * read, until somebody who probes in the background closes it. There is no half-open state: no call
 * of the application is a probe. Thread-safe; nothing blocks.
 *
 * <p>It opens after {@value #CONSECUTIVE} failures in a row, and when within a second half of at
 * least {@value #AT_LEAST} calls failed or were slow.
 */
final class CircuitBreaker {

  static final int CONSECUTIVE = 5;
  static final int AT_LEAST = 20;

  private static final long WINDOW_NANOS = 1_000_000_000L;
  private static final int COUNT_BITS = 20;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final Clock clock;
  private final long slowNanos;
  private final AtomicReference<@Nullable Trouble> open = new AtomicReference<>();
  private final AtomicInteger failuresInARow = new AtomicInteger();
  private final AtomicLong openings = new AtomicLong();

  /** Number of the second, calls and bad calls in it. */
  private final AtomicLong window = new AtomicLong();

  CircuitBreaker(Clock clock, long deadlineNanos) {
    this.clock = clock;
    this.slowNanos = slowNanos(deadlineNanos);
  }

  /** From here on an answer is slow. */
  static long slowNanos(long deadlineNanos) {
    return deadlineNanos / 5 * 4;
  }

  /** Why the server is not to be asked; {@code null} if it is. */
  @Nullable Trouble refusal() {
    return open.get();
  }

  /** How often it opened. */
  long openings() {
    return openings.get();
  }

  /**
   * Counts a call that was answered.
   *
   * @return whether that opened the breaker, as answers are slow
   */
  boolean answered(long tookNanos, Trouble ifSlow) {
    if (failuresInARow.get() != 0) {
      failuresInARow.set(0);
    }
    boolean slow = tookNanos > slowNanos;
    return count(slow) && trip(ifSlow);
  }

  /**
   * Counts a call that was not answered.
   *
   * @return whether that opened the breaker
   */
  boolean failed(Trouble why) {
    boolean tooMany = count(/* bad= */ true);
    return (failuresInARow.incrementAndGet() >= CONSECUTIVE || tooMany) && trip(why);
  }

  /**
   * Opens it, or gives another reason for its being open.
   *
   * @return whether it was closed
   */
  boolean trip(Trouble why) {
    boolean opened = open.getAndSet(why) == null;
    if (opened) {
      openings.incrementAndGet();
    }
    return opened;
  }

  /**
   * Closes it and forgets what it counted.
   *
   * @return whether it was open
   */
  boolean close() {
    failuresInARow.set(0);
    window.set(0);
    return open.getAndSet(null) != null;
  }

  /** Counts, and says whether there were too many bad ones within the second. */
  private boolean count(boolean bad) {
    long second = Math.floorDiv(clock.coarseNanos(), WINDOW_NANOS) & 0xFF_FFFF;
    while (true) {
      long before = window.get();
      boolean same = before >>> (2 * COUNT_BITS) == second;
      long calls = (same ? (before >>> COUNT_BITS) & COUNT_MASK : 0) + 1;
      long badCalls = (same ? before & COUNT_MASK : 0) + (bad ? 1 : 0);
      if (calls > COUNT_MASK) { // a million a second: enough is known of this one
        return false;
      }
      long after = (second << (2 * COUNT_BITS)) | (calls << COUNT_BITS) | badCalls;
      if (window.compareAndSet(before, after)) {
        return bad && calls >= AT_LEAST && badCalls * 2 >= calls;
      }
    }
  }
}
