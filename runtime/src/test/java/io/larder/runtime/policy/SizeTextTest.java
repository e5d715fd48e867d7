package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1b, 1",
    "512KB, 524288",
    "64MB, 67108864",
    "64 mb, 67108864",
    "' 1GB ', 1073741824",
    "2TB, 2199023255552",
    "8388607TB, 9223370937343148032",
    "off, 0",
    "OFF, 0",
  })
  void parseOrOff_legal_isRead(String text, long expected) {
    assertThat(SizeText.parseOrOff("maximumBytes", text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1.5GB", "64M", "64MiB", "1e6", "9999999999999999999"})
  void parseOrOff_noSize_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SizeText.parseOrOff("maximumBytes", text))
        .withMessage(
            "maximumBytes must be a size such as \"512KB\", \"64MB\" or \"1GB\", or \"off\": \""
                + text
                + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0MB"})
  void parseOrOff_zero_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SizeText.parseOrOff("maximumBytes", text))
        .withMessage("maximumBytes must be positive: \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8388608TB", "999999999999999999KB"})
  void parseOrOff_tooLarge_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SizeText.parseOrOff("maximumBytes", text))
        .withMessage("maximumBytes must be less than 8388608TB: \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1B",
    "1023, 1023B",
    "1024, 1KB",
    "1025, 1025B",
    "67108864, 64MB",
    "1610612736, 1536MB",
    "1099511627776, 1TB",
    "1125899906842624, 1024TB",
  })
  void format_isLargestUnit_andReadsBack(long bytes, String expected) {
    assertThat(SizeText.format(bytes)).isEqualTo(expected);
    assertThat(SizeText.parseOrOff("maximumBytes", expected)).isEqualTo(bytes);
  }

  @Test
  void format_none_isOff() {
    assertThat(SizeText.format(0)).isEqualTo("off");
  }
}
