package io.larder.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoalTest {

  @Test
  void isMetBy_theLimitItself_isMet() {
    Goal goal = Goal.atMost("Caffeine", 1.25);
    assertThat(goal.isMetBy(1.25, /* moreNanos= */ 0)).isTrue();
    assertThat(goal.isMetBy(1.26, /* moreNanos= */ 0)).isFalse();
    assertThat(goal.text()).isEqualTo("at most 1.25x");
  }

  @Test
  void isMetBy_timesFaster_comparesTheInverse() {
    Goal goal = Goal.timesFaster("Spring", 30);
    assertThat(goal.isMetBy(0.033, /* moreNanos= */ 0)).isTrue();
    assertThat(goal.isMetBy(0.034, /* moreNanos= */ 0)).isFalse();
    assertThat(goal.text()).isEqualTo("at least 30x faster");
  }

  @Test
  void isMetBy_nanosMore_looksAtTheDifference() {
    Goal goal = Goal.nanosMore("without", 1_000, "at most 1 us more");
    assertThat(goal.isMetBy(/* ratio= */ 50, 1_000)).isTrue();
    assertThat(goal.isMetBy(/* ratio= */ 1, 1_001)).isFalse();
  }
}
