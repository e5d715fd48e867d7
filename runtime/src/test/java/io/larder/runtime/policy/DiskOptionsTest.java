package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskOptionsTest {

  @Test
  void none_saysTheDefaults() {
    DiskOptions none = DiskOptions.NONE;
    assertThat(none.directory()).isNull();
    assertThat(none.maximumBytes()).isEqualTo(1L << 30);
    assertThat(none.deadline()).isEqualTo(Duration.ofMillis(50));
    assertThat(none.fallback()).isEqualTo(Duration.ZERO);
    assertThat(none.warmStart()).isTrue();
    assertThat(none.compression()).isEqualTo("lz4");
    assertThat(none.allow()).isEmpty();
  }

  @Test
  void with_value_replacesTheOneBefore() {
    DiskOptions options =
        DiskOptions.NONE
            .with(DiskSetting.MAXIMUM_BYTES, "16MB")
            .with(DiskSetting.MAXIMUM_BYTES, "32MB")
            .with(DiskSetting.DIRECTORY, " /var/cache/acme ")
            .with(DiskSetting.FALLBACK, "1m")
            .with(DiskSetting.ALLOW, "com.acme.A, com.acme.B");

    assertThat(options.maximumBytes()).isEqualTo(32L << 20);
    assertThat(options.directory()).isEqualTo("/var/cache/acme");
    assertThat(options.fallback()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.allow()).containsExactly("com.acme.A", "com.acme.B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAXIMUM_BYTES | 15MB | maximumBytes must be from 16MB to 1TB; leave out directory to keep"
            + " nothing on disk: \"15MB\"",
        "MAXIMUM_BYTES | off | maximumBytes must be from 16MB to 1TB; leave out directory to keep"
            + " nothing on disk: \"off\"",
        "MAXIMUM_BYTES | 2TB | maximumBytes must be from 16MB to 1TB; leave out directory to keep"
            + " nothing on disk: \"2TB\"",
        "DEADLINE | 11s | deadline must be at most 10s: \"11s\"",
        "FALLBACK | 0s | fallback must be positive: \"0s\"",
        "WARM_START | yes | warmStart must be true or false: \"yes\"",
        "COMPRESSION | zip | compression must be one of lz4, deflate, off: \"zip\"",
        "ALLOW | com.acme.* | allow must be names of classes, each in full, as a pattern would let"
            + " others in: \"com.acme.*\"",
      })
  void with_wrongValue_namesSettingRuleAndValue(DiskSetting setting, String value, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiskOptions.NONE.with(setting, value))
        .withMessage(text);
  }
}
