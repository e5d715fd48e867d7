package io.larder.runtime.shared;

import io.larder.runtime.codec.WallTime;

/**
 * The time of the Redis server as far as one JVM knows it, so that JVMs whose clocks differ agree
 * on when an entry expires. Thread-safe.
 */
final class ServerTime implements WallTime {

  private record Known(long millis, long nanos) {}

  private volatile Known known = new Known(0, 0);

  /**
   * Notes what the server said.
   *
   * @param nanos between the question and the answer, on the runtime's clock
   */
  void heard(long millis, long nanos) {
    known = new Known(millis, nanos);
  }

  @Override
  public long millisAt(long nanos) {
    Known base = known;
    return base.millis + Math.floorDiv(nanos - base.nanos, 1_000_000L);
  }

  @Override
  public long nanosAt(long millis) {
    Known base = known;
    return base.nanos + (millis - base.millis) * 1_000_000L;
  }
}
