package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySettingTest {

  @Test
  void key_isTheNameInTheAnnotation() {
    assertThat(Arrays.stream(PolicySetting.values()).map(PolicySetting::key))
        .containsExactly(
            "ttl",
            "maximumEntries",
            "maximumBytes",
            "waitAtMost",
            "refreshAfter",
            "tiers",
            "codec",
            "version",
            "loadOnce",
            "write");
  }

  @ParameterizedTest
  @CsvSource({
    "TTL, 60s, 1m",
    "TIERS, 'Memory , redis', 'memory, redis'",
    "TIERS, 'memory, REDIS,disk', 'memory, redis, disk'",
    "TIERS, memory, memory",
    "CODEC, JSON, json",
    "VERSION, ' 2026-11 ', 2026-11",
    "VERSION, '', ''",
    "LOAD_ONCE, True, true",
    "WRITE, Through, through",
    "TTL, off, off",
    "TTL, PT0.25S, 250ms",
    "MAXIMUM_ENTRIES, 10_000, 10000",
    "MAXIMUM_ENTRIES, 0, 0",
    "MAXIMUM_ENTRIES, ' 5 ', 5",
    "MAXIMUM_ENTRIES, 1__0, 10",
    "MAXIMUM_ENTRIES, 9223372036854775807, 9223372036854775807",
    "MAXIMUM_BYTES, 1024KB, 1MB",
    "MAXIMUM_BYTES, off, off",
    "WAIT_AT_MOST, 2000ms, 2s",
    "REFRESH_AFTER, 60s, 1m",
    "REFRESH_AFTER, Off, off",
  })
  void apply_legal_isReadInItsCanonicalForm(PolicySetting setting, String text, String canonical) {
    CachePolicy policy = setting.apply(CachePolicy.DEFAULT, text);
    assertThat(setting.read(policy)).isEqualTo(canonical);
    assertThat(setting.apply(CachePolicy.DEFAULT, canonical)).isEqualTo(policy);
    for (PolicySetting other : PolicySetting.values()) {
      if (other != setting) {
        assertThat(other.read(policy)).isEqualTo(other.read(CachePolicy.DEFAULT));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "x", "-", "1.5", "1e3", "_1", "1_", "1 000", "\u0665", "off", "+1"})
  void apply_noWholeNumber_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolicySetting.MAXIMUM_ENTRIES.apply(CachePolicy.DEFAULT, text))
        .withMessage("maximumEntries must be a whole number, or 0 for no limit: \"" + text + "\"");
  }

  @Test
  void apply_numberTooLarge_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PolicySetting.MAXIMUM_ENTRIES.apply(CachePolicy.DEFAULT, "9_223372036854775808"))
        .withMessage(
            "maximumEntries must be at most 9223372036854775807: \"9_223372036854775808\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TTL | 0s | ttl must be positive: \"0s\"",
        "MAXIMUM_ENTRIES | -1 | maximumEntries must be positive, or 0 for no limit: -1",
        "MAXIMUM_BYTES | 0 | maximumBytes must be positive: \"0\"",
        "TIERS | redis | tiers must be \"memory\", then \"disk\", \"redis\" or both in the order in"
            + " which they are looked into, as in \"memory, disk, redis\": \"redis\"",
        "TIERS | memory,disc | tiers must be \"memory\", then \"disk\", \"redis\" or both in the order"
            + " in which they are looked into, as in \"memory, disk, redis\": \"memory, disc\"",
        "TIERS | memory,memory | tiers must name each tier once: \"memory, memory\"",
        "CODEC | xml | codec must be one of auto, fory, json, jdk, string, bytes: \"xml\"",
        "VERSION | a b | version must be at most 100 letters, digits, '.', '_' or '-': \"a b\"",
        "LOAD_ONCE | yes | loadOnce must be true or false: \"yes\"",
        "WRITE | later | write must be behind or through: \"later\"",
        "REFRESH_AFTER | 0s | refreshAfter must be positive: \"0s\"",
        "WAIT_AT_MOST | off | waitAtMost must be a duration such as \"250ms\", \"30s\", \"5m\","
            + " \"2h\", \"1d\" or \"PT30S\": \"off\"",
      })
  void apply_notUnderstood_namesTheSetting(PolicySetting setting, String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setting.apply(CachePolicy.DEFAULT, text))
        .withMessage(message);
  }
}
