package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "1d, PT24H",
    "PT30S, PT30S",
    "pt1h30m, PT1H30M",
    "P1D, PT24H",
    "'  30s ', PT30S",
    "30 s, PT30S",
    "30S, PT30S",
    "36525d, PT876600H",
  })
  void parse_legal_isRead(String text, Duration expected) {
    assertThat(DurationText.parse("ttl", text)).isEqualTo(expected);
    assertThat(DurationText.parseOrOff("ttl", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "OFF", " Off "})
  void parseOrOff_off_isNull(String text) {
    assertThat(DurationText.parseOrOff("ttl", text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "m",
        "five minutes",
        "5min",
        "1.5h",
        "-5s",
        "5m 3s",
        "\u0665s",
        "99999999999999999999d"
      })
  void parse_noDuration_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse("waitAtMost", text))
        .withMessage(
            "waitAtMost must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
                + " \"PT30S\": \""
                + text
                + "\"");
  }

  @Test
  void parseOrOff_noDuration_namesOffAsWayOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parseOrOff("ttl", "never"))
        .withMessage(
            "ttl must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
                + " \"PT30S\", or \"off\": \"never\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0ms", "PT0S", "PT-5S"})
  void parse_notPositive_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parse("ttl", text))
        .withMessage("ttl must be positive: \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"36526d", "999999999999999999ms", "P40000D"})
  void parseOrOff_tooLong_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DurationText.parseOrOff("ttl", text))
        .withMessage("ttl must be at most a hundred years, or \"off\": \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250ms",
    "PT30S, 30s",
    "PT90S, 90s",
    "PT5M, 5m",
    "PT2H, 2h",
    "PT24H, 1d",
    "PT25H, 25h",
    "PT0.0000005S, PT0.0000005S",
  })
  void format_isShortestForm_andReadsBack(Duration duration, String expected) {
    assertThat(DurationText.format(duration)).isEqualTo(expected);
    assertThat(DurationText.parseOrOff("ttl", expected)).isEqualTo(duration);
  }

  @Test
  void format_null_isOff() {
    assertThat(DurationText.format(null)).isEqualTo("off");
  }
}
