package io.larder.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.thread.Workers;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitCounterTest {

  private final HitCounter counter = HitCounter.create();

  @Test
  void sum_new_isZero() {
    assertThat(counter.sum()).isZero();
  }

  @Test
  void sum_oneThread_isExactAtEachStep() {
    for (int i = 1; i <= 10_000; i++) {
      counter.increment();
      assertThat(counter.sum()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 16, 300}) // there are 256 cells
  void sum_manyThreads_isExact(int threads) throws Exception {
    int each = 600_000 / threads;
    try (Workers workers = new Workers()) {
      var all =
          workers.startAll(
              threads,
              number -> {
                for (int i = 0; i < each; i++) {
                  counter.increment();
                }
                return number;
              });
      for (var worker : all) {
        worker.result();
      }
    }
    assertThat(counter.sum()).isEqualTo((long) each * threads);
  }

  @Test
  void sum_threadsThatEnd_keepsTheirCounts() throws Exception {
    int threads = 600; // each cell is taken over at least once
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                counter.increment();
                counter.increment();
              });
      thread.start();
      thread.join();
    }
    assertThat(counter.sum()).isEqualTo(2L * threads);
  }

  @Test
  void sum_whileThreadsComeAndGo_neverGoesBack() throws Exception {
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
                  long now = counter.sum();
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
                    counter.increment();
                  }
                  return number;
                });
        for (var worker : all) {
          worker.result();
          worker.thread().join();
        }
      }
      done.set(true);
      assertThat(reader.result()).isLessThanOrEqualTo(counter.sum());
    }
    assertThat(counter.sum()).isEqualTo((long) generations * threads * each);
  }
}
