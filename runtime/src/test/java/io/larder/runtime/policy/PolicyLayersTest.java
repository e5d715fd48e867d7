package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyLayersTest {

  private static final PolicySource FILE =
      new PolicySource() {
        @Override
        public List<Layer> aboveAnnotations(String cacheName) {
          return cacheName.equals("prices")
              ? List.of(
                  new Layer("system property", ttl("2m").with(PolicySetting.MAXIMUM_BYTES, "2MB")),
                  new Layer("larder.yaml:12", ttl("3m").with(PolicySetting.MAXIMUM_ENTRIES, "3")))
              : List.of();
        }

        @Override
        public List<Layer> belowAnnotations() {
          return List.of(
              new Layer(
                  "larder.yaml, defaults",
                  ttl("5m")
                      .with(PolicySetting.MAXIMUM_ENTRIES, "5")
                      .with(PolicySetting.WAIT_AT_MOST, "6s")));
        }

        @Override
        public @Nullable Boolean enabled(String cacheName) {
          return null;
        }

        @Override
        public RedisOptions redis() {
          return RedisOptions.NONE;
        }

        @Override
        public DiskOptions disk() {
          return DiskOptions.NONE;
        }
      };

  private static PolicySettings ttl(String text) {
    return PolicySettings.NONE.with(PolicySetting.TTL, text);
  }

  private static PolicyLayers of(String name, PolicySettings overrides) {
    return PolicyLayers.of(
        FILE, name, overrides, ttl("4m").with(PolicySetting.MAXIMUM_ENTRIES, "4"));
  }

  @Test
  void policy_strongestThatSaysSomething_holds() {
    CachePolicy policy = of("prices", ttl("1m")).policy();
    assertThat(policy.ttl()).as("JMX").isEqualTo(Duration.ofMinutes(1));
    assertThat(policy.maximumBytes()).as("system property").isEqualTo(2L << 20);
    assertThat(policy.maximumEntries()).as("file, above the annotation").isEqualTo(3);
  }

  @Test
  void policy_annotation_overrulesTheDefaultsOfTheFile() {
    CachePolicy policy = of("rates", PolicySettings.NONE).policy();
    assertThat(policy.ttl()).isEqualTo(Duration.ofMinutes(4));
    assertThat(policy.maximumEntries()).isEqualTo(4);
    assertThat(policy.waitAtMost()).as("nobody else says it").isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void originOf_namesWhoSaidIt() {
    PolicyLayers prices = of("prices", PolicySettings.NONE);
    assertThat(prices.originOf(PolicySetting.TTL)).isEqualTo("system property");
    assertThat(prices.originOf(PolicySetting.MAXIMUM_ENTRIES)).isEqualTo("larder.yaml:12");
    assertThat(prices.originOf(PolicySetting.WAIT_AT_MOST)).isEqualTo("larder.yaml, defaults");
    assertThat(of("prices", ttl("1m")).originOf(PolicySetting.TTL)).isEqualTo("JMX");
    assertThat(of("rates", PolicySettings.NONE).originOf(PolicySetting.TTL))
        .isEqualTo("annotation");
    assertThat(of("rates", PolicySettings.NONE).originOf(PolicySetting.MAXIMUM_BYTES))
        .isEqualTo("default");
  }

  @Test
  void originOf_whatIsSaidToBeTheDefault_isStillSaid() {
    PolicySettings same =
        PolicySettings.NONE.with(PolicySetting.TTL, PolicySetting.TTL.read(CachePolicy.DEFAULT));
    assertThat(
            PolicyLayers.of(PolicySource.NONE, "prices", PolicySettings.NONE, same)
                .originOf(PolicySetting.TTL))
        .isEqualTo("annotation");
  }

  @Test
  void policy_nothingSaid_isTheDefault() {
    assertThat(
            PolicyLayers.of(PolicySource.NONE, "prices", PolicySettings.NONE, PolicySettings.NONE)
                .policy())
        .isEqualTo(CachePolicy.DEFAULT);
  }
}
