package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mapdb.DBException;

/** What is found in a segment that its writer did not close. */
class SalvageTest {

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();
  private final EntryForm form =
      new EntryForm(EnvelopeFormat.plain(), Duration.ofDays(1), new StoreTime(1_000, clock), clock);
  private final List<Long> records = new ArrayList<>();

  /** A file of which reads fail as a test has it. */
  private static class Damaged extends RecordFile {

    private final long record;
    private final String how;

    Damaged(Path file, long record, String how) {
      super(open(file, 1 << 20, /* readOnly= */ true, /* bypass= */ true), 1 << 20);
      this.record = record;
      this.how = how;
    }

    @Override
    @Nullable StoredRecord read(long number) throws IOException {
      if (number != record) {
        return super.read(number);
      }
      switch (how) {
        case "io" -> throw new DamagedFileException("of a test");
        case "mapdb" -> throw new DBException.DataCorruption("of a test");
        default -> throw new ArrayIndexOutOfBoundsException("of a test");
      }
    }
  }

  private StoredRecord record(String key) throws NotStorableException {
    TierKey of = DiskFixtures.key(key);
    byte[] bytes = form.encode(of, DiskFixtures.entry("v", clock, 1), List.of(), 0, 1);
    return new StoredRecord(StoredRecord.WHOLE, Marks.cache(DiskFixtures.CACHE), 7, 1, bytes);
  }

  private Path file() throws NotStorableException {
    Path file = directory.resolve("seg-1-1");
    try (RecordFile written = RecordFile.create(file, 1 << 20)) {
      for (String key : List.of("a", "b", "c")) {
        records.add(written.append(record(key)));
      }
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"io", "mapdb", "runtime"})
  void read_oneRecordFails_theOthersAreFound(String how) throws NotStorableException {
    Path file = file();
    Salvage salvage = new Salvage(EnvelopeFormat.plain(), () -> false);
    try (RecordFile damaged = new Damaged(file, records.get(1), how)) {
      Segment found = salvage.read(new SegmentName(1, 1), file, damaged);
      assertThat(salvage.entries()).isEqualTo(2);
      assertThat(salvage.damaged()).isEqualTo(how.equals("mapdb") ? 0 : 1);
      assertThat(salvage.isCut()).isFalse();
      assertThat(found.index().size()).isEqualTo(2);
    }
  }

  @Test
  void read_theTimeIsOver_isCut() throws NotStorableException {
    Path file = file();
    Salvage salvage = new Salvage(EnvelopeFormat.plain(), () -> true);
    try (RecordFile whole = RecordFile.create(file, 1 << 20)) {
      salvage.read(new SegmentName(1, 1), file, whole);
      assertThat(salvage.isCut()).isTrue();
      assertThat(salvage.entries()).isZero();
    }
  }
}
