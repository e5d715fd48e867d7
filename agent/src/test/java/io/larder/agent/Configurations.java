package io.larder.agent;

import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.ConfigurationFile;

/** Configurations as their files have them. */
final class Configurations {

  private Configurations() {}

  static Configuration of(String yaml) {
    ConfigurationFile.Result result = ConfigurationFile.parse("larder.yaml", yaml);
    Configuration configuration = result.configuration();
    if (configuration == null) {
      throw new AssertionError(result.problems());
    }
    return configuration;
  }
}
