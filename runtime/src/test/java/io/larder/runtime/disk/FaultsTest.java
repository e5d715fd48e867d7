package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That no fault of mapped memory is left to whoever comes next. */
class FaultsTest {

  private static final int PAGE = 4096;

  @TempDir Path directory;

  private MappedByteBuffer map(RandomAccessFile file) throws IOException {
    file.setLength(PAGE);
    return file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, PAGE);
  }

  /** Whether the memory was there. */
  private static boolean touches(MappedByteBuffer memory, int at, boolean write) {
    try {
      if (write) {
        memory.putLong(at, 17);
      } else if (memory.getLong(at) == 42) {
        return true;
      }
      Faults.settle();
      return true;
    } catch (InternalError cut) {
      return false;
    }
  }

  @Test
  void settle_fileWasCut_throwsEachTime() throws IOException {
    for (boolean write : new boolean[] {false, true}) {
      Path path = directory.resolve("file " + write);
      try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
        MappedByteBuffer memory = map(file);
        for (int i = 0; i < 50_000; i++) { // until it is compiled
          assertThat(touches(memory, i % 500 * 8, write)).isTrue();
        }
        file.setLength(0);
        for (int i = 0; i < 5_000; i++) {
          assertThat(touches(memory, i % 500 * 8, write)).as("look " + i).isFalse();
        }
        file.setLength(PAGE);
        assertThat(touches(memory, 0, write)).isTrue();
      }
    }
  }
}
