package io.larder.runtime.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierStatistics;
import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteBehindTest {

  private final FakeClock clock = new FakeClock();
  private final SlowTier slow = new SlowTier();
  private final WriteBehind behind =
      new WriteBehind(3, /* mostBytes= */ 100, Entry::bytes, Duration.ofMillis(500), clock);
  private final Tier tier = behind.over(slow);

  /** A tier that takes a batch when the test says so. */
  private static final class SlowTier implements Tier {
    final Map<Object, Entry> entries = new ConcurrentHashMap<>();
    final Semaphore begun = new Semaphore(0);
    final Semaphore mayGo = new Semaphore(0);
    volatile @Nullable Error broken;

    @Override
    public String name() {
      return "slow";
    }

    @Override
    public @Nullable Entry get(Object key) {
      return entries.get(key);
    }

    @Override
    public void put(Object key, Entry entry) {
      entries.put(key, entry);
    }

    @Override
    public void putAll(Map<?, Entry> all) {
      begun.release();
      mayGo.acquireUninterruptibly();
      Error thrown = broken;
      if (thrown != null) {
        throw thrown;
      }
      entries.putAll(all);
    }

    @Override
    public boolean remove(Object key) {
      return entries.remove(key) != null;
    }

    @Override
    public long clear() {
      long size = entries.size();
      entries.clear();
      return size;
    }

    @Override
    public Health health() {
      return Health.UP;
    }

    @Override
    public TierStatistics statistics() {
      return new TierStatistics(entries.size(), -1, 0, 0);
    }
  }

  @AfterEach
  void close() {
    slow.mayGo.release(1_000);
    behind.close();
  }

  private static Entry entry(String value) {
    return new Entry(value, 0, 0, 0);
  }

  private void fill() {
    tier.put("first", entry("1"));
    slow.begun.acquireUninterruptibly(); // the thread is in the tier with it, and stays there
  }

  @Test
  void put_arrivesLater() {
    fill();
    assertThat(tier.get("first")).isNull();
    slow.mayGo.release();
    await().until(() -> tier.get("first") != null);
    await().until(() -> behind.statistics().written() == 1);
  }

  @Test
  void put_sameKeyAgain_onlyTheNewestIsWritten() {
    fill();
    tier.put("a", entry("old"));
    clock.advance(Duration.ofSeconds(5));
    tier.put("a", entry("new"));
    assertThat(behind.statistics().coalesced()).isEqualTo(1);
    assertThat(behind.statistics().oldestQueuedNanos()).isEqualTo(5_000_000_000L);
    slow.mayGo.release(2);
    await().until(() -> behind.statistics().written() == 2);
    assertThat(slow.entries.get("a")).extracting(e -> e.value).isEqualTo("new");
    assertThat(behind.statistics().oldestQueuedNanos()).isZero();
  }

  @Test
  void put_queueFull_isDroppedAndCounted() {
    fill();
    for (int i = 0; i < 5; i++) {
      tier.put(i, entry("v"));
    }
    assertThat(behind.statistics().dropped()).isEqualTo(2);
    assertThat(behind.statistics().queued()).isEqualTo(4);
  }

  private static Entry large(int bytes) {
    return new Entry("large", 0, 0, bytes);
  }

  @Test
  void put_moreBytesThanMayWait_isDroppedAndCounted() {
    tier.put("first", large(40));
    slow.begun.acquireUninterruptibly();
    tier.put("a", large(60)); // what is being written counts, too
    tier.put("b", large(1));
    assertThat(behind.statistics().dropped()).isEqualTo(1);
    slow.mayGo.release(2);
    await().until(() -> behind.statistics().written() == 2);
    assertThat(slow.entries).containsOnlyKeys("first", "a");
    tier.put("c", large(100));
    slow.mayGo.release();
    await().until(() -> behind.statistics().written() == 3);
  }

  @Test
  void put_oneThatIsLargerThanAllMayBe_waitsAlone() {
    tier.put("first", large(1_000));
    slow.begun.acquireUninterruptibly();
    tier.put("a", large(1_000));
    slow.mayGo.release(1);
    await().until(() -> behind.statistics().written() == 1);
    assertThat(slow.entries).containsOnlyKeys("first");
    assertThat(behind.statistics().dropped()).isEqualTo(1);
  }

  @Test
  void put_sameKeyAgainButTooLarge_theOlderOneIsNotWrittenEither() {
    tier.put("first", large(40));
    slow.begun.acquireUninterruptibly();
    tier.put("a", large(10));
    tier.put("a", large(61));
    tier.put("b", large(60));
    slow.mayGo.release(2);
    await().until(() -> behind.statistics().written() == 2);
    assertThat(slow.entries).containsOnlyKeys("first", "b");
    assertThat(behind.statistics().dropped()).isEqualTo(1);
  }

  @Test
  void put_othersWereRemovedLostOrReplaced_thereIsRoomAgain(LoggedLines lines) {
    tier.put("first", large(30));
    slow.begun.acquireUninterruptibly();
    tier.put("a", large(70));
    tier.remove("a");
    tier.put("b", large(70));
    tier.put("b", large(7));
    tier.put("b", large(70));
    tier.clear();
    tier.put("c", large(70));
    assertThat(behind.statistics().dropped()).isZero();
    slow.broken = new LinkageError("a class of the application");
    slow.mayGo.release(2);
    await().until(() -> behind.statistics().queued() == 0);
    slow.broken = null;
    long dropped = behind.statistics().dropped();
    slow.begun.drainPermits();
    tier.put("d", large(50));
    slow.begun.acquireUninterruptibly();
    tier.put("e", large(50));
    assertThat(behind.statistics().dropped()).isEqualTo(dropped);
    slow.mayGo.release(2);
    await().until(() -> slow.entries.containsKey("e"));
    lines.takeWarnings();
  }

  @Test
  void remove_queuedOrArriving_neverComesBack() {
    fill();
    tier.put("a", entry("v"));
    tier.remove("a");
    tier.remove("first");
    tier.put("b", entry("v"));
    slow.mayGo.release(2);
    await().until(() -> slow.entries.containsKey("b"));
    assertThat(slow.entries).containsOnlyKeys("b");
  }

  @Test
  void clear_queuedAndArriving_neverComeBack() {
    fill();
    tier.put("a", entry("v"));
    tier.clear();
    tier.put("b", entry("v"));
    slow.mayGo.release(2);
    await().until(() -> slow.entries.containsKey("b"));
    assertThat(slow.entries).containsOnlyKeys("b");
  }

  @Test
  void put_tierThrowsAnError_isCountedAndTheNextArrives(LoggedLines lines) {
    fill();
    slow.broken = new LinkageError("a class of the application");
    slow.mayGo.release();
    await().until(() -> behind.statistics().queued() == 0);
    assertThat(behind.statistics().dropped()).isEqualTo(1);
    assertThat(behind.statistics().written()).isZero();
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Tier slow did not take entries: java.lang.LinkageError: a class of the"
                + " application");
    slow.broken = null;
    tier.put("next", entry("v"));
    slow.mayGo.release();
    await().until(() -> behind.statistics().written() == 1);
    assertThat(slow.entries).containsOnlyKeys("next");
  }

  @Test
  void put_theThreadEnded_anotherIsStarted() {
    fill();
    slow.broken = new Ended();
    slow.mayGo.release();
    await().until(() -> behind.statistics().dropped() == 1);
    assertThat(behind.statistics().queued()).isZero();
    slow.broken = null;
    tier.put("next", entry("v"));
    slow.mayGo.release();
    await().until(() -> behind.statistics().written() == 1);
  }

  /** As when memory is so short that not even a warning can be made. */
  private static final class Ended extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw this;
    }
  }

  @Test
  void close_writesWhatIsQueued() {
    fill();
    tier.put("a", entry("v"));
    slow.mayGo.release(2);
    behind.close();
    assertThat(slow.entries).containsOnlyKeys("first", "a");
    tier.put("late", entry("v"));
    assertThat(behind.statistics().dropped()).isEqualTo(1);
  }

  @Test
  void close_tierTakesNothing_endsAndCounts(LoggedLines lines) {
    fill();
    tier.put("a", entry("v"));
    long start = System.nanoTime();
    behind.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(ms(450), ms(3_000));
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN 1 results were not stored in a slower tier before the end: that took longer than"
                + " 500 ms");
    assertThat(behind.statistics().dropped()).isEqualTo(1);
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
