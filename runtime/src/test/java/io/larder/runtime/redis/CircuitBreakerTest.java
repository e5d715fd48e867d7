package io.larder.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final long DEADLINE = 50_000_000;
  private static final long QUICK = 1_000_000;
  private static final long SLOW = 45_000_000;
  private static final Trouble AWAY = Trouble.connect("AWAY", "is away");
  private static final Trouble TOO_SLOW = Trouble.connect("SLOW", "is slow");

  private final FakeClock clock = new FakeClock();
  private final CircuitBreaker breaker = new CircuitBreaker(clock, DEADLINE);

  @Test
  void failed_fiveInARow_opensOnce() {
    for (int i = 0; i < 4; i++) {
      assertThat(breaker.failed(AWAY)).isFalse();
    }
    assertThat(breaker.refusal()).isNull();

    assertThat(breaker.failed(AWAY)).isTrue();

    assertThat(breaker.refusal()).isEqualTo(AWAY);
    assertThat(breaker.failed(AWAY)).isFalse();
    assertThat(breaker.openings()).isEqualTo(1);
  }

  @Test
  void failed_oneAnswerBetween_countsAnew() {
    for (int i = 0; i < 15; i++) {
      breaker.failed(AWAY);
      if (i % 4 == 3) {
        breaker.answered(QUICK, TOO_SLOW);
      }
    }
    assertThat(breaker.refusal()).isNull();
  }

  @Test
  void failed_halfOfTwentyWithinASecond_opens() {
    for (int i = 0; i < 9; i++) {
      breaker.answered(QUICK, TOO_SLOW);
      assertThat(breaker.failed(AWAY)).isFalse();
    }
    breaker.answered(QUICK, TOO_SLOW);

    assertThat(breaker.failed(AWAY)).isTrue();
  }

  @Test
  void failed_halfOfTwentyOverTwoSeconds_staysClosed() {
    for (int i = 0; i < 40; i++) {
      clock.advance(Duration.ofMillis(100));
      breaker.answered(QUICK, TOO_SLOW);
      breaker.failed(AWAY);
    }
    assertThat(breaker.refusal()).isNotNull(); // ten a second and as many answers: twenty

    breaker.close();
    for (int i = 0; i < 40; i++) {
      clock.advance(Duration.ofMillis(120));
      breaker.answered(QUICK, TOO_SLOW);
      breaker.failed(AWAY);
    }
    assertThat(breaker.refusal()).isNull();
  }

  @Test
  void answered_slowly_opensAsSlow() {
    for (int i = 0; i < 19; i++) {
      assertThat(breaker.answered(SLOW, TOO_SLOW)).isFalse();
    }

    assertThat(breaker.answered(SLOW, TOO_SLOW)).isTrue();

    assertThat(breaker.refusal()).isEqualTo(TOO_SLOW);
  }

  @Test
  void answered_belowFourFifthsOfTheDeadline_isNotSlow() {
    for (int i = 0; i < 1_000; i++) {
      breaker.answered(39_000_000, TOO_SLOW);
    }
    assertThat(breaker.refusal()).isNull();
  }

  @Test
  void close_open_forgetsWhatWasCounted() {
    for (int i = 0; i < 5; i++) {
      breaker.failed(AWAY);
    }

    assertThat(breaker.close()).isTrue();

    assertThat(breaker.refusal()).isNull();
    assertThat(breaker.close()).isFalse();
    for (int i = 0; i < 4; i++) {
      assertThat(breaker.failed(AWAY)).isFalse();
    }
  }

  @Test
  void trip_open_replacesTheReason() {
    assertThat(breaker.trip(AWAY)).isTrue();
    assertThat(breaker.trip(TOO_SLOW)).isFalse();

    assertThat(breaker.refusal()).isEqualTo(TOO_SLOW);
    assertThat(breaker.openings()).isEqualTo(1);
  }
}
