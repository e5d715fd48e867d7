package io.larder.runtime.codec;

/**
 * The time of day that all who share entries agree on, as far as it is known: what entries say of
 * when they were made and when they end. Never goes back. Thread-safe.
 */
public interface WallTime {

  /** Milliseconds since 1970 at a time of the runtime's clock. */
  long millisAt(long nanos);

  /** The reverse: the runtime's clock at a time of day. */
  long nanosAt(long millis);
}
