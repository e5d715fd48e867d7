package io.larder.benchmarks.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void of_oddCount_isTheMiddleOne() {
    assertThat(Median.of(9, 1, 5)).isEqualTo(5);
  }

  @Test
  void of_evenCount_isTheMeanOfTheTwoInTheMiddle() {
    assertThat(Median.of(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(3);
  }

  @Test
  void of_numbers_leavesThemInTheirOrder() {
    double[] numbers = {3, 1, 2};
    Median.of(numbers);
    assertThat(numbers).containsExactly(3, 1, 2);
  }

  @Test
  void of_nothing_saysWhatIsMissing() {
    assertThatThrownBy(() -> Median.of())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a median needs at least one number: none given");
  }
}
