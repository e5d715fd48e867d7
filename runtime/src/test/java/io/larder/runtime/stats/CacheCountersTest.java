package io.larder.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheCountersTest {

  private final CacheCounters counters = new CacheCounters();

  private void hits(int count) {
    for (int i = 0; i < count; i++) {
      counters.calls.hit();
    }
  }

  @Test
  void loads_countResultsAndFailures() {
    counters.loaded(/* wasStored= */ true, 10, 0);
    counters.failed(10, 0);
    assertThat(counters.loads()).isEqualTo(2);
    assertThat(counters.calls.puts()).isEqualTo(1);
    assertThat(counters.loadFailures.sum()).isEqualTo(1);
  }

  @Test
  void meanLoadNanos_isOfResultsOnly() {
    assertThat(counters.calls.meanLoadNanos()).isZero();
    counters.loaded(/* wasStored= */ true, 10, 0);
    counters.loaded(/* wasStored= */ true, 30, 0);
    counters.failed(1_000_000, 0);
    assertThat(counters.calls.meanLoadNanos()).isEqualTo(20);
  }

  @Test
  void usualLoadNanos_isTheMeanAFewLooksAgo() {
    assertThat(counters.usualLoadNanos()).isZero();
    counters.loaded(/* wasStored= */ true, 10, 0);
    assertThat(counters.usualLoadNanos()).isEqualTo(10);
    counters.loaded(/* wasStored= */ true, 30, 0);
    assertThat(counters.usualLoadNanos()).isEqualTo(10);
    for (int look = 0; look < 64; look++) {
      long unused = counters.usualLoadNanos();
    }
    assertThat(counters.usualLoadNanos()).isEqualTo(20);
  }

  @Test
  void savedNanos_isHitsAtTheMean() {
    counters.loaded(/* wasStored= */ true, 100, 0);
    hits(3);
    assertThat(counters.savedNanos()).isEqualTo(300);
  }

  @Test
  void savedNanos_meanFalls_neverGoesBack() {
    counters.loaded(/* wasStored= */ true, 1_000, 0);
    hits(10);
    assertThat(counters.savedNanos()).isEqualTo(10_000);
    for (int i = 0; i < 99; i++) {
      counters.loaded(/* wasStored= */ true, 1, 0);
    }
    assertThat(counters.savedNanos()).isEqualTo(10_000);
    hits(10);
    assertThat(counters.savedNanos()).isEqualTo(10_109);
  }

  @Test
  void savedNanos_hitsWithoutLoads_isZero() {
    hits(5);
    assertThat(counters.savedNanos()).isZero();
  }

  @Test
  void savedNanos_inASlowerTier_isItsOwnLoadLessTheLook() {
    counters.slowHit(/* loadNanos= */ 100, /* lookNanos= */ 30);
    assertThat(counters.savedNanos()).isEqualTo(70);
    counters.slowHit(/* loadNanos= */ 20, /* lookNanos= */ 30);
    assertThat(counters.savedNanos()).as("never goes back").isEqualTo(70);
    counters.slowHit(/* loadNanos= */ 0, /* lookNanos= */ 30);
    assertThat(counters.savedNanos()).as("nobody knows").isEqualTo(70);
    hits(2);
    assertThat(counters.savedNanos()).as("at the mean of 100 and 20").isEqualTo(190);
    assertThat(counters.hits()).isEqualTo(5);
    assertThat(counters.calls.meanLoadNanos()).as("of loads here").isZero();
  }

  @Test
  void savedNanos_loadThatCannotBe_isNotBelieved() {
    counters.slowHit(Long.MAX_VALUE, /* lookNanos= */ 0);
    counters.slowHit(Long.MAX_VALUE, /* lookNanos= */ 0);
    assertThat(counters.savedNanos()).isEqualTo(2 * 300_000_000_000L);
  }

  @Test
  void doomed_isALoadWhoseTimeCounts_butNothingStored() {
    counters.loaded(/* wasStored= */ true, 10, 0);
    counters.loaded(/* wasStored= */ false, 30, 0);
    assertThat(counters.loads()).isEqualTo(2);
    assertThat(counters.calls.puts()).isEqualTo(1);
    assertThat(counters.calls.meanLoadNanos()).isEqualTo(20);
  }

  @Test
  void loaded_notTimed_countsWithoutATime() {
    counters.loaded(/* wasStored= */ true, 40, 0);
    counters.loaded(/* wasStored= */ true, 0, 0);
    counters.failed(0, 0);
    assertThat(counters.loads()).isEqualTo(3);
    assertThat(counters.calls.meanLoadNanos()).isEqualTo(40);
    assertThat(counters.loadTimes.percentiles(0, 0.01)).isNotEqualTo(new long[] {0});
  }
}
