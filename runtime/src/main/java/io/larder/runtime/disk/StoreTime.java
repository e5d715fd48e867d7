package io.larder.runtime.disk;

import io.larder.runtime.codec.WallTime;

/**
 * The time of day as a store goes by it: that of the system when it was opened, but never before
 * what the store has seen, and from then on that of the runtime's clock. So entries expire in time
 * however the system's clock is set meanwhile, and none lives again. Thread-safe.
 */
final class StoreTime implements WallTime {

  private record Base(long millis, long nanos) {}

  private volatile Base base;

  StoreTime(long millis, long nanos) {
    this.base = new Base(millis, nanos);
  }

  /** The store has seen a time of day: it is not before that. */
  void startAt(long millis, long nanos) {
    base = new Base(millis, nanos);
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
