package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was appended is read again, also from files that a killed JVM left. */
class TombstoneLogTest {

  private static final long ID = 47;
  private static final int CAPACITY = 1_000;
  private static final int FIRST_RECORD = 4096;
  private static final int RECORD = 24;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("log");
  }

  private Map<Long, Long> read() throws IOException {
    Map<Long, Long> found = new HashMap<>();
    TombstoneLog.read(file, ID, found::put);
    return found;
  }

  private void overwrite(long at, long... values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      bytes.putLong(value);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(bytes.flip(), at);
    }
  }

  @Test
  void read_appended_findsAllWithoutClose() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, CAPACITY);
    assertThat(log.append(1, 11)).isTrue();
    assertThat(log.append(2, 22)).isTrue();
    assertThat(read()).containsExactlyInAnyOrderEntriesOf(Map.of(11L, 1L, 22L, 2L));
    assertThat(Files.size(file)).isEqualTo(TombstoneLog.bytesFor(CAPACITY));
  }

  @Test
  void append_full_isRefused() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, 2);
    log.append(1, 11);
    log.append(2, 22);
    assertThat(log.append(3, 33)).isFalse();
    assertThat(log.append(4, 44)).isFalse();
    assertThat(log.fill()).isEqualTo(1);
    assertThat(read()).containsOnlyKeys(11L, 22L);
  }

  @Test
  void append_byManyThreads_losesNone() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, CAPACITY);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long first = i * 100L + 1;
      threads.add(
          new Thread(
              () -> {
                for (long mark = first; mark < first + 100; mark++) {
                  log.append(-mark, mark);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
    assertThat(read())
        .hasSize(CAPACITY)
        .allSatisfy((mark, number) -> assertThat(-number).isEqualTo(mark));
  }

  @Test
  void read_killedWithinARecord_findsThoseBefore() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, CAPACITY);
    log.append(1, 11);
    overwrite(FIRST_RECORD + RECORD, 2, 22); // its check and the count were not written any more
    assertThat(read()).containsOnlyKeys(11L);
  }

  @Test
  void read_damagedRecord_fails() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, CAPACITY);
    log.append(1, 11);
    log.append(2, 22);
    overwrite(FIRST_RECORD, 0, 0, 0);
    assertThatThrownBy(this::read).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void read_oneDamagedCount_usesTheOther() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, CAPACITY);
    log.append(1, 11);
    overwrite(0, -1);
    assertThat(read()).containsOnlyKeys(11L);
  }

  @Test
  void read_bothCountsDamaged_fails() throws Exception {
    TombstoneLog log = TombstoneLog.create(file, ID, CAPACITY);
    log.append(1, 11);
    overwrite(0, -1);
    overwrite(FIRST_RECORD / 2, -1);
    assertThatThrownBy(this::read).isInstanceOf(DamagedFileException.class);
  }

  @Test
  void read_logOfAnotherStore_fails() throws Exception {
    TombstoneLog.create(file, ID + 1, CAPACITY).append(1, 11);
    assertThatThrownBy(this::read).isInstanceOf(DamagedFileException.class);
  }
}
