package io.larder.runtime.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Some parts of a policy: what one source (an annotation, a file) says, and nothing of what it does
 * not say.
 *
 * @param texts what is said, each in the form of {@link PolicySetting#read}: {@code 60s} and {@code
 *     1m} are the same
 */
public record PolicySettings(Map<PolicySetting, String> texts) {

  /** Nothing is said. */
  public static final PolicySettings NONE = new PolicySettings(Map.of());

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException as {@link PolicySetting#apply}, or if two of them contradict
   *     each other
   */
  public PolicySettings {
    EnumMap<PolicySetting, String> canonical = new EnumMap<>(PolicySetting.class);
    for (Map.Entry<PolicySetting, String> said : texts.entrySet()) {
      PolicySetting setting = said.getKey();
      canonical.put(setting, setting.read(setting.apply(CachePolicy.DEFAULT, said.getValue())));
    }
    if (canonical.containsKey(PolicySetting.TTL)) { // else whoever says it may say a longer one
      String problem = policyOf(canonical, CachePolicy.DEFAULT).refreshProblem();
      if (problem != null) {
        throw new IllegalArgumentException(problem);
      }
    }
    texts = Collections.unmodifiableMap(canonical);
  }

  /** A policy with what is said here in place of its own. */
  public CachePolicy over(CachePolicy base) {
    return policyOf(texts, base);
  }

  private static CachePolicy policyOf(Map<PolicySetting, String> texts, CachePolicy base) {
    CachePolicy policy = base;
    for (Map.Entry<PolicySetting, String> said : texts.entrySet()) {
      policy = said.getKey().apply(policy, said.getValue());
    }
    return policy;
  }

  /**
   * The same with one more part, or another value for it.
   *
   * @throws IllegalArgumentException as {@link PolicySetting#apply}, or if it contradicts another
   */
  public PolicySettings with(PolicySetting setting, String text) {
    EnumMap<PolicySetting, String> more = new EnumMap<>(PolicySetting.class);
    more.putAll(texts);
    more.put(setting, text);
    return new PolicySettings(more);
  }

  /** Whether nothing is said. */
  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** As an operator reads it: {@code ttl=30s, maximumEntries=50000}; empty for nothing. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    texts.forEach(
        (setting, text) ->
            all.append(all.isEmpty() ? "" : ", ").append(setting.key()).append('=').append(text));
    return all.toString();
  }
}
