package io.larder.agent;

import io.larder.runtime.config.CacheRule;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.PolicySource;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.SectionOptions;
import io.larder.runtime.policy.SectionSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is said about caches by system properties ({@code larder.caches.<cache>.ttl}), by the
 * environment ({@code LARDER_CACHES_<CACHE>_TTL}) and by the configuration file, strongest first.
 */
final class ConfiguredPolicies implements PolicySource {

  private final Configuration configuration;
  private final String fileName;
  private final Function<String, @Nullable String> property;
  private final Map<String, String> environment;
  private final Problems problems;

  /** Is told of values that are not understood, which then do not hold. */
  interface Problems {
    /** Reports one. */
    void add(String problem);
  }

  ConfiguredPolicies(
      Configuration configuration,
      String fileName,
      Function<String, @Nullable String> property,
      Map<String, String> environment,
      Problems problems) {
    this.configuration = configuration;
    this.fileName = fileName;
    this.property = property;
    this.environment = environment;
    this.problems = problems;
  }

  @Override
  public List<Layer> aboveAnnotations(String cacheName) {
    List<Layer> layers = new ArrayList<>();
    add(
        layers,
        "system property",
        setting -> "larder.caches." + cacheName + "." + setting,
        property);
    add(
        layers,
        "environment",
        setting -> "LARDER_CACHES_" + variable(cacheName) + "_" + variable(setting),
        environment::get);
    for (CacheRule cache : configuration.caches()) {
      if (cache.name().equals(cacheName) && !cache.policy().isEmpty()) {
        layers.add(new Layer(fileName + ":" + cache.line(), cache.policy()));
      }
    }
    return layers;
  }

  @Override
  public List<Layer> belowAnnotations() {
    return configuration.defaults().isEmpty()
        ? List.of()
        : List.of(new Layer(fileName + ", defaults", configuration.defaults()));
  }

  @Override
  public @Nullable Boolean enabled(String cacheName) {
    for (CacheRule cache : configuration.caches()) {
      if (cache.name().equals(cacheName)) {
        return cache.enabled();
      }
    }
    return null;
  }

  @Override
  public RedisOptions redis() {
    return said("redis", configuration.redis());
  }

  @Override
  public DiskOptions disk() {
    return said("disk", configuration.disk());
  }

  /** With what the environment and then the system properties say of a section's settings. */
  private <S extends Enum<S> & SectionSetting, O extends SectionOptions<S, O>> O said(
      String section, O options) {
    O said = options;
    for (S setting : options.settings()) {
      String variable = "LARDER_" + variable(section) + "_" + variable(setting.key());
      said = with(said, setting, "environment " + variable, environment.get(variable));
      String name = "larder." + section + "." + setting.key();
      said = with(said, setting, "system property " + name, property.apply(name));
    }
    return said;
  }

  private <S extends Enum<S> & SectionSetting, O extends SectionOptions<S, O>> O with(
      O options, S setting, String origin, @Nullable String value) {
    try {
      return value == null ? options : options.with(setting, value);
    } catch (IllegalArgumentException wrong) {
      problems.add(origin + ": " + wrong.getMessage() + "; it is ignored");
      return options;
    }
  }

  private void add(
      List<Layer> layers,
      String origin,
      UnaryOperator<String> nameOf,
      Function<String, @Nullable String> said) {
    PolicySettings settings = PolicySettings.NONE;
    for (PolicySetting setting : PolicySetting.values()) {
      String name = nameOf.apply(setting.key());
      String value = said.apply(name);
      if (value != null) {
        try {
          settings = settings.with(setting, value);
        } catch (IllegalArgumentException wrong) {
          problems.add(origin + " " + name + ": " + wrong.getMessage() + "; it is ignored");
        }
      }
    }
    if (!settings.isEmpty()) {
      layers.add(new Layer(origin, settings));
    }
  }

  /** {@code maximumEntries} and {@code my.cache} as names of variables have them. */
  private static String variable(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .replaceAll("[^A-Za-z0-9]", "_")
        .toUpperCase(Locale.ROOT);
  }
}
