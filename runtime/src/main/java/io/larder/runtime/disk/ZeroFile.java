package io.larder.runtime.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that has its full size from the beginning. */
final class ZeroFile {

  private static final int CHUNK = 1 << 16;

  private ZeroFile() {}

  /**
   * Makes it, in place of one that is there, and maps it.
   *
   * @param bytes its size, all of them zero
   */
  static MappedByteBuffer map(Path file, long bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      // Others are copied to a direct one for each write.
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(CHUNK, bytes));
      for (long left = bytes; left > 0; left -= zeros.limit()) {
        // Written, as a full disk would otherwise show in mapped memory.
        zeros.clear().limit((int) Math.min(zeros.capacity(), left));
        while (zeros.hasRemaining()) { // what is left on a disk takes a part
          channel.write(zeros);
        }
      }
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
    }
  }
}
