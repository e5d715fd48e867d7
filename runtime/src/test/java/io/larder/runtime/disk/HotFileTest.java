package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotFileTest {

  @TempDir Path directory;

  private HotFile hot;

  @BeforeEach
  void begin() {
    hot = new HotFile(directory);
  }

  @Test
  void read_whatWasWritten() throws IOException {
    hot.write(new long[] {1, 2});
    hot.write(new long[] {7, -8, 9});
    assertThat(hot.read()).containsExactly(7, -8, 9);
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void read_absent_nothing() throws IOException {
    assertThat(hot.read()).isEmpty();
  }

  @Test
  void write_tooMany_theHottest() throws IOException {
    long[] many = new long[HotFile.MOST + 1];
    Arrays.setAll(many, i -> i);
    hot.write(many);
    assertThat(hot.read()).hasSize(HotFile.MOST).startsWith(0, 1, 2);
  }

  @Test
  void read_damagedAnywhere_nothing() throws IOException {
    hot.write(new long[] {7, -8, 9});
    Path file = directory.resolve("hot");
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 4;
      Files.write(file, damaged);
      assertThat(hot.read()).as("byte %d", i).isEmpty();
      Files.write(file, Arrays.copyOf(whole, i));
      assertThat(hot.read()).as("cut at %d", i).isEmpty();
    }
    Files.write(file, new byte[2_000_000]);
    assertThat(hot.read()).as("too large").isEmpty();
  }
}
