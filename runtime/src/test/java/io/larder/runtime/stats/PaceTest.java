package io.larder.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000 * MICRO;

  private final Pace pace = new Pace();
  private long now;

  private void looks(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      now += nanos;
      pace.took(nanos, now);
    }
  }

  @Test
  void pays_quickerThanTheMethod() {
    looks(100, MILLI);

    assertThat(pace.pays(2 * MILLI, now)).isTrue();
    assertThat(pace.pays(MILLI / 2, now)).isFalse();
    assertThat(pace.pays(/* loadNanos= */ 0, now)).as("nobody knows").isTrue();
  }

  /** The first look loads classes. */
  @Test
  void pays_coldStart_isNotTakenForThePace() {
    looks(1, 200 * MILLI);
    assertThat(pace.pays(4 * MILLI, now)).isTrue();
    looks(20, MILLI / 3);

    assertThat(pace.pays(4 * MILLI, now)).isTrue();
  }

  @Test
  void pays_onePause_doesNotEndTheLooks() {
    looks(100, MILLI / 3);
    looks(1, 35 * MILLI);

    assertThat(pace.pays(4 * MILLI, now)).isTrue();
  }

  @Test
  void pays_tooSlow_isTriedAgainSoon() {
    looks(100, 10 * MILLI);
    assertThat(pace.pays(MILLI, now + 20 * MILLI)).isFalse();
    assertThat(pace.pays(MILLI, now + 21 * MILLI)).isTrue();
  }

  @Test
  void isToBeTimed_quick_onceInATick() {
    looks(100, MICRO);

    assertThat(pace.isToBeTimed(now)).isFalse();
    assertThat(pace.isToBeTimed(now + 1)).as("the next tick").isTrue();
  }

  @Test
  void isToBeTimed_slow_eachTime() {
    looks(100, MICRO);
    looks(1, MILLI);

    assertThat(pace.isToBeTimed(now)).isTrue();
    looks(1, MICRO);
    assertThat(pace.isToBeTimed(now)).as("quick again").isFalse();
  }

  @Test
  void isToBeTimed_first_eachTime() {
    assertThat(pace.isToBeTimed(now)).isTrue();
    looks(15, MICRO);

    assertThat(pace.isToBeTimed(now)).isTrue();
    assertThat(pace.usualNanos()).isEqualTo(MICRO);
  }
}
