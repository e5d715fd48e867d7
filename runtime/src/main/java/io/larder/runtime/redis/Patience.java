package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread waits for Redis, over all exchanges of what it is at: a call of the application
 * may take several round trips, and its deadline is one. For the thread that began it.
 *
 * <p>An exchange that would have less than half of its deadline is not begun: it would mostly end a
 * connection for nothing, and count against a server that answers in time.
 */
public final class Patience implements AutoCloseable {

  /** So long a call waits for a free connection. */
  private static final long CONNECTION_NANOS = 5_000_000;

  private static final ThreadLocal<@Nullable Patience> CURRENT = new ThreadLocal<>();

  private final @Nullable Patience outer;
  private final long endNanos;
  private final boolean hurried;
  private boolean exhausted;

  private Patience(@Nullable Patience outer, long endNanos, boolean hurried) {
    this.outer = outer;
    this.endNanos = endNanos;
    this.hurried = hurried;
  }

  /**
   * Begins it, for all exchanges of this thread until it is closed.
   *
   * @param nanos from now on
   */
  public static Patience begin(long nanos) {
    return begin(nanos, /* hurried= */ true);
  }

  private static Patience begin(long nanos, boolean hurried) {
    Patience begun = new Patience(CURRENT.get(), System.nanoTime() + nanos, hurried);
    CURRENT.set(begun);
    return begun;
  }

  /** For the second of two steps: the first is worse than none without it. */
  public static Patience unlimited() {
    return begin(Long.MAX_VALUE / 2);
  }

  /** For a thread of Larder's own, which nobody waits for: it waits for a free connection, too. */
  public static Patience unhurried() {
    return begin(Long.MAX_VALUE / 2, /* hurried= */ false);
  }

  /**
   * How long to wait for a free connection.
   *
   * @param leftNanos until the exchange has to end
   */
  static long waitForConnectionNanos(long leftNanos) {
    Patience current = CURRENT.get();
    return current != null && !current.hurried ? leftNanos / 2 : CONNECTION_NANOS;
  }

  /** The shortest time that an exchange is given whose deadline is this. */
  static long shortestOf(long deadlineNanos) {
    return deadlineNanos / 2;
  }

  /** Whether an exchange was not begun, for want of it or of a free connection. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** Whether that of this thread's call is exhausted; {@code false} where there is none. */
  public static boolean isExhaustedNow() {
    Patience current = CURRENT.get();
    return current != null && current.exhausted;
  }

  /** Ends that of this thread's call: to try again later is better than to wait. */
  static void exhaust() {
    Patience current = CURRENT.get();
    if (current != null && current.hurried) {
      current.exhausted = true;
    }
  }

  /**
   * When an exchange has to end.
   *
   * @throws RedisUnavailableException if it is not to be begun
   */
  static long endOf(long startNanos, long deadlineNanos) {
    Patience current = CURRENT.get();
    if (current == null) {
      return startNanos + deadlineNanos;
    }
    long left = Math.min(deadlineNanos, current.endNanos - startNanos);
    if (left < shortestOf(deadlineNanos)) {
      exhaust();
      throw new RedisUnavailableException(
          Reason.IMPATIENT, "the call has waited for Redis as long as one may");
    }
    return startNanos + left;
  }

  @Override
  public void close() {
    CURRENT.set(outer); // not removed where there is none: that costs more, in each call anew
  }
}
