package io.larder.benchmarks.questions;

import io.larder.runtime.time.Clock;

/** The clock of the JVM. */
final class ExactClock implements Clock {

  @Override
  public long coarseNanos() {
    return System.nanoTime();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
