package io.larder.runtime.model;

/** How long it took to read and to write in the last minute, in nanoseconds. */
public interface Latencies {

  /** Half of the reads were faster. */
  long readP50Nanos();

  /** All but one of a hundred reads were faster. */
  long readP99Nanos();

  /** Half of the writes were faster. */
  long writeP50Nanos();

  /** All but one of a hundred writes were faster. */
  long writeP99Nanos();
}
