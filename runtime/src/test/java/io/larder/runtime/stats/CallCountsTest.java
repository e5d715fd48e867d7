package io.larder.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.thread.Workers;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallCountsTest {

  private final CallCounts counts = CallCounts.create();

  @Test
  void hits_new_isZero() {
    assertThat(counts.hits()).isZero();
  }

  @Test
  void hits_oneThread_isExactAtEachStep() {
    for (int i = 1; i <= 10_000; i++) {
      counts.hit();
      assertThat(counts.hits()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16, 300}) // there are 256 cells
  void hits_manyThreads_isExact(int threads) throws Exception {
    int each = 600_000 / threads;
    try (Workers workers = new Workers()) {
      var all =
          workers.startAll(
              threads,
              number -> {
                for (int i = 0; i < each; i++) {
                  counts.hit();
                }
                return number;
              });
      for (var worker : all) {
        worker.result();
      }
    }
    assertThat(counts.hits()).isEqualTo((long) each * threads);
  }

  @Test
  void hits_threadsThatEnd_keepsTheirCounts() throws Exception {
    int threads = 600; // each cell is taken over at least once
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                counts.hit();
                counts.hit();
              });
      thread.start();
      thread.join();
    }
    assertThat(counts.hits()).isEqualTo(2L * threads);
  }

  @Test
  void hits_whileThreadsComeAndGo_neverGoesBack() throws Exception {
    int generations = 60;
    int threads = 12;
    int each = 2_000;
    AtomicBoolean done = new AtomicBoolean();
    try (Workers workers = new Workers()) {
      var reader =
          workers.start(
              () -> {
                long before = 0;
                while (!done.get()) {
                  long now = counts.hits();
                  assertThat(now).isGreaterThanOrEqualTo(before);
                  before = now;
                }
                return before;
              });
      for (int generation = 0; generation < generations; generation++) {
        List<Workers.Worker<Integer>> all =
            workers.startAll(
                threads,
                number -> {
                  for (int i = 0; i < each; i++) {
                    counts.hit();
                  }
                  return number;
                });
        for (var worker : all) {
          worker.result();
          worker.thread().join();
        }
      }
      done.set(true);
      assertThat(reader.result()).isLessThanOrEqualTo(counts.hits());
    }
    assertThat(counts.hits()).isEqualTo((long) generations * threads * each);
  }

  @Test
  void missesAndPuts_sameThread_areCountedApart() {
    counts.miss();
    counts.miss();
    counts.hit();
    counts.put();
    counts.put();
    counts.put();
    assertThat(counts.hits()).isEqualTo(1);
    assertThat(counts.misses()).isEqualTo(2);
    assertThat(counts.puts()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 300}) // there are 256 cells
  void missesAndPuts_manyThreads_areExact(int threads) throws Exception {
    int each = 60_000 / threads;
    try (Workers workers = new Workers()) {
      var all =
          workers.startAll(
              threads,
              number -> {
                for (int i = 0; i < each; i++) {
                  counts.miss();
                  counts.put();
                  assertThat(counts.timed(3, /* failed= */ false)).isEqualTo(1);
                }
                return number;
              });
      for (var worker : all) {
        worker.result();
      }
    }
    long calls = (long) each * threads;
    assertThat(counts.misses()).isEqualTo(calls);
    assertThat(counts.puts()).isEqualTo(calls);
    assertThat(counts.meanLoadNanos()).isEqualTo(3);
    assertThat(counts.hits()).isZero();
  }

  @Test
  void missesAndPuts_threadsThatEnd_areKept() throws Exception {
    int threads = 600; // each cell is taken over at least once
    for (int i = 0; i < threads; i++) {
      long nanos = i < 300 ? 10 : 20;
      Thread thread =
          new Thread(
              () -> {
                counts.miss();
                counts.put();
                counts.timed(nanos, /* failed= */ false);
              });
      thread.start();
      thread.join();
    }
    assertThat(counts.misses()).isEqualTo(threads);
    assertThat(counts.puts()).isEqualTo(threads);
    assertThat(counts.meanLoadNanos()).isEqualTo(15);
  }

  @Test
  void meanLoadNanos_nothingTimed_isZero() {
    counts.put();
    assertThat(counts.meanLoadNanos()).isZero();
  }

  private void quickLoads(int loads) {
    for (int i = 0; i < loads; i++) {
      assertThat(counts.isToBeTimed()).isTrue();
      assertThat(counts.timed(999, /* failed= */ false)).isEqualTo(1);
    }
  }

  private void untimedLoads(int loads) {
    for (int i = 0; i < loads; i++) {
      assertThat(counts.isToBeTimed()).isFalse();
    }
  }

  @Test
  void isToBeTimed_quickLoads_oneOfEightStandsForAll() {
    quickLoads(64);
    untimedLoads(7);
    assertThat(counts.isToBeTimed()).isTrue();
    assertThat(counts.timed(99, /* failed= */ false)).isEqualTo(8);
    assertThat(counts.meanLoadNanos()).isEqualTo((64 * 999 + 8 * 99) / 72.0);
    untimedLoads(7);
  }

  @Test
  void isToBeTimed_oneLoadOfAMicrosecond_allAreTimedAgain() {
    quickLoads(63);
    counts.timed(1_000, /* failed= */ false);
    quickLoads(64);
    untimedLoads(7);
    assertThat(counts.isToBeTimed()).isTrue();
    assertThat(counts.timed(1_000, /* failed= */ false)).isEqualTo(8);
    quickLoads(64);
    untimedLoads(1);
  }

  @Test
  void timed_slowFailure_allAreTimedAgainAndTheMeanStays() {
    quickLoads(64);
    untimedLoads(7);
    assertThat(counts.timed(30_000_000, /* failed= */ true)).isEqualTo(8);
    quickLoads(64);
    assertThat(counts.meanLoadNanos()).isEqualTo(999);
  }
}
