package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file beside that of a segment which takes no more entries: its index, its filter and its
 * counts, with a checksum. Without it the segment is read through when it is opened.
 *
 * <pre>
 *  0 format 8, id of the store 8, opening 8, number 8
 * 32 smallest clock 8, bytes live 8, bytes of garbage 8
 * 56 entries 4, slots 4, parts of the filter 4, slots 8 each, parts: length 4, 8 each
 *    CRC32C of all so far 4
 * </pre>
 */
final class SegmentSide {

  private static final long FORMAT = 0x4C61726465720101L;
  private static final int FIXED = 68;
  private static final int CHECKSUM = 4;

  private SegmentSide() {}

  /** What the file of a segment is called. */
  static String nameOf(SegmentName segment) {
    return segment + ".idx";
  }

  /** How large it is, or would be. */
  static long bytes(SegmentIndex index, Filter filter) {
    return FIXED + CHECKSUM + 8L * index.slots().length + filter.bytes() + 64;
  }

  /**
   * Writes it, complete or not at all.
   *
   * @param store the id of the store
   */
  static void write(Path directory, long store, Segment segment) throws IOException {
    long[] slots = segment.index().slots();
    List<long[]> parts = segment.filter().parts();
    long size = FIXED + CHECKSUM + 8L * slots.length + segment.filter().bytes() + 4L * parts.size();
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size));
    out.putLong(FORMAT).putLong(store);
    out.putLong(segment.name().opening()).putLong(segment.name().number());
    out.putLong(segment.minClock()).putLong(segment.liveBytes()).putLong(segment.garbageBytes());
    out.putInt(segment.index().size()).putInt(slots.length).putInt(parts.size());
    put(out, slots);
    for (long[] part : parts) {
      out.putInt(part.length);
      put(out, part);
    }
    out.putInt(checksum(out.array(), out.position()));
    Path file = directory.resolve(nameOf(segment.name()));
    replace(file, out.flip());
  }

  /** Writes a file of this content, complete or not at all. */
  static void replace(Path file, ByteBuffer content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(/* metaData= */ false);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void put(ByteBuffer out, long[] numbers) {
    out.asLongBuffer().put(numbers);
    out.position(out.position() + 8 * numbers.length);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * A segment as its two files have it.
   *
   * @param records the other file
   * @throws IOException if this one is damaged or not there
   */
  static Segment read(Path directory, long store, SegmentName name, RecordFile records)
      throws IOException {
    Path file = directory.resolve(nameOf(name));
    byte[] all = Files.readAllBytes(file);
    if (all.length < FIXED + CHECKSUM) {
      throw new DamagedFileException("an index that was cut");
    }
    ByteBuffer in = ByteBuffer.wrap(all);
    if (in.getInt(all.length - CHECKSUM) != checksum(all, all.length - CHECKSUM)
        || in.getLong() != FORMAT
        || in.getLong() != store
        || in.getLong() != name.opening()
        || in.getLong() != name.number()) {
      throw new DamagedFileException("an index that was changed, or of another store");
    }
    long minClock = in.getLong();
    long liveBytes = in.getLong();
    long garbageBytes = in.getLong();
    int entries = in.getInt();
    int slots = in.getInt();
    int partCount = in.getInt();
    SegmentIndex index = new SegmentIndex(take(in, slots), entries);
    List<long[]> parts = new ArrayList<>();
    for (int i = 0; i < partCount; i++) {
      parts.add(take(in, in.getInt()));
    }
    Segment segment =
        new Segment(name, directory.resolve(name.toString()), records, index, new Filter(parts));
    segment.restore(minClock, liveBytes, garbageBytes);
    segment.sealed();
    return segment;
  }

  private static long[] take(ByteBuffer in, int length) throws DamagedFileException {
    if (length < 1 || 8L * length > in.remaining()) {
      throw new DamagedFileException("an index of a length that cannot be");
    }
    long[] numbers = new long[length];
    in.asLongBuffer().get(numbers);
    in.position(in.position() + 8 * length);
    return numbers;
  }
}
