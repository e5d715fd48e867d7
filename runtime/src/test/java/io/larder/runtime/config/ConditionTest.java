package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.larder.runtime.config.Condition.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest {

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of("result.empty", condition(false, "result.empty", null, null)),
        Arguments.of("  not   user.known ", condition(true, "user.known", null, null)),
        Arguments.of("result == null", condition(false, "result", Operator.EQUAL, null)),
        Arguments.of("not result!=null", condition(true, "result", Operator.NOT_EQUAL, null)),
        Arguments.of("0.id<10", condition(false, "0.id", Operator.LESS, 10L)),
        Arguments.of("1 <= -5", condition(false, "1", Operator.LESS_OR_EQUAL, -5L)),
        Arguments.of(
            "result.price > 1.50",
            condition(false, "result.price", Operator.GREATER, new BigDecimal("1.50"))),
        Arguments.of(
            "n >= 9223372036854775808",
            condition(
                false, "n", Operator.GREATER_OR_EQUAL, new BigDecimal("9223372036854775808"))),
        Arguments.of("result == true", condition(false, "result", Operator.EQUAL, true)),
        Arguments.of("result == false", condition(false, "result", Operator.EQUAL, false)),
        Arguments.of(
            "result.status != 'OPEN'",
            condition(false, "result.status", Operator.NOT_EQUAL, "OPEN")),
        Arguments.of("a == 'it''s == b'", condition(false, "a", Operator.EQUAL, "it's == b")),
        Arguments.of("a == ''", condition(false, "a", Operator.EQUAL, "")),
        Arguments.of("not", condition(false, "not", null, null)),
        Arguments.of("not == 3", condition(false, "not", Operator.EQUAL, 3L)),
        Arguments.of("not not == 3", condition(true, "not", Operator.EQUAL, 3L)),
        Arguments.of("not.empty", condition(false, "not.empty", null, null)),
        Arguments.of("results", condition(false, "results", null, null)));
  }

  private static Condition condition(
      boolean negated, String path, @Nullable Operator operator, @Nullable Object literal) {
    return new Condition(negated, KeyPath.parse(path), operator, literal);
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void parse_legal_isRead_andItsTextReadsBack(String text, Condition expected) {
    assertThat(Condition.parse(text)).isEqualTo(expected);
    assertThat(Condition.parse(expected.text())).isEqualTo(expected);
  }

  @Test
  void text_isOneForm() {
    assertThat(Condition.parse("not  a=='it''s'")).hasToString("not a == 'it''s'");
    assertThat(Condition.parse("result.price>1.50").text()).isEqualTo("result.price > 1.50");
    assertThat(Condition.parse("a==null").text()).isEqualTo("a == null");
  }

  @Test
  void isOnResult_orOnAParameter() {
    assertThat(Condition.parse("result.empty").isOnResult()).isTrue();
    assertThat(Condition.parse("not result").isOnResult()).isTrue();
    assertThat(Condition.parse("results").isOnResult()).isFalse();
    assertThat(Condition.parse("0").isOnResult()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "!result.valid | the opposite is written with not; write not result.valid",
        "result = null | = is written ==; write result == null",
        "result =< 3 | \"=<\" is no operator; known: ==, !=, <, <=, >, >=; write result.empty, not"
            + " result.valid or result.status == 'OPEN'",
        "result is null | \"is\" is no operator; known: ==, !=, <, <=, >, >=; write result.empty,"
            + " not result.valid or result.status == 'OPEN'",
        "result == | nothing stands behind the operator; write result.empty, not result.valid or"
            + " result.status == 'OPEN'",
        "result.status == OPEN | \"OPEN\" is neither null, true, false nor a number; text stands in"
            + " single quotes; write result.status == 'OPEN'",
        "result.price > 1e9 | \"1e9\" is neither null, true, false nor a number; text stands in"
            + " single quotes; write result.price > '1e9'",
        "result == \"OPEN\" | text stands in single quotes; write result.status == 'OPEN'",
        "result == 'OPEN | a quote is not closed; write result.status == 'OPEN'",
        "result == null or result.empty | \"or result.empty\" is too much; of several conditions in"
            + " a list any is enough; write result == null",
        "result < null | null has no order; compare it with == or !=, not with <",
        "result >= true | true has no order; compare it with == or !=, not with >=",
        "result.size() > 3 | \"result.size()\": a property is read without \"()\"; write"
            + " result.size",
        "== 3 | \"\" must be a parameter's name or position, and properties behind it; write user,"
            + " 0 or user.id",
      })
  void parse_wrong_saysHowToWriteIt(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Condition.parse(text))
        .withMessage("condition \"" + text + "\": " + message);
  }

  @Test
  void parse_empty_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Condition.parse(" "))
        .withMessage(
            "a condition is empty; write result.empty, not result.valid or result.status =="
                + " 'OPEN'");
  }

  @Test
  void new_literalOfAnotherKind_isRefused() {
    KeyPath path = KeyPath.parse("result");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Condition(false, path, Operator.EQUAL, List.of()))
        .withMessage("a condition cannot hold []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Condition(false, path, null, "x"))
        .withMessage("a condition cannot hold x");
  }
}
