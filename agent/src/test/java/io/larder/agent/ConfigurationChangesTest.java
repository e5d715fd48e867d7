package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.config.Configuration;
import org.junit.jupiter.api.Test;

class ConfigurationChangesTest {

  private static String between(String before, String after) {
    return ConfigurationChanges.between(Configurations.of(before), Configurations.of(after));
  }

  @Test
  void between_same_isNothing() {
    String file = "{log: debug, caches: {prices: {ttl: 60s, methods: com.acme.Dao#find}}}";
    assertThat(between(file, "# moved\n\n" + file.replace("60s", "1m"))).isEmpty();
  }

  @Test
  void between_atTheStart_countsPatternsOnly() {
    assertThat(
            ConfigurationChanges.between(
                Configuration.EMPTY,
                Configurations.of(
                    "{log: debug, caches: {prices: {ttl: 1m, methods: com.acme.Dao#find}}}")))
        .isEqualTo("1 method pattern added");
  }

  @Test
  void between_policies_saysWhatTheyWere() {
    assertThat(
            between(
                "{defaults: {ttl: 1m}, caches: {prices: {ttl: 30s}, rates: {}}}",
                "{defaults: {}, caches: {prices: {ttl: 30s, maximumEntries: 5}, rates: {ttl: 1h}}}"))
        .isEqualTo(
            "defaults ttl=1m -> nothing said; cache \"prices\" ttl=30s -> ttl=30s,"
                + " maximumEntries=5; cache \"rates\" nothing said -> ttl=1h");
  }

  @Test
  void between_cachesAndSwitches() {
    assertThat(between("caches: {prices: {}}", "{watch: 5s, caches: {rates: {}}}"))
        .isEqualTo("switches; cache \"rates\" added; cache \"prices\" removed");
  }

  @Test
  void between_cacheSwitched_saysSo() {
    assertThat(between("caches: {prices: {}}", "caches: {prices: {enabled: false}}"))
        .isEqualTo("cache \"prices\" switched off");
    assertThat(between("caches: {prices: {enabled: false}}", "caches: {prices: {enabled: true}}"))
        .isEqualTo("cache \"prices\" switched on");
    assertThat(between("caches: {prices: {}}", "caches: {prices: {enabled: true}}")).isEmpty();
  }

  @Test
  void between_patterns_areCounted() {
    assertThat(
            between(
                "caches: {prices: {methods: [a.Dao#one, a.Dao#two], invalidatedBy: a.Dao#save}}",
                "{caches: {prices: {methods: [a.Dao#two, a.Dao#three]}}, exclude: [b..*, c..*]}"))
        .isEqualTo("3 method patterns added; 2 method patterns removed");
  }

  @Test
  void between_patternsThatSaySomethingElse_areChanged() {
    String file = "caches: {prices: {methods: [a.Dao#find]}, rates: {}}";
    for (String other :
        new String[] {
          "caches: {prices: {}, rates: {methods: [a.Dao#find]}}",
          "caches: {prices: {methods: [{method: a.Dao#find, key: []}]}, rates: {}}",
          "caches: {prices: {methods: [{method: a.Dao#find, instances: EQUAL}]}, rates: {}}",
          "caches: {prices: {methods: [{method: a.Dao#find, unless: result.empty}]}, rates: {}}"
        }) {
      assertThat(between(file, other)).as(other).isEqualTo("1 method pattern changed");
    }
  }

  /** One method may make several caches forget. */
  @Test
  void between_invalidationOfAnotherCache_isAdded() {
    assertThat(
            between(
                "caches: {prices: {invalidatedBy: a.Dao#save}, rates: {}}",
                "caches: {prices: {invalidatedBy: a.Dao#save}, rates: {invalidatedBy: a.Dao#save}}"))
        .isEqualTo("1 method pattern added");
  }
}
