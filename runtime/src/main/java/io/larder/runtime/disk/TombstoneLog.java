package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Invalidations that entries on disk may depend on, in a file that has its full size from the
 * beginning and is mapped: to append takes three stores to memory, no call of the system and no
 * lock, and what was appended survives a crash of the JVM. Thread-safe.
 *
 * <p>The first page holds how many records were completed, twice, each with a check. A record is
 * number, mark and check, 8 bytes each.
 */
final class TombstoneLog {

  private static final int FIRST = 4096;
  private static final int RECORD = 24;
  private static final int OTHER_COUNT = 2048;

  private final Path file;
  private final long id;
  private final MappedByteBuffer memory;
  private final int capacity;
  private final AtomicInteger next;

  private TombstoneLog(Path file, long id, MappedByteBuffer memory, int capacity, int used) {
    this.file = file;
    this.id = id;
    this.memory = memory;
    this.capacity = capacity;
    this.next = new AtomicInteger(used);
  }

  /** The bytes of a file for so many records. */
  static long bytesFor(int capacity) {
    return FIRST + (long) capacity * RECORD;
  }

  /**
   * An empty log.
   *
   * @param id of the store
   */
  static TombstoneLog create(Path file, long id, int capacity) throws IOException {
    MappedByteBuffer memory = ZeroFile.map(file, bytesFor(capacity));
    TombstoneLog log = new TombstoneLog(file, id, memory, capacity, 0);
    log.setCount(0);
    return log;
  }

  /**
   * Reads a log.
   *
   * @param id of the store
   * @throws DamagedFileException if an invalidation may be missing
   */
  static void read(Path file, long id, MarkTable.Visitor visitor) throws IOException {
    long size = Files.size(file);
    if (size < FIRST || size > Integer.MAX_VALUE || (size - FIRST) % RECORD != 0) {
      throw new DamagedFileException("a log of " + size + " bytes");
    }
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    int capacity = (int) (size - FIRST) / RECORD;
    int count = Math.max(count(all, id, 0), count(all, id, OTHER_COUNT));
    if (count < 0 || count > capacity) {
      throw new DamagedFileException("a log that does not know how long it is");
    }
    for (int slot = 0; slot < capacity; slot++) {
      int at = at(slot);
      long number = all.getLong(at);
      long mark = all.getLong(at + 8);
      long check = all.getLong(at + 16);
      if (check == check(id, slot, number, mark)) {
        visitor.visit(mark, number);
      } else if (slot < count || (number | mark | check) != 0) {
        throw new DamagedFileException("a log with a damaged record");
      }
    }
  }

  private static int count(ByteBuffer all, long id, int at) {
    int count = (int) (all.getLong(at) >>> 32);
    return all.getLong(at) == checked(id, count) ? count : -1;
  }

  private static long checked(long id, int count) {
    return (long) count << 32 | (Marks.mix(id, count, 0) & 0xFFFFFFFFL);
  }

  private static int at(int slot) {
    return FIRST + slot * RECORD;
  }

  private static long check(long id, int slot, long number, long mark) {
    return Marks.mix(id + slot, number, mark);
  }

  /**
   * Appends an invalidation; answers {@code false} if there is no room.
   *
   * @throws InternalError if the file was cut
   */
  boolean append(long number, long mark) {
    int slot = next.getAndIncrement();
    if (slot < 0 || slot >= capacity) {
      next.set(capacity); // or it would come round after two thousand millions
      return false;
    }
    memory.putLong(at(slot), number).putLong(at(slot) + 8, mark);
    memory.putLong(at(slot) + 16, check(id, slot, number, mark));
    setCount(slot + 1);
    Faults.settle();
    return true;
  }

  /** Threads may overtake each other here: then it is one or two less than it could be. */
  private void setCount(int count) {
    long checked = checked(id, count);
    memory.putLong(0, checked).putLong(OTHER_COUNT, checked);
  }

  /** The share of it that is used, from 0 to 1. */
  double fill() {
    return Math.min(1, (double) next.get() / capacity);
  }

  Path file() {
    return file;
  }

  long bytes() {
    return bytesFor(capacity);
  }

  /** Has it on the disk itself, with the exact number of records. */
  void seal() {
    setCount(Math.min(capacity, next.get()));
    memory.force();
  }
}
