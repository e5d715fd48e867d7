package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisOptionsTest {

  @Test
  void none_saysTheDefaults() {
    RedisOptions none = RedisOptions.NONE;
    assertThat(none.uri()).isNull();
    assertThat(none.passwordFile()).isNull();
    assertThat(none.keyStore()).isNull();
    assertThat(none.keyStorePasswordFile()).isNull();
    assertThat(none.keyPrefix()).isEqualTo("larder");
    assertThat(none.deadline()).isEqualTo(Duration.ofMillis(50));
    assertThat(none.connections()).isEqualTo(8);
    assertThat(none.offlineTtl()).isEqualTo(Duration.ofSeconds(2));
    assertThat(none.tracking()).isFalse();
    assertThat(none.compression()).isEqualTo("lz4");
    assertThat(none.allow()).isEmpty();
  }

  @Test
  void with_value_replacesTheOneBefore() {
    RedisOptions options =
        RedisOptions.NONE
            .with(RedisSetting.DEADLINE, "20ms")
            .with(RedisSetting.DEADLINE, "30ms")
            .with(RedisSetting.ALLOW, "com.acme.A, com.acme.B")
            .with(RedisSetting.OFFLINE_TTL, "off");

    assertThat(options.deadline()).isEqualTo(Duration.ofMillis(30));
    assertThat(options.allow()).containsExactly("com.acme.A", "com.acme.B");
    assertThat(options.offlineTtl()).isEqualTo(Duration.ZERO);
  }

  @Test
  void toString_neverShowsThePassword() {
    RedisOptions options = new RedisOptions(Map.of(RedisSetting.URI, "redis://:secret@host"));

    assertThat(options.uri()).contains("secret");
    assertThat(options).hasToString("RedisOptions[URI]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KEY_PREFIX | a b | keyPrefix must be 1 to 100 letters, digits, '.', '_', ':' or '-':"
            + " \"a b\"",
        "DEADLINE | 11s | deadline must be at most 10s: \"11s\"",
        "DEADLINE | 0s | deadline must be positive: \"0s\"",
        "CONNECTIONS | 0 | connections must be a number from 1 to 1000: \"0\"",
        "CONNECTIONS | many | connections must be a number from 1 to 1000: \"many\"",
        "TRACKING | yes | tracking must be true or false: \"yes\"",
        "OFFLINE_TTL | 10s | offlineTtl must be at most 3s, which is how long what others invalidate"
            + " may be served, or \"off\": \"10s\"",
        "OFFLINE_TTL | soon | offlineTtl must be a duration such as \"250ms\", \"30s\", \"5m\","
            + " \"2h\", \"1d\" or \"PT30S\", or \"off\": \"soon\"",
        "ALLOW | com.acme.* | allow must be names of classes, each in full, as a pattern would let"
            + " others in: \"com.acme.*\"",
        "ALLOW | com.acme.A, com..B | allow must be names of classes such as com.acme.Order or"
            + " com.acme.Order$Line: \"com..B\"",
        "COMPRESSION | zip | compression must be one of lz4, deflate, off: \"zip\"",
      })
  void with_wrongValue_namesSettingRuleAndValue(RedisSetting setting, String value, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisOptions.NONE.with(setting, value))
        .withMessage(text);
  }
}
