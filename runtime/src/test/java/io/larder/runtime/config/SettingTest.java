package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.PolicySetting;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of all settings agrees with what reads them. */
class SettingTest {

  @ParameterizedTest
  @EnumSource
  void example_isRead_whereverItMayStand(Setting setting) {
    for (Place place : setting.places()) {
      ConfigurationFile.Result read = in(place, setting, setting.example());
      assertThat(read.problems()).isEmpty();
      assertThat(String.valueOf(read.configuration()))
          .as("%s", setting)
          .isNotEqualTo(without(place));
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongKind_isAnsweredWithTheTypeOfTheTable(Setting setting) {
    for (Place place : setting.places()) {
      boolean isMap =
          Set.of(Setting.DISK, Setting.REDIS, Setting.DEFAULTS, Setting.CACHES).contains(setting);
      ConfigurationFile.Result read = in(place, setting, isMap ? "[]" : "{}");
      assertThat(read.problems())
          .singleElement()
          .extracting(Problem::text)
          .isEqualTo(
              setting.key()
                  + " must be "
                  + setting.type()
                  + (isMap ? ": found a list" : ": found a map"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void places_knowEachWordOnce(Place place) {
    assertThat(Setting.in(place).stream().map(Setting::key)).doesNotHaveDuplicates().isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void policySettings_haveTheDefaultOfThePolicy(PolicySetting part) {
    List<Setting> settings =
        Arrays.stream(Setting.values()).filter(any -> any.policySetting() == part).toList();
    assertThat(settings).hasSize(1);
    Setting setting = settings.get(0);
    assertThat(setting.places()).containsExactlyInAnyOrder(Place.DEFAULTS, Place.CACHE);
    assertThat(part.apply(CachePolicy.DEFAULT.withTtl(null), setting.whenMissing()))
        .isEqualTo(part.apply(CachePolicy.DEFAULT.withTtl(null), part.read(CachePolicy.DEFAULT)));
  }

  private static ConfigurationFile.Result in(Place place, Setting setting, String value) {
    String field = setting.key() + ": " + value;
    String method = setting == Setting.METHOD ? "" : "method: a.B#c, ";
    return ConfigurationFile.parse(
        "larder.yaml",
        switch (place) {
          case FILE -> field;
          case DISK -> "disk: {" + field + "}";
          case REDIS -> "redis: {" + field + "}";
          case DEFAULTS -> "defaults: {" + field + "}";
          case CACHE -> "caches: {c: {" + field + "}}";
          case METHOD -> "caches: {c: {methods: [{" + method + field + "}]}}";
          case INVALIDATION -> "caches: {c: {invalidatedBy: [{" + method + field + "}]}}";
          case PUT -> "caches: {c: {putBy: [{" + method + field + "}]}}";
        });
  }

  private static Object without(Place place) {
    ConfigurationFile.Result read =
        ConfigurationFile.parse(
            "larder.yaml",
            switch (place) {
              case FILE, DISK, REDIS, DEFAULTS -> "";
              case CACHE -> "caches: {c: }";
              case METHOD -> "caches: {c: {methods: [a.B#c]}}";
              case INVALIDATION -> "caches: {c: {invalidatedBy: [a.B#c]}}";
              case PUT -> "caches: {c: {putBy: [a.B#c]}}";
            });
    assertThat(read.problems()).isEmpty();
    return String.valueOf(read.configuration());
  }
}
