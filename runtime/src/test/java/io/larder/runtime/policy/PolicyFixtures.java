package io.larder.runtime.policy;

import java.util.List;

/** What methods ask of their caches. */
public final class PolicyFixtures {

  private PolicyFixtures() {}

  /** Settings that say what differs from the default. */
  public static PolicySettings declared(CachePolicy policy) {
    PolicySettings settings = PolicySettings.NONE;
    for (PolicySetting setting : PolicySetting.values()) {
      String value = setting.read(policy);
      if (!value.equals(setting.read(CachePolicy.DEFAULT))) {
        settings = settings.with(setting, value);
      }
    }
    return settings;
  }

  /** A key of parameters. */
  public static List<KeyPart> key(Integer... parameters) {
    return List.of(parameters).stream().map(KeyPart::of).toList();
  }
}
