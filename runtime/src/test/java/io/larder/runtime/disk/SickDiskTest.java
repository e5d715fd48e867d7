package io.larder.runtime.disk;

import static io.larder.runtime.disk.DiskFixtures.entry;
import static io.larder.runtime.disk.DiskFixtures.key;
import static io.larder.runtime.disk.DiskFixtures.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Tier;
import io.larder.runtime.time.CoarseClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mapdb.DBException;

/** A disk that is full, or does not answer for a while. */
class SickDiskTest {

  @TempDir Path directory;

  private final CoarseClock clock = new CoarseClock();
  private DiskStore store;
  private DiskTier tier;

  private volatile boolean full;
  private volatile @Nullable CountDownLatch stuckWrites;
  private volatile @Nullable CountDownLatch stuckReads;

  /** A file on the disk of the test. */
  private final class SickFile extends RecordFile {

    SickFile(Path file, long increment) {
      super(open(file, increment, /* readOnly= */ false, /* bypass= */ false), -1);
    }

    @Override
    long append(StoredRecord entry) {
      pass(stuckWrites);
      if (full) {
        throw new DBException.VolumeIOError(new IOException("No space left on device"));
      }
      return super.append(entry);
    }

    @Override
    @Nullable StoredRecord read(long record) throws IOException {
      pass(stuckReads);
      return super.read(record);
    }

    private static void pass(@Nullable CountDownLatch latch) {
      try {
        if (latch != null) {
          latch.await();
        }
      } catch (InterruptedException theirs) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void open() {
    store =
        DiskStore.open(
            DiskSettings.of(directory).withMaximumBytes(DiskSettings.LEAST_BYTES),
            EnvelopeFormat.plain(),
            clock,
            System.currentTimeMillis(),
            /* boot= */ null,
            SickFile::new);
    await().until(() -> store.state().health() == Health.UP);
    tier = store.tier(DiskFixtures.CACHE);
  }

  @AfterEach
  void close(LoggedLines lines) {
    store.close();
    clock.stop();
    lines.takeWarnings();
  }

  private boolean put(String key) {
    return tier.store(key(key), entry("of " + key, clock, store.stamp()));
  }

  @Test
  void diskFull_readsGoOnAndWritesComeBack(LoggedLines lines) {
    assertThat(put("before")).isTrue();
    full = true;
    assertThat(put("a")).isFalse();
    assertThat(store.state().health()).isEqualTo(Health.DEGRADED);
    assertThat(store.state().reason()).isEqualTo("nothing can be written: No space left on device");
    for (int i = 0; i < 100; i++) {
      assertThat(put("b")).isFalse();
    }
    assertThat(read(tier, key("before"))).isEqualTo("of before");
    tier.remove(key("before"));
    assertThat(read(tier, key("before"))).isNull();
    full = false;
    await().until(() -> put("c"));
    assertThat(read(tier, key("c"))).isEqualTo("of c");
    assertThat(store.state().health()).isEqualTo(Health.UP);
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Disk tier: nothing can be written: No space left on device; what is there is"
                + " read");
  }

  @Test
  void writesStuck_theApplicationNeitherWaitsNorLosesInvalidations() {
    assertThat(put("before")).isTrue();
    CountDownLatch latch = new CountDownLatch(1);
    stuckWrites = latch;
    try (WriteBehind behind =
        new WriteBehind(100, Long.MAX_VALUE, entry -> 0, Duration.ofMillis(1), clock)) {
      Tier queued = behind.over(tier);
      long start = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        String name = "k" + i;
        queued.put(key(name), entry(name, clock, store.stamp()));
        assertThat(read(tier, key("before"))).isEqualTo("of before");
        tier.invalidate(key(name).group());
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
      assertThat(behind.statistics().dropped()).isPositive();
    } finally {
      stuckWrites = null;
      latch.countDown();
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(read(tier, key("k" + i))).isNull();
    }
  }

  @Test
  void readsStuck_thoseThatComeWaitForTheDeadlineOnly() throws Exception {
    assertThat(put("k")).isTrue();
    CountDownLatch latch = new CountDownLatch(1);
    stuckReads = latch;
    Thread stuck = new Thread(() -> read(tier, key("k")));
    stuck.start();
    long slowest = 0;
    await().until(() -> stuck.getState() == Thread.State.WAITING);
    await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    for (int i = 0; i < 40; i++) {
      long start = System.nanoTime();
      assertThat(read(tier, key(i % 2 == 0 ? "k" : "none " + i))).isNull();
      slowest = Math.max(slowest, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(500));
    assertThat(store.state().reason()).isEqualTo("it answers slowly");
    assertThat(tier.diskStatistics().misses().get(DiskMiss.SLOW)).isPositive();
    stuckReads = null;
    latch.countDown();
    stuck.join();
    await()
        .until(
            () -> {
              for (int i = 0; i < 20; i++) {
                var unused = read(tier, key("k"));
              }
              return "of k".equals(read(tier, key("k"))) && store.state().health() == Health.UP;
            });
  }
}
