package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of more entries than the bound allows. */
class SegmentsTest {

  private static final long BOUND = DiskSettings.LEAST_BYTES;

  @TempDir Path directory;

  private final FakeClock clock = new FakeClock();
  private DiskStore store;
  private DiskTier tier;

  @BeforeEach
  void open() {
    store = DiskFixtures.open(DiskSettings.of(directory).withMaximumBytes(BOUND), clock);
    tier = store.tier(DiskFixtures.CACHE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void put(String key, String value, String... tags) {
    assertThat(tier.store(key(key), entry(value, clock, store.stamp(), tags))).isTrue();
  }

  private long bytes() {
    long bytes = 0;
    for (Path each : DiskFolder.files(directory)) {
      try {
        bytes += Files.size(each);
      } catch (IOException gone) {
        // It was deleted meanwhile.
      }
    }
    return bytes;
  }

  @Test
  void put_muchMoreThanTheBound_staysWithinIt() {
    Random random = new Random(1);
    long most = 0;
    for (int i = 0; i < 40_000; i++) {
      put("k" + i, "v".repeat(100 + random.nextInt(4_000)));
      if (i % 200 == 0) {
        most = Math.max(most, bytes());
      }
    }
    assertThat(most).isLessThanOrEqualTo(BOUND * 11 / 10).isGreaterThan(BOUND / 2);
    assertThat(store.figures().evictions()).isPositive();
    assertThat(read(tier, key("k39999"))).isNotNull();
    assertThat(read(tier, key("k0"))).isNull();
    assertThat(store.figures().fileBytes()).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void put_anEntryInUse_outlivesItsSegment() {
    put("hot", "v");
    for (int i = 0; i < 20_000; i++) {
      put("k" + i, "v".repeat(2_000));
      if (i % 100 == 0) {
        assertThat(read(tier, key("hot"))).isEqualTo("v");
      }
    }
    assertThat(read(tier, key("k0"))).isNull();
    assertThat(store.figures().secondChances()).isPositive();
    tier.remove(key("hot"));
    assertThat(read(tier, key("hot"))).isNull();
  }

  @Test
  void put_anEntryInUseAgain_theNewestOutlivesItsSegment() {
    put("hot", "old");
    assertThat(read(tier, key("hot"))).isEqualTo("old");
    put("hot", "new");
    for (int i = 0; i < 20_000; i++) {
      put("k" + i, "v".repeat(2_000));
      if (i == 1_000) {
        assertThat(store.figures().segments()).isEqualTo(1);
      }
    }
    assertThat(read(tier, key("hot"))).isNotEqualTo("old");
  }

  @Test
  void put_fewKeysOftenButSomeOnce_thoseAreKept() {
    for (int i = 0; i < 100; i++) {
      put("once " + i, "v");
    }
    for (int i = 0; i < 20_000; i++) {
      put("often " + i % 10, "v".repeat(2_000));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(read(tier, key("once " + i))).isEqualTo("v");
    }
    assertThat(store.figures().segments()).isLessThanOrEqualTo(2);
  }

  @Test
  void put_moreThanARecordTakes_isSplit() {
    String large = "x".repeat(300_000);
    put("large", large, "t");
    assertThat(read(tier, key("large"))).isEqualTo(large);
    store.invalidateTag(DiskFixtures.CACHE, "t");
    assertThat(read(tier, key("large"))).isNull();
  }

  @Test
  void put_moreThanAQuarterOfASegmentTakes_isRefused() {
    put("before", "v");
    for (int megabytes : new int[] {2, 3, 7, 12}) {
      String huge = "x".repeat(megabytes << 20);
      assertThat(tier.store(key("huge"), entry(huge, clock, store.stamp()))).isFalse();
      assertThat(bytes()).isLessThanOrEqualTo(BOUND);
    }
    put("large", "x".repeat(1 << 20));
    put("after", "v");
    assertThat(read(tier, key("before"))).isEqualTo("v");
    assertThat(read(tier, key("after"))).isEqualTo("v");
    await().untilAsserted(() -> assertThat(bytes()).isLessThanOrEqualTo(BOUND * 11 / 10));
  }

  /** Whoever looks after the files may have it in hand while another thread drops it. */
  @Test
  void isThere_droppedMeanwhile_isNoDamage() throws IOException {
    Path file = directory.resolve("seg-9-9");
    RecordFile records = RecordFile.create(file, 1 << 20);
    Segment segment =
        new Segment(new SegmentName(9, 9), file, records, new SegmentIndex(), new Filter());
    assertThat(segment.isThere()).isTrue();
    segment.retire();
    assertThat(segment.deleteIfQuiet()).isTrue();
    assertThat(segment.isThere()).isTrue();
  }

  @Test
  void put_sameKeyAgain_theNewestIsFoundInWhateverSegment() {
    for (int i = 0; i < 8_000; i++) {
      put("k", "v" + i);
      put("other" + i, "v".repeat(1_000));
    }
    assertThat(read(tier, key("k"))).isEqualTo("v7999");
    assertThat(store.figures().fragmentation()).isPositive();
  }

  @Test
  void compact_whatDoesNotCount_isDropped() {
    for (int i = 0; i < 6_000; i++) {
      put("k" + i, "v".repeat(1_000), i % 2 == 0 ? "even" : "odd");
    }
    assertThat(store.check())
        .isEqualTo("Of the entries in 2 segments 6000 count, 0 do not any more, 0 are damaged.");
    store.invalidateTag(DiskFixtures.CACHE, "even");
    assertThat(store.check())
        .isEqualTo("Of the entries in 2 segments 3000 count, 3000 do not any more, 0 are damaged.");
    assertThat(store.compact()).isEqualTo("Rewrote 1 segments of 7 MiB, with what still counts.");
    for (int i = 1; i < 6_000; i += 2) {
      assertThat(read(tier, key("k" + i))).isNotNull();
    }
    store.invalidateTag("", "odd");
    assertThat(read(tier, key("k1"))).isNull();
  }

  @Test
  void invalidate_moreThanTheLogTakes_nothingComesBack(LoggedLines lines) {
    for (int i = 0; i < 100_000; i++) {
      var unused = tier.store(key("k" + i), entry("v", clock, store.stamp()));
      tier.invalidate(key("k" + i).group());
      assertThat(read(tier, key("k" + i))).isNull();
    }
    for (int i = 0; i < 100_000; i++) {
      assertThat(read(tier, key("k" + i))).isNull();
    }
    lines.takeWarnings(); // where the disk is slow it begins empty
  }
}
