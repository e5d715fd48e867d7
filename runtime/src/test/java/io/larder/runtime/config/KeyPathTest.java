package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPathTest {

  @Test
  void parse_name_isAParameter() {
    assertThat(KeyPath.parse("product")).isEqualTo(new KeyPath("product", List.of()));
    assertThat(KeyPath.parse(" user.address.zip "))
        .isEqualTo(new KeyPath("user", List.of("address", "zip")))
        .hasToString("user.address.zip");
    assertThat(KeyPath.parse("user").isPosition()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> KeyPath.parse("user").position())
        .withMessage("the parameter is given by its name: user");
  }

  @Test
  void parse_number_isAPosition() {
    assertThat(KeyPath.parse("0.id")).isEqualTo(new KeyPath("0", List.of("id")));
    assertThat(KeyPath.parse("254").position()).isEqualTo(254);
    assertThat(KeyPath.parse("p0").isPosition()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "user.", ".id", "user..id", "user id", "user.0", "a[0]", "-x"})
  void parse_noPath_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse(text))
        .withMessage(
            "\""
                + text
                + "\" must be a parameter's name or position, and properties behind it; write user,"
                + " 0 or user.id");
  }

  @Test
  void parse_call_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse("user.getId()"))
        .withMessage("\"user.getId()\": a property is read without \"()\"; write user.getId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"255", "99999999999"})
  void parse_positionTooLarge_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse(text))
        .withMessage("\"" + text + "\" is no parameter: positions are 0 to 254");
  }

  @Test
  void parse_leadingZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyPath.parse("00"))
        .withMessage("\"00\" is no parameter: a position has no leading 0");
  }
}
