package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.logging.LoggedLines;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultFilterTest {

  enum Status {
    OPEN,
    FINAL {
      @Override
      public String toString() {
        return "finished";
      }
    }
  }

  record Order(
      Status status, boolean complete, double total, @Nullable String note, LocalDate day) {}

  private static final Order ORDER =
      new Order(Status.FINAL, true, 12.5, null, LocalDate.of(2024, 2, 29));

  private static boolean dropped(@Nullable Object result, String... unless) {
    return ResultFilter.of(MethodHandles.lookup(), "com.acme.Dao.find", List.of(unless))
        .test(result);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "result.complete, true",
        "not result.complete, false",
        "result.complete == true, true",
        "result.complete != true, false",
        "result.total == 12.50, true",
        "result.total < 12.5, false",
        "result.total <= 12.5, true",
        "result.total > 12, true",
        "result.total >= 13, false",
        "not result.total > 12, false",
        "result.status == 'FINAL', true",
        "result.status != 'FINAL', false",
        "result.status == 'OPEN', false",
        "result.note == null, true",
        "result.note != null, false",
        "result.note.empty, false",
        "not result.note.empty, true",
        "result.note > 'a', false",
        "result.day < '2024-03-01', true",
        "result.day > '2024-03-01', false",
        "result == null, false",
      })
  void test_condition(String unless, boolean holds) {
    assertThat(dropped(ORDER, unless)).isEqualTo(holds);
  }

  @Test
  void test_nullResult_hasNoProperties() {
    assertThat(dropped(null, "result == null")).isTrue();
    assertThat(dropped(null, "result.total > 5")).isFalse();
    assertThat(dropped(null, "result.empty")).isFalse();
  }

  @Test
  void test_resultsOfSeveralClasses_eachInItsWay() {
    for (Object empty : List.of(List.of(), Map.of(), "", Optional.empty())) {
      assertThat(dropped(empty, "result.empty")).as("%s", empty.getClass()).isTrue();
    }
    for (Object full : List.of(List.of(1), Map.of(1, 2), "a", Optional.of(1))) {
      assertThat(dropped(full, "result.empty")).as("%s", full.getClass()).isFalse();
    }
  }

  @Test
  void test_numbers_compareByValue() {
    for (Number five : List.of(5, 5L, (short) 5, 5.0, 5f, new BigDecimal("5.00"))) {
      assertThat(dropped(five, "result == 5")).as("%s", five.getClass()).isTrue();
    }
    assertThat(dropped(Long.MAX_VALUE, "result == 9223372036854775806")).isFalse();
  }

  @Test
  void test_notANumberAndInfinity_compareAsInJava() {
    for (String condition : List.of("result == 5", "result < 5", "result > 5", "result >= 0")) {
      assertThat(dropped(Double.NaN, condition)).as(condition).isFalse();
    }
    assertThat(dropped(Float.NaN, "result != 5")).isTrue();
    assertThat(dropped(Double.POSITIVE_INFINITY, "result > 5")).isTrue();
    assertThat(dropped(Float.NEGATIVE_INFINITY, "result > 5")).isFalse();
    assertThat(dropped(new BigDecimal("1e400"), "result == 5")).isFalse();
  }

  @Test
  void test_severalConditions_oneIsEnough() {
    assertThat(dropped(ORDER, "result.note != null", "result.complete")).isTrue();
    assertThat(dropped(ORDER, "result.note != null", "not result.complete")).isFalse();
    assertThat(dropped(ORDER)).isFalse();
  }

  @Test
  void test_undecidable_isNotStoredAndReportedOnce(LoggedLines lines) {
    var filter =
        ResultFilter.of(MethodHandles.lookup(), "com.acme.Dao.find", List.of("result.total"));
    assertThat(filter.test(ORDER)).isTrue();
    assertThat(filter.test(ORDER)).isTrue();
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN com.acme.Dao.find: results are not stored where \"unless: result.total\" cannot"
                + " be decided: it is no boolean but a java.lang.Double; compare it with"
                + " something");
  }

  @Test
  void test_noSuchProperty_isNotStored(LoggedLines lines) {
    assertThat(dropped("text", "result.complete")).isTrue();
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .contains("java.lang.String has no property \"complete\"; it has: ");
  }

  /** What a getter throws may name what must not stand in a log. */
  @Test
  void test_getterThrows_isNotStored_andItsMessageNotShown(LoggedLines lines) {
    class Failing {
      @SuppressWarnings("unused")
      boolean isComplete() {
        throw new IllegalArgumentException("secret");
      }
    }
    assertThat(dropped(new Failing(), "result.complete")).isTrue();
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .endsWith("cannot be decided: java.lang.IllegalArgumentException");
  }
}
