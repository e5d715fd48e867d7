package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private volatile boolean spoilt;

  /** Written by one thread. */
  private volatile long fileBytes;

  /** Only of the thread that writes, as the next. */
  private long recordBytes;

  private long recordCount;

  /** Guarded by this, as the next. */
  private boolean sealed;

  private boolean deleted;

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
    this.fileBytes = records.bytes();
  }

  /** Of counts that were kept; before anybody reads. */
  void restore(long smallestClock, long live, long garbage) {
    minClock = smallestClock;
    liveBytes.set(live);
    garbageBytes.set(garbage);
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
    fileBytes = records.bytes();
    Faults.settle();
  }

  /** Whether it takes entries; how large they are does not matter. */
  boolean hasRoom(SegmentPlan plan) {
    return plan.hasRoom(fileBytes, recordBytes, recordCount);
  }

  /** Something went wrong when it was written: nothing more is. */
  void spoil() {
    spoilt = true;
  }

  boolean isSpoilt() {
    return spoilt;
  }

  /** Notes where an entry is. */
  void note(long entryMark, StoredRecord entry, long record) {
    minClock = Math.min(minClock, entry.clock);
    recordBytes += (entry.size() + 15L) & ~15L; // MapDB's
    recordCount++;
    long before = index.put(entryMark, record);
    // The one before was about as long.
    (before == 0 ? liveBytes : garbageBytes).addAndGet(entry.size());
  }

  /**
   * The newest record that may be of an entry; {@code null} if there is none.
   *
   * @throws IOException if it is damaged
   */
  @Nullable StoredRecord find(long entryMark, boolean isUsed) throws IOException {
    long record = recordOf(entryMark);
    if (record == 0) {
      return null;
    }
    StoredRecord found = read(record);
    if (found == null) {
      Faults.settle(); // what was read in its place may come from memory that is not there
    } else if (isUsed) {
      use(record);
    }
    return found;
  }

  /** 0 if there is none. */
  private long recordOf(long entryMark) {
    return filter.mayHave(entryMark) ? index.find(entryMark) : 0;
  }

  /** An entry is in use; answers whether it may be here. */
  boolean useEntry(long entryMark) {
    long record = recordOf(entryMark);
    if (record != 0) {
      use(record);
    }
    return record != 0;
  }

  private void use(long record) {
    int at = (int) record & (HOT - 1);
    if (hot[at] != (int) record) {
      hot[at] = (int) record;
    }
  }

  /** Whether it has a record that may be of an entry. */
  boolean holds(long entryMark) {
    return recordOf(entryMark) != 0;
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
    return fileBytes;
  }

  /** Bytes that the file beside takes, or will. */
  long sideBytes() {
    return SegmentSide.bytes(index, filter);
  }

  /** It is as its files have it. */
  synchronized void sealed() {
    sealed = true;
  }

  /**
   * Has it on the disk itself, with the file beside, unless it is or is gone.
   *
   * @param store the id of the store
   */
  synchronized void seal(Path directory, long store) throws IOException {
    if (!sealed && !deleted) {
      records.force();
      SegmentSide.write(directory, store, this);
      sealed = true;
    }
  }

  /** Whether nobody reads, once it is retired. */
  boolean isQuiet() {
    long out = left.sum(); // first: who is counted there is counted below
    return entered.sum() == out;
  }

  /** Nothing is found any more. */
  void retire() {
    closed = true;
  }

  /**
   * Deletes the files of a retired segment if nobody reads it; answers whether they are gone.
   *
   * <p>The file is cut first: its memory stays mapped until the collector comes by, and with it the
   * file would keep its place on the disk. Nobody touches that memory any more.
   */
  synchronized boolean deleteIfQuiet() {
    if (!isQuiet()) {
      return false;
    }
    try {
      if (!deleted) {
        deleted = true;
        records.close();
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
      Files.deleteIfExists(file.resolveSibling(SegmentSide.nameOf(name)));
      Files.delete(file);
      return true;
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException again) {
      return false;
    }
  }

  /** Whether the file is as long as it was. */
  synchronized boolean isThere() throws IOException {
    return closed || Files.size(file) >= fileBytes;
  }

  /** Lets go of the file of a retired segment if nobody reads it; answers whether it did. */
  synchronized boolean closeIfQuiet() {
    if (!isQuiet()) {
      return false;
    }
    deleted = true;
    records.close();
    return true;
  }
}
