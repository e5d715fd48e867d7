package io.larder.runtime.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is turned by hand. */
public final class FakeClock implements Clock {

  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);

  /** Turns both hands. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public long coarseNanos() {
    return nanos.get();
  }

  @Override
  public long nanos() {
    return nanos.get();
  }
}
