package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.larder.runtime.config.Configuration.Switches;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file without mistakes says. */
class ConfigurationFileTest {

  static final String FULL =
      """
      enabled: true            # a comment
      log: info
      management: full
      watch: 2s
      defaults:
        ttl: 5m
        maximumEntries: 10_000
        maximumBytes: off
        waitAtMost: 5s
      caches:
        prices:
          enabled: true
          ttl: 30s
          maximumEntries: 50_000
          methods:
            - com.acme.PriceDao#find(String)
            - method: com.acme.PriceDao#find(long, ..)
              key: [product, user.id]
              instances: INTERCHANGEABLE
              unless: result.empty
          invalidatedBy:
            - com.acme.PriceDao#save*
            - method: com.acme.PriceDao#update(long, String)
              key: [product, currency]
      exclude:
        - com.acme.internal..*
        - com.acme.PriceDao#findSecret
      """;

  private static Configuration read(String text) {
    ConfigurationFile.Result result = ConfigurationFile.parse("larder.yaml", text);
    assertThat(result.problems()).isEmpty();
    return Objects.requireNonNull(result.configuration());
  }

  private static PolicySettings ttl(String text) {
    return PolicySettings.NONE.with(PolicySetting.TTL, text);
  }

  private static CacheRule onlyCache(String text) {
    return read("caches:\n  prices:\n" + text.indent(4)).caches().get(0);
  }

  @Test
  void parse_full_isReadWithItsLines() {
    CacheRule prices =
        new CacheRule(
            "prices",
            11,
            true,
            ttl("30s").with(PolicySetting.MAXIMUM_ENTRIES, "50000"),
            List.of(
                new MethodRule(
                    MethodPattern.parse("com.acme.PriceDao#find(String)"),
                    null,
                    null,
                    List.of(),
                    16),
                new MethodRule(
                    MethodPattern.parse("com.acme.PriceDao#find(long, ..)"),
                    List.of(KeyPath.parse("product"), KeyPath.parse("user.id")),
                    InstanceRule.INTERCHANGEABLE,
                    List.of(Condition.parse("result.empty")),
                    17)),
            List.of(
                new MethodRule(
                    MethodPattern.parse("com.acme.PriceDao#save*"), null, null, List.of(), 22),
                new MethodRule(
                    MethodPattern.parse("com.acme.PriceDao#update(long, String)"),
                    List.of(KeyPath.parse("product"), KeyPath.parse("currency")),
                    null,
                    List.of(),
                    23)));
    assertThat(read(FULL))
        .isEqualTo(
            new Configuration(
                new Switches(true, "info", "full", Duration.ofSeconds(2)),
                DiskOptions.NONE,
                RedisOptions.NONE,
                ttl("5m")
                    .with(PolicySetting.MAXIMUM_ENTRIES, "10000")
                    .with(PolicySetting.MAXIMUM_BYTES, "off")
                    .with(PolicySetting.WAIT_AT_MOST, "5s"),
                List.of(prices),
                List.of(
                    MethodPattern.parseExclusion("com.acme.internal..*"),
                    MethodPattern.parse("com.acme.PriceDao#findSecret"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n \n",
        "# nothing yet",
        "---\n",
        "{}",
        "%YAML 1.1\n---\n",
        "defaults:\ncaches:\nexclude:\n",
        "defaults: {}\ncaches: {}\nexclude: []\n",
        "\ufeff"
      })
  void parse_nothing_isEmpty(String text) {
    assertThat(read(text)).isEqualTo(Configuration.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch: off\nlog: off",
        "watch: 'off'\nlog: \"OFF\"",
        "{watch: Off, log: off}",
        "\ufeffwatch: off\nlog: off",
        "watch: off\r\nlog: off\r\n",
        "watch: off\rlog: off",
        "%YAML 1.1\n---\nwatch: off\nlog: off\n...\n",
        "? watch\n: off\n? log\n: off",
        "\"watch\": off\n'log': >-\n  off\n"
      })
  void parse_off_isAWord_howeverItIsWritten(String text) {
    assertThat(read(text).switches()).isEqualTo(new Switches(null, "off", null, Duration.ZERO));
  }

  @Test
  void parse_choices_inAnyCase() {
    assertThat(read("enabled: False\nlog: DEBUG\nmanagement: Read-Only").switches())
        .isEqualTo(new Switches(false, "debug", "read-only", null));
  }

  @Test
  void parse_numbers_quotedOrNot() {
    assertThat(
            read("defaults: {maximumEntries: 10_000, ttl: '30s', maximumBytes: 64 MB}").defaults())
        .hasToString("ttl=30s, maximumEntries=10000, maximumBytes=64MB");
    assertThat(read("defaults: {maximumEntries: \"010_000\"}").defaults())
        .hasToString("maximumEntries=10000");
  }

  @Test
  void parse_oneInsteadOfAList_isAListOfOne() {
    CacheRule one =
        onlyCache(
            """
            methods: com.acme.A#a
            invalidatedBy: com.acme.A#b
            """);
    assertThat(one.methods()).extracting(MethodRule::pattern).hasToString("[com.acme.A#a]");
    assertThat(one.invalidatedBy()).extracting(MethodRule::pattern).hasToString("[com.acme.A#b]");
    assertThat(read("exclude: com.acme..*").exclusions()).hasToString("[com.acme..*]");
    MethodRule rule =
        onlyCache("methods: [{method: a.B#c, key: user.id, unless: not result == null}]")
            .methods()
            .get(0);
    assertThat(rule.key()).containsExactly(KeyPath.parse("user.id"));
    assertThat(rule.unless()).containsExactly(Condition.parse("not result == null"));
  }

  @Test
  void parse_emptyKey_isAKeyOfNothing() {
    assertThat(onlyCache("methods: [{method: a.B#c, key: []}]").methods().get(0).key()).isEmpty();
    assertThat(onlyCache("methods: [{method: a.B#c}]").methods().get(0).key()).isNull();
  }

  @Test
  void parse_cacheWithoutAnything_isARule() {
    assertThat(onlyCache(""))
        .isEqualTo(new CacheRule("prices", 2, null, PolicySettings.NONE, List.of(), List.of()));
  }

  @Test
  void parse_oneMethodThatForgetsSeveralEntries() {
    CacheRule rule =
        onlyCache(
            """
            invalidatedBy:
              - method: a.B#move
                key: 0
              - method: a.B#move
                key: 1
            """);
    assertThat(rule.invalidatedBy()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@com.acme.Slow\"",
        "'@com.acme.Slow com.acme..*#*'",
        "\"*..PriceDao#find\"",
        "com.acme.Outer$Inner#find",
        "com.acme.Dao+#find(byte[], String...)",
        "com.acme.PriceDao#find(long, ..)   # why"
      })
  void parse_patterns_asYamlTakesThem(String text) {
    String pattern = text.replaceFirst("\\s+# .*", "").replaceAll("[\"']", "");
    assertThat(onlyCache("methods:\n  - " + text + "\n").methods())
        .extracting(MethodRule::pattern)
        .containsExactly(MethodPattern.parse(pattern));
  }

  @Test
  void values_areCopied() {
    assertThat(read(FULL).caches()).isUnmodifiable();
    assertThat(read(FULL).exclusions()).isUnmodifiable();
    assertThat(read(FULL).caches().get(0).methods()).isUnmodifiable();
    assertThat(read(FULL).caches().get(0).invalidatedBy()).isUnmodifiable();
    assertThat(read(FULL).caches().get(0).methods().get(1).key()).isUnmodifiable();
  }

  @Test
  void result_isOneOfTheTwo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfigurationFile.Result(null, List.of()))
        .withMessage("either a configuration or problems");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ConfigurationFile.Result(
                    Configuration.EMPTY, List.of(new Problem("f", 1, 1, "x"))))
        .withMessage("either a configuration or problems");
  }
}
