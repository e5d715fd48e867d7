package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments whose making was cut short, and such as are damaged. */
class UnreadableTest {

  private static final int PAGE = 1 << 20;

  @TempDir Path parent;

  private final FakeClock clock = new FakeClock();

  private DiskStore open(Path directory) {
    return DiskFixtures.open(
        DiskSettings.of(directory).withMaximumBytes(DiskSettings.LEAST_BYTES), clock);
  }

  /** What a JVM left that made this file last: in a directory of this name. */
  private Path left(byte[] segment, boolean killed) throws IOException {
    Path first = parent.resolve("first");
    Path left = parent.resolve("left");
    DiskStore store = open(first);
    if (killed) {
      DiskFolder.copyAsKilled(first, left);
      store.close();
    } else {
      store.close();
      DiskFolder.copyAsKilled(first, left);
    }
    Files.write(DiskFolder.files(left).get(0).resolveSibling("seg-1-2"), segment);
    return left;
  }

  private String salvage(Path directory) {
    try (DiskStore store = open(directory)) {
      assertThat(DiskFolder.files(directory))
          .noneMatch(each -> each.getFileName().toString().equals("seg-1-2"));
      return store.figures().salvage();
    }
  }

  @ParameterizedTest
  @CsvSource({
    // bytes, of a header
    "1, 0",
    "4096, 0",
    "300000, 0",
    "1048576, 0",
    "1048576, 8",
    "1048576, 20000",
    "4194304, 32864",
  })
  void open_killedWhileItMadeASegment_noWarning(int bytes, int header) throws IOException {
    Path left = left(headed(bytes, header), /* killed= */ true);
    assertThat(salvage(left)).contains("deleted seg-1-2, which was only half made");
  }

  private static byte[] headed(int bytes, int header) {
    byte[] file = new byte[bytes];
    for (int i = 0; i < header; i++) {
      file[i] = (byte) (i % 7 + 1);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 8", // shorter than any with a header
    "1048575, 32864",
    "1048576, 32880",
    "2097152, 2097152",
  })
  void open_somethingIsInIt_isPutAside(int bytes, int header, LoggedLines lines)
      throws IOException {
    Path left = left(headed(bytes, header), /* killed= */ true);
    assertPutAside(left, lines);
  }

  @ParameterizedTest
  @ValueSource(ints = {4096, PAGE})
  void open_closedCleanly_nothingWasBeingMade_isPutAside(int bytes, LoggedLines lines)
      throws IOException {
    Path left = left(new byte[bytes], /* killed= */ false);
    assertPutAside(left, lines);
  }

  private void assertPutAside(Path left, LoggedLines lines) {
    assertThat(salvage(left)).contains("put aside seg-1-2.bad-");
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith("WARN Disk tier: seg-1-2 cannot be read and is put aside as seg-1-2.bad-");
  }

  /** Where MapDB has what; its version decides. */
  @Test
  void of_aFileOfMapDbWithoutAHeader_isHalfMadeUntilItHasARecord(LoggedLines lines)
      throws IOException {
    try (StorePlace place = StorePlace.take(parent.resolve("place"), "app")) {
      SegmentName name = new SegmentName(1, 2);
      Path file = place.file(name.toString());
      RecordFile.create(file, PAGE).close();
      cutHeader(file);
      assertThat(Unreadable.of(file, /* wasClean= */ false).away(place, name, 5))
          .isEqualTo("deleted seg-1-2, which was only half made");
      try (RecordFile records = RecordFile.create(file, PAGE)) {
        records.append(new StoredRecord(StoredRecord.WHOLE, 1, 2, 3, new byte[0]));
      }
      cutHeader(file);
      assertThat(Unreadable.of(file, /* wasClean= */ false).away(place, name, 5))
          .isEqualTo("put aside seg-1-2.bad-5, which cannot be read");
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  private static void cutHeader(Path file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.write(new byte[1_000]);
    }
  }
}
