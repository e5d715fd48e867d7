package io.larder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheStatisticsTest {

  private static final CacheStatistics SOME =
      new CacheStatistics(
          Map.of(
              "hits", 30L,
              "misses", 10L,
              "loads", 9L,
              "loadFailures", 2L,
              "evictions", 3L,
              "expiries", 4L,
              "invalidations", 5L,
              "coalesced", 1L,
              "entries", 6L,
              "savedNanos", 1_500_000_000L));

  @Test
  void counts_ofRefreshes_areWhatTheAgentSaid() {
    CacheStatistics refreshed = new CacheStatistics(Map.of("refreshes", 7L, "refreshFailures", 8L));

    assertThat(refreshed.refreshCount()).isEqualTo(7);
    assertThat(refreshed.refreshFailureCount()).isEqualTo(8);
  }

  @Test
  void counts_areWhatTheAgentSaid() {
    assertThat(SOME.hitCount()).isEqualTo(30);
    assertThat(SOME.missCount()).isEqualTo(10);
    assertThat(SOME.loadCount()).isEqualTo(9);
    assertThat(SOME.loadFailureCount()).isEqualTo(2);
    assertThat(SOME.evictionCount()).isEqualTo(3);
    assertThat(SOME.expiryCount()).isEqualTo(4);
    assertThat(SOME.invalidationCount()).isEqualTo(5);
    assertThat(SOME.coalescedCount()).isEqualTo(1);
    assertThat(SOME.entryCount()).isEqualTo(6);
    assertThat(SOME.savedTime()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void hitRatio_isOfAllCallsThatLooked() {
    assertThat(SOME.hitRatio()).isEqualTo(0.75);
    assertThat(new CacheStatistics(Map.of("hits", 4L)).hitRatio()).isEqualTo(1);
    assertThat(new CacheStatistics(Map.of("misses", 4L)).hitRatio()).isZero();
  }

  @Test
  void hitRatio_beforeTheFirstCall_isNaN() {
    assertThat(new CacheStatistics(Map.of()).hitRatio()).isNaN();
  }

  @Test
  void counts_ofAnOlderAgent_areZeroWhereItHasNone() {
    CacheStatistics none = new CacheStatistics(Map.of());

    assertThat(none.hitCount()).isZero();
    assertThat(none.coalescedCount()).isZero();
    assertThat(none.savedTime()).isZero();
  }

  @Test
  void counts_ofAnyKindOfNumber_areRead() {
    assertThat(new CacheStatistics(Map.of("hits", 3, "misses", 2.9)).hitCount()).isEqualTo(3);
    assertThat(new CacheStatistics(Map.of("hits", 3, "misses", 2.9)).missCount()).isEqualTo(2);
  }

  @Test
  void statistics_areOfOneMoment() {
    Map<String, Number> values = new HashMap<>(Map.of("hits", 1L));
    CacheStatistics statistics = new CacheStatistics(values);

    values.put("hits", 2L);

    assertThat(statistics.hitCount()).isEqualTo(1);
  }

  @Test
  void toString_showsTheValuesInOrder() {
    assertThat(new CacheStatistics(Map.of("misses", 2L, "hits", 1L)))
        .hasToString("CacheStatistics{hits=1, misses=2}");
  }
}
