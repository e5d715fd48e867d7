package io.larder.runtime.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Segments that are not read any more by those who begin to, until those who began before have
 * ended and the files are deleted. For one thread at a time.
 */
final class DroppedSegments {

  /** How long a dropped segment that is being read is waited for: some 20 ms. */
  private static final int MOST_WAITS = 20;

  private static final long WAIT_NANOS = 1_000_000;

  private final List<Segment> going = new ArrayList<>();

  /** Has its files deleted, now or as soon as nobody reads it. */
  void add(Segment dropped) {
    dropped.retire();
    going.add(dropped);
    for (int i = 0; i < MOST_WAITS && !dropped.isQuiet(); i++) { // a look takes microseconds
      LockSupport.parkNanos(WAIT_NANOS);
    }
    delete();
  }

  /** Deletes what nobody reads any more. */
  void delete() {
    going.removeIf(Segment::deleteIfQuiet);
  }

  /** The smallest clock of entries whose files are there yet; the greatest number if none is. */
  long minClock() {
    long least = Long.MAX_VALUE;
    for (Segment each : going) {
      least = Math.min(least, each.minClock());
    }
    return least;
  }
}
