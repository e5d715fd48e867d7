package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierStatistics;
import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results that wait for a disk that takes none. */
class WaitingBytesTest {

  private static final int LARGE = 1 << 20;

  private static Entry entry(@Nullable Object value, int bytes) {
    return new Entry(value, 0, 0, bytes);
  }

  /** A tier that takes nothing before it is told to. */
  private record Stuck(CountDownLatch mayGo) implements Tier {

    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public @Nullable Entry get(Object key) {
      return null;
    }

    @Override
    public void put(Object key, Entry entry) {
      try {
        mayGo.await();
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean remove(Object key) {
      return false;
    }

    @Override
    public long clear() {
      return 0;
    }

    @Override
    public Health health() {
      return Health.UP;
    }

    @Override
    public TierStatistics statistics() {
      return new TierStatistics(0, 0, 0, 0);
    }
  }

  @Test
  void put_manyLargeResults_theHeapHasRoomForMore() {
    CountDownLatch mayGo = new CountDownLatch(1);
    try (WriteBehind behind =
        new WriteBehind(
            10_000,
            WaitingBytes.most(),
            WaitingBytes::of,
            Duration.ofSeconds(5),
            new FakeClock())) {
      Tier tier = behind.over(new Stuck(mayGo));
      for (int i = 0; i < 1_000; i++) {
        tier.put(i, entry(new byte[LARGE], /* bytes= */ 0));
      }
      long heap = Runtime.getRuntime().maxMemory();
      assertThat(behind.statistics().queued())
          .isPositive()
          .isLessThanOrEqualTo((int) (Math.min(64L << 20, heap / 10) / LARGE));
      assertThat(behind.statistics().dropped() + behind.statistics().queued()).isEqualTo(1_000);
      mayGo.countDown();
    }
  }

  @Test
  void of_known_isNotMeasured() {
    assertThat(WaitingBytes.of(entry(new byte[LARGE], 77))).isEqualTo(77);
    assertThat(WaitingBytes.of(entry(new byte[LARGE], 0))).isBetween((long) LARGE, LARGE + 100L);
    assertThat(WaitingBytes.of(entry(null, 0))).isZero();
  }

  @Test
  void of_aCollectionOfTheApplicationWithin_isAGuess() {
    var changing =
        new AbstractList<String>() {
          @Override
          public String get(int index) {
            throw new AssertionError("asked for an element");
          }

          @Override
          public int size() {
            throw new AssertionError("asked for the size");
          }
        };
    assertThat(WaitingBytes.of(entry(Collections.unmodifiableList(changing), 0)))
        .isEqualTo(64 << 10);
  }
}
