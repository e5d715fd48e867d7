package io.larder.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheCountersTest {

  private final CacheCounters counters = new CacheCounters();

  private void hits(int count) {
    for (int i = 0; i < count; i++) {
      counters.hits.increment();
    }
  }

  @Test
  void loads_countResultsAndFailures() {
    counters.stored(10, 0);
    counters.failed(10, 0);
    assertThat(counters.loads()).isEqualTo(2);
    assertThat(counters.puts.sum()).isEqualTo(1);
    assertThat(counters.loadFailures.sum()).isEqualTo(1);
  }

  @Test
  void meanLoadNanos_isOfResultsOnly() {
    assertThat(counters.meanLoadNanos()).isZero();
    counters.stored(10, 0);
    counters.stored(30, 0);
    counters.failed(1_000_000, 0);
    assertThat(counters.meanLoadNanos()).isEqualTo(20);
  }

  @Test
  void savedNanos_isHitsAtTheMean() {
    counters.stored(100, 0);
    hits(3);
    assertThat(counters.savedNanos()).isEqualTo(300);
  }

  @Test
  void savedNanos_meanFalls_neverGoesBack() {
    counters.stored(1_000, 0);
    hits(10);
    assertThat(counters.savedNanos()).isEqualTo(10_000);
    for (int i = 0; i < 99; i++) {
      counters.stored(0, 0);
    }
    assertThat(counters.savedNanos()).isEqualTo(10_000);
    hits(10);
    assertThat(counters.savedNanos()).isEqualTo(10_100);
  }

  @Test
  void savedNanos_hitsWithoutLoads_isZero() {
    hits(5);
    assertThat(counters.savedNanos()).isZero();
  }

  @Test
  void doomed_isALoadWhoseTimeCounts_butNothingStored() {
    counters.stored(10, 0);
    counters.doomed(30, 0);
    assertThat(counters.loads()).isEqualTo(2);
    assertThat(counters.puts.sum()).isEqualTo(1);
    assertThat(counters.meanLoadNanos()).isEqualTo(20);
  }
}
