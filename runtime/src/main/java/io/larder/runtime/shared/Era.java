package io.larder.runtime.shared;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The time in which one epoch of the store holds, as one JVM knows it, with the clock as far as it
 * was heard of. Thread-safe.
 *
 * <p>A stamp is the era's number above the clock: what was stamped in one era is worth nothing in
 * another, whatever the clock says there.
 */
final class Era {

  private static final int CLOCK_BITS = 50;
  private static final long CLOCK_MASK = (1L << CLOCK_BITS) - 1;
  private static final int NUMBER_MASK = (1 << (63 - CLOCK_BITS)) - 1;

  private final int number;
  private final long epoch;
  private final AtomicLong clock;

  /**
   * An era.
   *
   * @param epoch 0 if it is not known
   * @param clock that of the store, or an earlier one
   */
  Era(int number, long epoch, long clock) {
    this.number = number & NUMBER_MASK;
    this.epoch = epoch;
    this.clock = new AtomicLong(clock);
  }

  /** The next one, of which nothing is known. */
  Era unknown() {
    return new Era(number + 1, /* epoch= */ 0, /* clock= */ 0);
  }

  /** The next one. */
  Era next(long nextEpoch, long nextClock) {
    return new Era(number + 1, nextEpoch, nextClock);
  }

  boolean isKnown() {
    return epoch != 0;
  }

  long epoch() {
    return epoch;
  }

  /** The clock as far as it was heard of: never ahead of that of the store. */
  long clock() {
    return clock.get();
  }

  /** Notes a clock that the store had. */
  void heard(long of) {
    if (clock.get() < of) {
      clock.accumulateAndGet(of, Math::max);
    }
  }

  /** For what begins now. */
  long stamp() {
    return stamp(clock.get());
  }

  /** For what was so old when it was stored. */
  long stamp(long of) {
    return ((long) number << CLOCK_BITS) | (of & CLOCK_MASK);
  }

  /** The clock of a stamp; -1 if it is of another era. */
  long clockOf(long stamp) {
    return isKnown() && stamp >>> CLOCK_BITS == number ? stamp & CLOCK_MASK : -1;
  }
}
