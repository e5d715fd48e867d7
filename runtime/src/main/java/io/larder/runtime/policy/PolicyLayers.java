package io.larder.runtime.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is said about one cache, strongest first. Immutable.
 *
 * @param layers who says what
 */
public record PolicyLayers(List<PolicySource.Layer> layers) {

  /** The origin of what nobody set. */
  public static final String DEFAULT = "default";

  /** Copies. */
  public PolicyLayers {
    layers = List.copyOf(layers);
  }

  /**
   * The layers of one cache.
   *
   * @param name of the cache
   * @param overrides what was set through JMX
   * @param declared what its annotation says
   */
  public static PolicyLayers of(
      PolicySource source, String name, PolicySettings overrides, PolicySettings declared) {
    List<PolicySource.Layer> layers = new ArrayList<>();
    layers.add(new PolicySource.Layer("JMX", overrides));
    layers.addAll(source.aboveAnnotations(name));
    layers.add(new PolicySource.Layer("annotation", declared));
    layers.addAll(source.belowAnnotations());
    return new PolicyLayers(layers);
  }

  /** What holds: for each setting what the strongest layer says that says anything. */
  public CachePolicy policy() {
    CachePolicy policy = CachePolicy.DEFAULT;
    for (int i = layers.size() - 1; i >= 0; i--) {
      policy = layers.get(i).settings().over(policy);
    }
    return policy;
  }

  /** Who set a setting. */
  public String originOf(PolicySetting setting) {
    for (PolicySource.Layer layer : layers) {
      if (layer.settings().texts().containsKey(setting)) {
        return layer.origin();
      }
    }
    return DEFAULT;
  }
}
