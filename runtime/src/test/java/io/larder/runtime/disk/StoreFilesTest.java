package io.larder.runtime.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.disk.StoreHeader.Field;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The header, the log and the settings of a store. */
class StoreFilesTest {

  @TempDir Path directory;

  private static void write(Path file, long at, int... bytes) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.seek(at);
      for (int each : bytes) {
        opened.write(each);
      }
    }
  }

  @Test
  void header_reopened_hasWhatWasSet() throws IOException {
    Path file = directory.resolve("store");
    StoreHeader header = StoreHeader.create(file, 42);
    header.set(Field.STATE, StoreHeader.CLEAN);
    header.set(Field.LAST_SEEN_MILLIS, 1_700_000_000_000L);
    header.setBoot(new BootId(1, 2));
    StoreHeader again = Objects.requireNonNull(StoreHeader.open(file));
    assertThat(again.id()).isEqualTo(42);
    assertThat(again.get(Field.STATE)).isEqualTo(StoreHeader.CLEAN);
    assertThat(again.get(Field.LAST_SEEN_MILLIS)).isEqualTo(1_700_000_000_000L);
    assertThat(again.isOfBoot(new BootId(1, 2))).isTrue();
    assertThat(again.isOfBoot(new BootId(1, 3))).isFalse();
    assertThat(again.isOfBoot(new BootId(0, 0))).isFalse();
  }

  @Test
  void header_oneCopyDamaged_theOtherHolds() throws IOException {
    Path file = directory.resolve("store");
    StoreHeader header = StoreHeader.create(file, 42);
    header.set(Field.OPENING, 7);
    write(file, 0, 1, 2, 3);
    write(file, 64 + 8, 0xFF, 0xFF);
    StoreHeader again = Objects.requireNonNull(StoreHeader.open(file));
    assertThat(again.get(Field.OPENING)).isEqualTo(7);
    write(file, 2048 + 64 + 8, 0xFF, 0xFF);
    assertThat(again.get(Field.OPENING)).isEqualTo(-1);
    write(file, 2048, 1);
    assertThat(StoreHeader.open(file)).isNull();
  }

  @Test
  void header_copiesOfTheStateDiffer_theWorseHolds() throws IOException {
    Path file = directory.resolve("store");
    StoreHeader header = StoreHeader.create(file, 42);
    header.set(Field.STATE, StoreHeader.OPEN);
    byte[] open = new byte[8];
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
      opened.seek(64);
      opened.readFully(open);
    }
    header.set(Field.STATE, StoreHeader.CLEAN);
    for (int i = 0; i < open.length; i++) {
      write(file, 64 + i, open[i]);
    }
    assertThat(header.get(Field.STATE)).isEqualTo(StoreHeader.OPEN);
  }

  @Test
  void header_whatNoFieldHolds_isRefused() throws IOException {
    StoreHeader header = StoreHeader.create(directory.resolve("store"), 42);
    assertThatThrownBy(() -> header.set(Field.LOG, 1L << 48))
        .hasMessage("LOG cannot be 281474976710656");
  }

  @Test
  void time_seenLaterThanTheSystemSays_goesOnFromThere() {
    FakeClock clock = new FakeClock();
    StoreTime time = new StoreTime(1_000, clock);
    time.notBefore(500);
    assertThat(time.millisNow()).isEqualTo(1_000);
    time.notBefore(5_000);
    clock.advance(Duration.ofSeconds(1));
    assertThat(time.millisNow()).isEqualTo(6_000);
    assertThat(time.nanosAt(6_000)).isEqualTo(clock.nanos());
  }

  @Test
  void settings_bad_sayTheWayOut() {
    DiskSettings good = DiskSettings.of(directory);
    assertThatThrownBy(() -> good.withMaximumBytes(1_000))
        .hasMessage(
            "the disk tier needs a bound of at least 16777216 bytes (16MB): 1000; raise it, or"
                + " leave the directory out to go without a disk tier");
    assertThatThrownBy(() -> good.withDeadline(Duration.ZERO))
        .hasMessage("the deadline of the disk tier must be positive: 0 ms");
    assertThatThrownBy(() -> good.withLongestTtl(Duration.ofMillis(-5)))
        .hasMessage("the longest time to live of the disk tier must be positive: -5 ms");
    assertThatThrownBy(() -> DiskSettings.of(Path.of("")))
        .hasMessage(
            "the directory of the disk tier must not be empty; name one that this user may write"
                + " to");
  }

  @Test
  void plan_anyBound_leavesRoomForWhatIsNoSegment() {
    for (long bytes = DiskSettings.LEAST_BYTES; bytes < 1L << 42; bytes *= 3) {
      long others = OpenStore.logBytes(StoreOpening.logCapacity(bytes));
      SegmentPlan plan = SegmentPlan.of(bytes, others, 256L << 20);
      assertThat(plan.segmentBytes()).isGreaterThanOrEqualTo(5L << 20);
      assertThat(2 * plan.segmentBytes() + others).isLessThanOrEqualTo(bytes);
      assertThat(plan.mostRecords()).isBetween(100L, 3L << 20);
      assertThat(plan.segmentBytes() % plan.increment()).isZero();
    }
  }
}
