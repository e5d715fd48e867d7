package io.larder.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTimesTest {

  private final FakeClock clock = new FakeClock();
  private final LoadTimes times = new LoadTimes();

  private long[] percentiles(double... quantiles) {
    return times.percentiles(clock.nanos(), quantiles);
  }

  @Test
  void percentiles_noLoads_areZero() {
    assertThat(percentiles(0.5, 0.99)).containsExactly(0, 0);
  }

  @Test
  void bucket_ofAnyValue_isAtMost9PercentOff() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      long value = random.nextLong(1L << random.nextInt(1, 63));
      long read = LoadTimes.middleOf(LoadTimes.bucketOf(value));
      assertThat((double) read).isCloseTo((double) value, within(0.09 * value));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 8, 15, 16, Long.MAX_VALUE})
  void bucket_ofLimits_isInRange(long value) {
    long read = LoadTimes.middleOf(LoadTimes.bucketOf(value));
    assertThat((double) read).isCloseTo((double) value, within(0.09 * value));
  }

  @Test
  void bucket_growsWithTheValue() {
    int before = -1;
    for (long value = 0; value < 100_000; value++) {
      int bucket = LoadTimes.bucketOf(value);
      assertThat(bucket).isBetween(before, before + 1);
      before = bucket;
    }
  }

  @Test
  void percentiles_knownLoads_areWithinTheBucket() {
    for (int millis = 1; millis <= 1_000; millis++) {
      times.record(millis * 1_000_000L, clock.nanos(), /* weight= */ 1);
    }
    long[] read = percentiles(0.5, 0.95, 0.99, 1);
    assertThat((double) read[0]).isCloseTo(500e6, within(0.09 * 500e6));
    assertThat((double) read[1]).isCloseTo(950e6, within(0.09 * 950e6));
    assertThat((double) read[2]).isCloseTo(990e6, within(0.09 * 990e6));
    assertThat((double) read[3]).isCloseTo(1000e6, within(0.09 * 1000e6));
  }

  @Test
  void percentiles_oneLoad_isThatForAll() {
    times.record(5, clock.nanos(), /* weight= */ 1);
    assertThat(percentiles(0, 0.5, 1)).containsExactly(5, 5, 5);
  }

  @Test
  void record_negative_countsAsZero() {
    times.record(-5, clock.nanos(), /* weight= */ 1);
    times.record(-5, clock.nanos(), /* weight= */ 1);
    assertThat(percentiles(0.5)).containsExactly(0);
  }

  @Test
  void percentiles_windowSlides() {
    times.record(1, clock.nanos(), /* weight= */ 1);
    clock.advance(Duration.ofSeconds(40));
    times.record(7, clock.nanos(), /* weight= */ 1);
    times.record(7, clock.nanos(), /* weight= */ 1);
    assertThat(percentiles(0.1, 1)).containsExactly(1, 7);
    clock.advance(Duration.ofSeconds(30)); // the first is 70 s old
    assertThat(percentiles(0.1, 1)).containsExactly(7, 7);
    clock.advance(Duration.ofSeconds(70));
    assertThat(percentiles(0.1, 1)).containsExactly(0, 0);
    times.record(3, clock.nanos(), /* weight= */ 1);
    assertThat(percentiles(0.1, 1)).containsExactly(3, 3);
  }

  @Test
  void percentiles_loadOfTheLastMinute_countsUntilItsEnd() {
    times.record(5, clock.nanos(), /* weight= */ 1);
    clock.advance(Duration.ofSeconds(60));
    assertThat(percentiles(0.5)).containsExactly(5);
  }

  @Test
  void percentiles_clockBelowZero_works() {
    long now = -25_000_000_000L; // System.nanoTime may be negative
    times.record(5, now, /* weight= */ 1);
    times.record(5, now + 20_000_000_000L, /* weight= */ 1);
    assertThat(times.percentiles(now + 30_000_000_000L, 1)).containsExactly(5);
  }

  @Test
  void record_manyThreads_losesNothing() throws Exception {
    try (Workers workers = new Workers()) {
      var all =
          workers.startAll(
              8,
              number -> {
                for (int i = 0; i < 10_000; i++) {
                  times.record(number < 4 ? 2 : 6, clock.nanos(), /* weight= */ 1);
                }
                return number;
              });
      for (var worker : all) {
        worker.result();
      }
    }
    assertThat(percentiles(0.5, 0.500_01)).containsExactly(2, 6);
  }

  @Test
  void record_weight_countsAsManyLoads() {
    times.record(3, clock.nanos(), /* weight= */ 8);
    times.record(1_000_000, clock.nanos(), /* weight= */ 1);
    assertThat(times.percentiles(clock.nanos(), 8.0 / 9)).containsExactly(3);
  }
}
