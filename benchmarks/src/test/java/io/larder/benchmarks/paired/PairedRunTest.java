package io.larder.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedRunTest {

  private static final int ROUNDS = 3;
  private static final int ALLOCATION_BLOCKS = 20;

  @Test
  void measure_twoContestants_alternatesAndTurnsTheOrder() {
    List<String> order = new ArrayList<>();
    new PairedRun(/* threads= */ 1, /* operations= */ 1, ROUNDS, ROUNDS)
        .measure(List.of(noting("A", order), noting("B", order)));
    assertThat(order.subList(0, 4 * ROUNDS))
        .isEqualTo(List.of("B", "A", "A", "B", "B", "A", "A", "B", "B", "A", "A", "B"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void measure_threads_eachRunsEveryBlock(int threads) {
    AtomicInteger runs = new AtomicInteger();
    Block block =
        operations -> {
          assertThat(operations).isEqualTo(7);
          return runs.incrementAndGet();
        };
    new PairedRun(threads, /* operations= */ 7, ROUNDS, ROUNDS)
        .measure(List.of(new Contestant("only", block)));
    assertThat(runs).hasValue(2 * ROUNDS * threads + ALLOCATION_BLOCKS);
  }

  @Test
  void measure_pause_isBeforeEachBlockOfItsContestant() {
    List<String> order = new ArrayList<>();
    new PairedRun(/* threads= */ 1, /* operations= */ 1, ROUNDS, ROUNDS)
        .measure(List.of(noting("A", order).after(() -> order.add("pause")), noting("B", order)));
    assertThat(order.subList(0, 6)).isEqualTo(List.of("B", "pause", "A", "pause", "A", "B"));
  }

  @Test
  void measure_theLastContestant_isWhatTheOthersAreComparedWith() {
    List<Measurement> measurements =
        new PairedRun(1, 100, ROUNDS, ROUNDS)
            .measure(List.of(allocating("other", 0), allocating("Larder", 1)));
    assertThat(measurements).extracting(Measurement::contestant).containsExactly("other", "Larder");
    assertThat(measurements.get(1).larderRatio()).isEqualTo(1.0);
    assertThat(measurements).allSatisfy(one -> assertThat(one.nanos()).isPositive());
  }

  @Test
  void measure_anAllocatingBlock_countsItsBytes() {
    List<Measurement> measurements =
        new PairedRun(1, 100, ROUNDS, ROUNDS).measure(List.of(allocating("Larder", 1_000)));
    assertThat(measurements.get(0).bytes()).isBetween(1_000.0, 1_100.0);
  }

  private static Contestant noting(String name, List<String> order) {
    List<String> notes = Collections.synchronizedList(order);
    return new Contestant(
        name,
        operations -> {
          notes.add(name);
          return 0;
        });
  }

  private static Contestant allocating(String name, int bytes) {
    List<byte[]> kept = new ArrayList<>();
    return new Contestant(
        name,
        operations -> {
          kept.clear();
          for (int i = 0; i < operations; i++) {
            kept.add(new byte[bytes]);
          }
          return kept.size();
        });
  }
}
