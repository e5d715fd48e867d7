package io.larder.runtime.disk;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Invalidations that entries on disk may depend on, in a file that has its full size from the
 * beginning and is mapped: to append takes a few stores to memory and no call of the system, and
 * what was appended survives a crash of the JVM. Thread-safe.
 *
 * <p>The first page holds how many records there are, twice, each with a check. A record is number,
 * mark and check, 8 bytes each. One is written after the other and counted when it is whole, so
 * what is read are as many as are counted, of the hundred thousands that there is room for: that
 * room is looked through at no start.
 */
final class TombstoneLog {

  private static final int FIRST = 4096;
  private static final int RECORD = 24;
  private static final int OTHER_COUNT = 2048;

  private final Path file;
  private final long id;
  private final MappedByteBuffer memory;
  private final int capacity;

  /** Written under this. */
  private volatile int count;

  private TombstoneLog(Path file, long id, MappedByteBuffer memory, int capacity) {
    this.file = file;
    this.id = id;
    this.memory = memory;
    this.capacity = capacity;
    setCount(0);
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
    return new TombstoneLog(file, id, memory, capacity);
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
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer first = read(channel, 0, FIRST);
      int count = Math.max(count(first, id, 0), count(first, id, OTHER_COUNT));
      if (count < 0 || count > (size - FIRST) / RECORD) {
        throw new DamagedFileException("a log that does not know how long it is");
      }
      ByteBuffer records = read(channel, FIRST, count * RECORD);
      for (int slot = 0; slot < count; slot++) {
        long number = records.getLong();
        long mark = records.getLong();
        if (records.getLong() != check(id, slot, number, mark)) {
          throw new DamagedFileException("a log with a damaged record");
        }
        visitor.visit(mark, number);
      }
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new DamagedFileException("a log that was cut");
      }
    }
    return bytes.flip();
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
    synchronized (this) {
      int slot = count;
      if (slot == capacity) {
        return false;
      }
      memory.putLong(at(slot), number).putLong(at(slot) + 8, mark);
      memory.putLong(at(slot) + 16, check(id, slot, number, mark));
      VarHandle.storeStoreFence(); // whoever finds it counted finds it whole, also after a kill
      setCount(slot + 1);
    }
    Faults.settle();
    return true;
  }

  private void setCount(int now) {
    long checked = checked(id, now);
    memory.putLong(0, checked).putLong(OTHER_COUNT, checked);
    count = now;
  }

  /** The share of it that is used, from 0 to 1. */
  double fill() {
    return (double) count / capacity;
  }

  Path file() {
    return file;
  }

  long bytes() {
    return bytesFor(capacity);
  }

  /** Has it on the disk itself. */
  void seal() {
    memory.force();
  }
}
