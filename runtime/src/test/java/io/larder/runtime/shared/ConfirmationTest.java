package io.larder.runtime.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

  private final Confirmation confirmation = new Confirmation();

  @BeforeEach
  void start() {
    confirmation.start(/* clock= */ 10, /* askedNanos= */ 100);
  }

  @Test
  void read_nothingHappened_confirms() {
    confirmation.read(10, 200);
    assertThat(confirmation.confirmedNanos()).isEqualTo(200);
  }

  @Test
  void read_messageStillUnderWay_confirmsWhenItArrives() {
    confirmation.read(12, 200);
    confirmation.received(11);
    assertThat(confirmation.confirmedNanos()).isEqualTo(100);
    assertThat(confirmation.missing()).isEqualTo(1);
    confirmation.received(12);
    assertThat(confirmation.confirmedNanos()).isEqualTo(200);
    assertThat(confirmation.missing()).isZero();
  }

  @Test
  void received_lost_neverConfirmsAgain() {
    confirmation.received(12);
    confirmation.read(12, 200);
    confirmation.received(13);
    confirmation.read(13, 300);
    assertThat(confirmation.confirmedNanos()).isEqualTo(100);
    assertThat(confirmation.missing()).isEqualTo(1);
  }

  @Test
  void received_inAnyOrderAndTwice_confirms() {
    List<Long> numbers = new ArrayList<>();
    for (long number = 5; number <= 1_000; number++) {
      numbers.add(number);
      numbers.add(number);
    }
    Collections.shuffle(numbers, new Random(1));
    confirmation.read(1_000, 200);
    numbers.forEach(confirmation::received);
    assertThat(confirmation.confirmedNanos()).isEqualTo(200);
    assertThat(confirmation.missing()).isZero();
  }

  @Test
  void isFarAhead_aNumberThatNobodyTookYet() {
    assertThat(confirmation.isFarAhead(9)).isFalse();
    assertThat(confirmation.isFarAhead(10_010)).isFalse();
    assertThat(confirmation.isFarAhead(10_011)).isTrue();
  }

  @Test
  void start_again_forgetsWhatWasMissing() {
    confirmation.received(12);
    confirmation.read(12, 200);
    confirmation.start(20, 500);
    confirmation.read(20, 600);
    assertThat(confirmation.confirmedNanos()).isEqualTo(600);
  }
}
