package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The file that names what was used most, hottest first, as marks. Replaced as a whole; whatever is
 * wrong with it, it names nothing.
 */
final class HotFile {

  /** More are not noted. */
  static final int MOST = 100_000;

  private static final String NAME = "hot";
  private static final long FORMAT = 0x4C_61_72_64_48_6F_74_01L;
  private static final int AROUND = Long.BYTES + 2 * Integer.BYTES;

  private final Path file;

  /** In the place of a store. */
  HotFile(Path directory) {
    this.file = directory.resolve(NAME);
  }

  /** Names these, and no others. */
  void write(long[] marks) throws IOException {
    int count = Math.min(marks.length, MOST);
    ByteBuffer bytes = ByteBuffer.allocate(AROUND + count * Long.BYTES);
    bytes.putLong(FORMAT).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.putLong(marks[i]);
    }
    bytes.putInt(checksum(bytes));
    SegmentSide.replace(file, bytes.flip());
  }

  /** Of all before the position. */
  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().flip());
    return (int) crc.getValue();
  }

  /** What it names; nothing if it is not there, or not as it was written. */
  long[] read() throws IOException {
    try {
      if (Files.size(file) > AROUND + (long) MOST * Long.BYTES) {
        return new long[0];
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.getLong() != FORMAT) {
        return new long[0];
      }
      int count = bytes.getInt();
      if (count < 0 || bytes.capacity() != AROUND + (long) count * Long.BYTES) {
        return new long[0];
      }
      long[] marks = new long[count];
      for (int i = 0; i < count; i++) {
        marks[i] = bytes.getLong();
      }
      int expected = checksum(bytes);
      return bytes.getInt() == expected ? marks : new long[0];
    } catch (NoSuchFileException | BufferUnderflowException nothing) {
      return new long[0];
    }
  }
}
