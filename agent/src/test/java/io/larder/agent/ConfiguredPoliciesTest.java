package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.PolicySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredPoliciesTest {

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private PolicySource policies(String yaml) {
    return new ConfiguredPolicies(
        Configurations.of(yaml), "larder.yaml", properties::get, environment, problems::add);
  }

  private static List<String> asText(List<PolicySource.Layer> layers) {
    return layers.stream().map(layer -> layer.origin() + ": " + layer.settings()).toList();
  }

  @Test
  void aboveAnnotations_strongestFirst() {
    properties.put("larder.caches.prices.ttl", "1m");
    environment.put("LARDER_CACHES_PRICES_MAXIMUM_ENTRIES", "2");
    PolicySource policies = policies("defaults: {ttl: 5m}\ncaches:\n  prices:\n    ttl: 3m");
    assertThat(asText(policies.aboveAnnotations("prices")))
        .containsExactly(
            "system property: ttl=1m", "environment: maximumEntries=2", "larder.yaml:3: ttl=3m");
    assertThat(asText(policies.belowAnnotations()))
        .containsExactly("larder.yaml, defaults: ttl=5m");
  }

  @Test
  void nothingSaid_noLayers() {
    PolicySource policies = policies("caches: {prices: {methods: com.acme.Dao#find}}");
    assertThat(policies.aboveAnnotations("prices")).isEmpty();
    assertThat(policies.aboveAnnotations("others")).isEmpty();
    assertThat(policies.belowAnnotations()).isEmpty();
  }

  @Test
  void environment_namesOfCaches_areWrittenAsVariables() {
    environment.put("LARDER_CACHES_COM_ACME_PRICE_DAO_FIND_WAIT_AT_MOST", "2s");
    assertThat(asText(policies("").aboveAnnotations("com.acme.PriceDao.find")))
        .containsExactly("environment: waitAtMost=2s");
  }

  @Test
  void valueThatIsWrong_doesNotHoldAndIsNamed() {
    properties.put("larder.caches.prices.ttl", "0s");
    properties.put("larder.caches.prices.maximumEntries", "7");
    environment.put("LARDER_CACHES_PRICES_TTL", "soon");
    assertThat(asText(policies("").aboveAnnotations("prices")))
        .containsExactly("system property: maximumEntries=7");
    assertThat(problems)
        .hasSize(2)
        .contains(
            "system property larder.caches.prices.ttl: ttl must be positive: \"0s\"; it is"
                + " ignored");
    assertThat(problems.get(1)).startsWith("environment LARDER_CACHES_PRICES_TTL: ttl must be ");
  }

  @Test
  void enabled_isWhatTheFileSays() {
    PolicySource policies =
        policies("caches: {off: {enabled: false}, on: {enabled: true}, silent: {}}");
    assertThat(policies.enabled("off")).isFalse();
    assertThat(policies.enabled("on")).isTrue();
    assertThat(policies.enabled("silent")).isNull();
    assertThat(policies.enabled("unknown")).isNull();
  }
}
