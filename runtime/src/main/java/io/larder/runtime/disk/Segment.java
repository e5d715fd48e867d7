package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are dropped together: a file of records, where the newest of each entry is, and of
 * what they can say that they do not depend on it. Written by one thread, read by any.
 */
final class Segment {

  /** How many entries in use are known, so that they can be kept when the segment is dropped. */
  private static final int HOT = 1 << 12;

  private final SegmentName name;
  private final Path file;
  private final RecordFile records;
  private final SegmentIndex index;
  private final Filter filter;

  /** Records that were found; racy on purpose: one more or less in use changes little. */
  private final int[] hot = new int[HOT];

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile boolean closed;

  /** The smallest clock of its entries. Written by one thread. */
  private volatile long minClock = Long.MAX_VALUE;

  private final AtomicLong liveBytes = new AtomicLong();
  private final AtomicLong garbageBytes = new AtomicLong();

  Segment(SegmentName name, Path file, RecordFile records, SegmentIndex index, Filter filter) {
    this.name = name;
    this.file = file;
    this.records = records;
    this.index = index;
    this.filter = filter;
  }

  SegmentName name() {
    return name;
  }

  Path file() {
    return file;
  }

  /** Whether an invalidation of a mark may concern it. */
  boolean mayHave(long mark) {
    return filter.mayHave(mark);
  }

  /** What is about to be added may be asked for from now on. */
  void announce(long entryMark, StoredRecord record, long[] tagMarks) {
    filter.add(entryMark);
    filter.add(record.groupMark);
    filter.add(record.cacheMark);
    for (long tag : tagMarks) {
      filter.add(tag);
    }
  }

  /** Adds an announced entry. */
  void add(long entryMark, StoredRecord record) {
    note(entryMark, record, records.append(record));
  }

  /** Notes where an entry is. */
  void note(long entryMark, StoredRecord entry, long record) {
    minClock = Math.min(minClock, entry.clock);
    long before = index.put(entryMark, record);
    // The one before was about as long.
    (before == 0 ? liveBytes : garbageBytes).addAndGet(entry.size());
  }

  /**
   * The newest record that may be of an entry; {@code null} if there is none.
   *
   * @throws IOException if it is damaged
   */
  @Nullable StoredRecord find(long entryMark) throws IOException {
    if (!filter.mayHave(entryMark)) {
      return null;
    }
    long record = index.find(entryMark);
    if (record == 0) {
      return null;
    }
    StoredRecord found = read(record);
    if (found != null) {
      int at = (int) record & (HOT - 1);
      if (hot[at] != (int) record) {
        hot[at] = (int) record;
      }
    }
    return found;
  }

  /** A record, unless the segment is being dropped. */
  @Nullable StoredRecord read(long record) throws IOException {
    entered.increment();
    try {
      return closed ? null : records.read(record);
    } finally {
      left.increment();
    }
  }

  /** The records that were found lately, by number as unsigned; 0 where there is none. */
  int[] hot() {
    return hot.clone();
  }

  SegmentIndex index() {
    return index;
  }

  Filter filter() {
    return filter;
  }

  long minClock() {
    return minClock;
  }

  long liveBytes() {
    return liveBytes.get();
  }

  long garbageBytes() {
    return garbageBytes.get();
  }

  /** Bytes of the file in use. */
  long bytes() {
    return records.bytes();
  }

  void force() {
    records.force();
  }

  /** Nothing is found any more. */
  void retire() {
    closed = true;
  }

  /** Whether nobody reads, after {@link #retire}. */
  boolean isQuiet() {
    long out = left.sum();
    return entered.sum() == out;
  }

  /** Ends it; only when it is quiet. */
  void close() {
    records.close();
  }
}
