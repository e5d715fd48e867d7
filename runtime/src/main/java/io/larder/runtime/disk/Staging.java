package io.larder.runtime.disk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Records that were read ahead, in the heap until they are asked for the first time: then memory
 * has them. Whether they count is judged as of those on disk. Thread-safe.
 */
final class Staging {

  private final Map<Long, StoredRecord> records = new ConcurrentHashMap<>();

  /** Adds one; who adds must look afterwards whether a newer one was written meanwhile. */
  void add(long mark, StoredRecord stored) {
    records.put(mark, stored);
  }

  /** Takes out what is there under a mark; {@code null} if nothing is. */
  @Nullable StoredRecord take(long mark) {
    return records.isEmpty() ? null : records.remove(mark);
  }

  /** A newer one was written. */
  void outdated(long mark) {
    var unused = take(mark);
  }

  /** Drops all. */
  void clear() {
    records.clear();
  }

  /** How many there are. */
  int size() {
    return records.size();
  }
}
