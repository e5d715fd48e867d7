package io.larder.benchmarks.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleTest {

  /** Real requests for the pages of a shop, which the sample carries. */
  private static final Path WEB =
      Path.of("../sample-app/src/main/resources/io/larder/sample/replay/web12.txt.gz");

  private static final Rule LARDER = Rule.ALL.get(0);
  private static final Rule ALWAYS = new Rule("always", LruMemory::new, 1);

  @Test
  void memoryHitRatio_always_answersWhatWasUsedLast() {
    Trace trace = Trace.of("small", Stream.of(1L, 2L, 1L, 3L, 1L, 2L));
    assertThat(ALWAYS.memoryHitRatio(trace, 2)).isEqualTo(2.0 / 6);
  }

  @Test
  void memoryHitRatio_afterTwoHits_countsThemAnewOnceItWasInMemory() {
    Rule afterTwo = new Rule("2", LruMemory::new, 2);
    Trace trace = Trace.of("small", Stream.of(1L, 1L, 1L, 2L, 2L, 1L, 1L, 1L));
    assertThat(afterTwo.memoryHitRatio(trace, 1)).isEqualTo(2.0 / 8);
  }

  @Test
  void memoryHitRatio_hotKeysAmongOnesReadOnce_staysInLardersMemory() {
    Stream<Long> requests =
        LongStream.range(0, 20_000)
            .boxed()
            .flatMap(i -> Stream.of(i % 50, 1_000 + 2 * i, 1_001 + 2 * i));
    Trace trace = Trace.of("hot", requests);
    assertThat(LARDER.memoryHitRatio(trace, 100)).isGreaterThan(0.25);
    assertThat(ALWAYS.memoryHitRatio(trace, 100)).isZero();
  }

  @Test
  void memoryHitRatio_recordedRequests_beatsAlways_andAlwaysIsWhatOthersMeasured() {
    Trace trace = Trace.read(WEB);
    int capacity = trace.share(0.01);
    assertThat(ALWAYS.memoryHitRatio(trace, capacity)).isCloseTo(0.39791, within(0.00001));
    assertThat(LARDER.memoryHitRatio(trace, capacity)).isGreaterThan(0.42);
  }
}
