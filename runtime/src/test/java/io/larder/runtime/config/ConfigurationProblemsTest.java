package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about a file that is good YAML and a wrong configuration. */
class ConfigurationProblemsTest {

  private static final String KNOWN_IN_CACHE =
      "Known: enabled, ttl, maximumEntries, maximumBytes, waitAtMost, refreshAfter, tiers, codec, version,"
          + " loadOnce, write, methods, invalidatedBy, putBy";

  private static List<String> problems(String text) {
    ConfigurationFile.Result result = ConfigurationFile.parse("larder.yaml", text);
    assertThat(result.configuration()).isNull();
    return result.problems().stream().map(Problem::toString).toList();
  }

  static Stream<Arguments> files() {
    return Stream.of(
        file("- a", "1:1: the file must be a map of settings: found a list"),
        file("enabled", "1:1: the file must be a map of settings: found the text \"enabled\""),
        file(
            "enabled:true",
            "1:1: the file must be a map of settings: found the text \"enabled:true\"; a colon"
                + " needs a space behind it"),
        file(
            "defauts: {}",
            "1:1: unknown setting \"defauts\"; did you mean \"defaults\"? Known: enabled, log,"
                + " management, watch, disk, redis, defaults, caches, exclude"),
        file(
            "ttl: 5s",
            "1:1: \"ttl\" cannot stand here; its place is defaults or a cache. Known here: enabled,"
                + " log, management, watch, disk, redis, defaults, caches, exclude"),
        file(
            "defaults: {log: info}",
            "1:12: \"log\" cannot stand here; its place is the top level. Known here: ttl,"
                + " maximumEntries, maximumBytes, waitAtMost, refreshAfter, tiers, codec, version, loadOnce, write"),
        file("log: info\n\nlog: off", "3:1: duplicate setting \"log\": the first is on line 1"),
        file("enabled: yes", "1:10: enabled must be true or false: \"yes\""),
        file("enabled:", "1:1: enabled must be true or false: found nothing"),
        file("enabled: [true]", "1:10: enabled must be true or false: found a list"),
        file("log: inf", "1:6: log must be one of debug, info, warn, error, off: \"inf\""),
        file(
            "log: |\n  info\n  off\n",
            "1:6: log must be one of debug, info, warn, error, off: \"info off \""),
        file(
            "management: readonly",
            "1:13: management must be one of off, read-only, full: \"readonly\""),
        file("watch: 0s", "1:8: watch must be positive: \"0s\""),
        file(
            "watch: often",
            "1:8: watch must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
                + " \"PT30S\", or \"off\": \"often\""),
        file(
            "defaults: {waitAtMost: off}",
            "1:24: waitAtMost must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\","
                + " \"1d\" or \"PT30S\": \"off\""),
        file(
            "defaults: {maximumEntries: 1.5}",
            "1:28: maximumEntries must be a whole number, or 0 for no limit: \"1.5\""),
        file("defaults: 5m", "1:11: defaults must be a map of settings: found the text \"5m\""),
        file("caches:\n- prices", "2:1: caches must be a map of cache names: found a list"),
        file(
            "caches: prices",
            "1:9: caches must be a map of cache names: found the text \"prices\""),
        file("caches: {prices: []}", "1:18: prices must be a map of settings: found a list"),
        file(
            "caches: {my prices: {}}",
            "1:10: a cache's name must be 1 to 200 letters, digits, '.', '_' or '-': \"my"
                + " prices\""),
        file(
            "caches:\n  prices:\n  rates:\n  prices:",
            "4:3: duplicate cache \"prices\": the first is on line 2"),
        file(
            "caches: {prices: {tll: 5s}}",
            "1:19: unknown setting \"tll\"; did you mean \"ttl\"? " + KNOWN_IN_CACHE),
        file("caches: {prices: {size: 5}}", "1:19: unknown setting \"size\". " + KNOWN_IN_CACHE),
        file("exclude: {a: b}", "1:10: exclude must be a list of method patterns: found a map"),
        file(
            "exclude: [[a.B]]",
            "1:11: exclude must be a list of method patterns: found a list in it"),
        file(
            "exclude:\n  - a.B#c\n  -\n",
            "3:4: exclude must be a list of method patterns: found an empty item in it"),
        file(
            "exclude: com.acme.internal",
            "1:10: method pattern \"com.acme.internal\": this may be a package or a class; write"
                + " com.acme.internal..* for all classes in and below a package, or"
                + " com.acme.internal#* for a class"));
  }

  static Stream<Arguments> caches() {
    return Stream.of(
        file("methods: {method: a.B#c}", "methods must be a list of method patterns: found a map"),
        file("methods: [[a.B#c]]", "methods must be a list of method patterns: found a list in it"),
        file(
            "methods: a.B",
            "method pattern \"a.B\": no method is named; write a.B#find, or a.B#* for all its"
                + " methods"),
        file("methods: [{key: id}]", "method is missing; write method: com.acme.PriceDao#find"),
        file("methods: [{method: }]", "method must be a method pattern: found nothing"),
        file(
            "methods: [{method: a.B#c, keys: id}]",
            "unknown setting \"keys\"; did you mean \"key\"? Known: method, key, instances, unless,"
                + " tags"),
        file(
            "methods: [{method: a.B#c, key: }]",
            "key has no value; write [] if all calls share one entry"),
        file(
            "methods: [{method: a.B#c, key: [{}]}]",
            "key must be a list of parameters and their properties: found a map in it"),
        file(
            "methods: [{method: a.B#c, key: user.id()}]",
            "\"user.id()\": a property is read without \"()\"; write user.id"),
        file(
            "methods: [{method: a.B#c, instances: SHARED}]",
            "instances must be one of SEPARATE, INTERCHANGEABLE, EQUAL: \"SHARED\""),
        file(
            "methods: [{method: a.B#c, unless: result = 3}]",
            "condition \"result = 3\": = is written ==; write result == 3"),
        file(
            "methods: [a.B#c, 'a.B#c(..)']",
            "duplicate method pattern \"a.B#c\": the first is on line 3, in cache \"prices\""),
        file(
            "methods: a.B#c\n    invalidatedBy: [{method: a.B#c}]",
            "\"a.B#c\" fills this cache, by line 3, and cannot make it forget"),
        file(
            "invalidatedBy: [a.B#c, {method: a.B#c, key: 0}, a.B#c]",
            "duplicate method pattern \"a.B#c\": the first is on line 3"),
        file(
            "invalidatedBy: [{method: a.B#c, key: 0}, {method: a.B#c, key: [0]}]",
            "duplicate method pattern \"a.B#c\": the first is on line 3"),
        file(
            "invalidatedBy: [{method: a.B#c, unless: result}]",
            "\"unless\" cannot stand here; its place is methods or putBy. Known here: method, key,"
                + " tags, when, onFailure"),
        file(
            "invalidatedBy: [{method: a.B#c, key: 0, tags: x}]",
            "tags and key cannot both say what is forgotten; write two entries"),
        file(
            "invalidatedBy: [{method: a.B#c, when: Before, onFailure: true}]",
            "onFailure means nothing with \"when: before\", which forgets however the call ends"),
        file(
            "invalidatedBy: [{method: a.B#c, when: later}]",
            "when must be one of after, before: \"later\""),
        file(
            "invalidatedBy: [{method: a.B#c, tags: 'a{b'}]",
            "tag \"a{b\": a } is missing behind \"{b\""),
        file(
            "methods: [{method: a.B#c, tags: [{}]}]",
            "tags must be a list of tags: found a map in it"),
        file(
            "methods: a.B#c\n    putBy: a.B#c",
            "\"a.B#c\" fills this cache, by line 3, and cannot put into it"),
        file(
            "putBy: [a.B#c, {method: a.B#c, resultOf: find}, a.B#c]",
            "duplicate method pattern \"a.B#c\": the first is on line 3"),
        file(
            "putBy: [{method: a.B#c, resultOf: 'find(long)'}]",
            "resultOf must be the name of a method: \"find(long)\"; write find"),
        file(
            "putBy: [{method: a.B#c, unless: id == 3}]",
            "\"id == 3\" must look at the result; write result.empty or result.status == 'OPEN'"),
        file(
            "invalidatedBy: a.B",
            "method pattern \"a.B\": no method is named; write a.B#find, or a.B#* for all its"
                + " methods"));
  }

  private static Arguments file(String text, String problem) {
    return Arguments.of(text, problem);
  }

  @ParameterizedTest
  @MethodSource("files")
  void parse_oneMistake_isToldWithItsPlace(String text, String problem) {
    assertThat(problems(text)).containsExactly("larder.yaml:" + problem);
  }

  @ParameterizedTest
  @MethodSource("caches")
  void parse_oneMistakeInACache_isTold(String cache, String problem) {
    assertThat(ConfigurationFile.parse("f", "caches:\n  prices:\n    " + cache).problems())
        .singleElement()
        .extracting(Problem::text)
        .isEqualTo(problem);
  }

  @Test
  void parse_sameMethodInTwoCaches_isToldWithTheFirst() {
    assertThat(
            problems(
                """
                caches:
                  prices:
                    methods:
                      - method: a.B#c
                  rates:
                    methods:
                      - key: id
                        method: a.B#c
                """))
        .containsExactly(
            "larder.yaml:8:17: duplicate method pattern \"a.B#c\": the first is on line 4, in cache"
                + " \"prices\"");
  }

  @Test
  void parse_severalMistakes_areToldInTheirOrder() {
    assertThat(
            problems(
                """
                caches:
                  prices:
                    ttl: 0s
                    tll: 1s
                    methods: [a.B]
                log: x
                defaults: {ttl: 1}
                """))
        .extracting(problem -> problem.replaceFirst("^(larder.yaml:\\d+:\\d+): .*", "$1"))
        .containsExactly(
            "larder.yaml:3:10",
            "larder.yaml:4:5",
            "larder.yaml:5:15",
            "larder.yaml:6:6",
            "larder.yaml:7:17");
  }

  @Test
  void parse_thousandMistakes_aHundredAreTold() {
    List<String> problems = problems("x: 1\n".repeat(1_000));
    assertThat(problems).hasSize(101);
    assertThat(problems.get(100))
        .isEqualTo("larder.yaml:101:1: 900 more from here on are not shown");
  }

  @ParameterizedTest
  @CsvSource({"a.b_c-D9, true", "'', false", "a b, false", "\u00fcber, false", "a*, false"})
  void parse_cacheName_asForTheAnnotation(String name, boolean isRight) {
    assertThat(ConfigurationFile.parse("f", "caches: {'" + name + "': {}}").problems().isEmpty())
        .isEqualTo(isRight);
  }

  @Test
  void parse_cacheNameOf201Letters_isRefused() {
    assertThat(ConfigurationFile.parse("f", "caches: {" + "a".repeat(200) + ": }").problems())
        .isEmpty();
    assertThat(ConfigurationFile.parse("f", "caches: {" + "a".repeat(201) + ": }").problems())
        .hasSize(1);
  }

  @Test
  void problem_readsAsCompilersWriteIt() {
    assertThat(new Problem("/etc/larder.yaml", 14, 9, "unknown"))
        .hasToString("/etc/larder.yaml:14:9: unknown");
  }
}
