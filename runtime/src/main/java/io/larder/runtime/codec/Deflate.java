package io.larder.runtime.codec;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The JDK's deflater at its quickest level, without header. */
final class Deflate {

  private Deflate() {}

  static byte[] compress(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, /* nowrap= */ true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] out = new byte[bytes.length + 16];
      int size = 0;
      while (!deflater.finished()) {
        if (size == out.length) {
          return bytes; // becomes larger
        }
        size += deflater.deflate(out, size, out.length - size);
      }
      return Arrays.copyOf(out, size);
    } finally {
      deflater.end();
    }
  }

  static byte[] decompress(byte[] compressed, int size) throws DamagedEntryException {
    Inflater inflater = new Inflater(/* nowrap= */ true);
    try {
      inflater.setInput(compressed);
      byte[] out = new byte[size];
      int read = 0;
      while (read < size) {
        int more = inflater.inflate(out, read, size - read);
        if (more == 0) {
          break; // cut, or it wants a dictionary
        }
        read += more;
      }
      boolean atItsEnd = inflater.inflate(new byte[1]) == 0 && inflater.finished();
      if (read != size || !atItsEnd || inflater.getRemaining() != 0) {
        throw new DamagedEntryException(
            DamagedEntryException.Reason.LENGTH, "a payload of another length than it says");
      }
      return out;
    } catch (DataFormatException damaged) {
      throw new DamagedEntryException(
          DamagedEntryException.Reason.VALUE, "a payload that cannot be decompressed");
    } finally {
      inflater.end();
    }
  }
}
