package io.larder.runtime.time;

import java.time.Duration;

/**
 * A moment by which something has to be over, handed on to all that take a part of the time. By the
 * system's clock, as threads wait by it. Immutable.
 */
public final class Deadline {

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  /** So long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** How long it is yet; never negative. */
  public long leftNanos() {
    return Math.max(0, endNanos - System.nanoTime());
  }

  /** The earlier of this one and so long from now. */
  public Deadline orIn(Duration time) {
    Deadline other = in(time);
    return other.endNanos - endNanos < 0 ? other : this;
  }
}
