package io.larder.runtime.time;

/**
 * Where Larder's time comes from; tests turn one by hand. Nanoseconds as {@code System.nanoTime}.
 */
public interface Clock {

  /** The time as of the last tick: cheap enough for each hit. */
  long coarseNanos();

  /** The exact time: for measuring loads and waits. */
  long nanos();
}
