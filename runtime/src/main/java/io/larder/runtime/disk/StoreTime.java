package io.larder.runtime.disk;

import io.larder.runtime.codec.WallTime;
import io.larder.runtime.time.Clock;

/**
 * The time of day as a store goes by it: that of the system when it was opened, but never before
 * what the store has seen, and from then on that of the runtime's clock. So entries expire in time
 * however the system's clock is set meanwhile, and none lives again. Thread-safe.
 */
final class StoreTime implements WallTime {

  private record Base(long millis, long nanos) {}

  private final Clock clock;
  private volatile Base base;

  /**
   * A time of day.
   *
   * @param millis since 1970, as the system has it
   */
  StoreTime(long millis, Clock clock) {
    this.clock = clock;
    this.base = new Base(millis, clock.nanos());
  }

  /** The store has seen a time of day: it is not before that. */
  void notBefore(long millis) {
    long now = clock.nanos();
    if (millis > millisAt(now)) {
      base = new Base(millis, now);
    }
  }

  /** Milliseconds since 1970. */
  long millisNow() {
    return millisAt(clock.nanos());
  }

  @Override
  public long millisAt(long nanos) {
    Base from = base;
    return from.millis + Math.floorDiv(nanos - from.nanos, 1_000_000L);
  }

  @Override
  public long nanosAt(long millis) {
    Base from = base;
    return from.nanos + (millis - from.millis) * 1_000_000L;
  }
}
