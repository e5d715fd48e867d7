package io.larder.agent;

import io.larder.runtime.config.Configuration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told. Each setting is taken from the agent's arguments ({@code
 * -javaagent:larder-agent.jar=log=debug;management=off}), else from the system property {@code
 * larder.<name>}, else from the environment variable {@code LARDER_<NAME>}, else from the
 * configuration file.
 *
 * @param config the configuration file that is named; {@code null} where none is, as for the others
 * @param enabledSaid whether anything is woven
 * @param logSaid what is written to standard error
 * @param managementSaid what JMX shows and takes
 * @param problems what could not be understood; the defaults hold instead
 */
record AgentSettings(
    @Nullable String config,
    @Nullable Boolean enabledSaid,
    @Nullable String logSaid,
    @Nullable String managementSaid,
    List<String> problems) {

  private static final List<String> BOOLEANS = List.of("true", "false");
  private static final List<String> LOGS =
      List.of("trace", "debug", "info", "warn", "error", "off");
  private static final List<String> MANAGEMENT = List.of("off", "read-only", "full");
  private static final List<String> NAMES = List.of("config", "enabled", "log", "management");

  /**
   * Reads the settings.
   *
   * @param arguments what stands after the {@code =} of {@code -javaagent}; may be {@code null}
   */
  static AgentSettings read(
      @Nullable String arguments, Map<?, ?> systemProperties, Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Map<String, String> given = split(arguments, problems);
    Source source = new Source(given, systemProperties, environment, problems);
    String enabled = source.choice("enabled", BOOLEANS, "true");
    return new AgentSettings(
        source.text("config"),
        enabled == null ? null : Boolean.valueOf(enabled),
        source.choice("log", LOGS, "info"),
        source.choice("management", MANAGEMENT, "full"),
        problems);
  }

  /**
   * Whether anything is woven.
   *
   * @param file what the configuration file says, which is weaker
   */
  boolean enabled(Configuration.Switches file) {
    Boolean said = enabledSaid == null ? file.enabled() : enabledSaid;
    return said == null || said;
  }

  /** What is written to standard error; as {@link #enabled}. */
  String log(Configuration.Switches file) {
    String said = logSaid == null ? file.log() : logSaid;
    return said == null ? "info" : said;
  }

  /** What JMX shows and takes; as {@link #enabled}. */
  String management(Configuration.Switches file) {
    String said = managementSaid == null ? file.management() : managementSaid;
    return said == null ? "full" : said;
  }

  private static Map<String, String> split(@Nullable String arguments, List<String> problems) {
    Map<String, String> given = new LinkedHashMap<>();
    if (arguments == null) {
      return given;
    }
    for (String argument : arguments.split(";", -1)) {
      int equals = argument.indexOf('=');
      String name = (equals < 0 ? argument : argument.substring(0, equals)).strip();
      if (argument.isBlank()) {
        continue;
      }
      if (!NAMES.contains(name)) {
        problems.add(
            "unknown agent argument \""
                + name
                + "\" is ignored; known: "
                + String.join(", ", NAMES));
      } else if (equals < 0) {
        problems.add(
            "agent argument \"" + name + "\" has no value and is ignored; write " + name + "=...");
      } else {
        given.put(name, argument.substring(equals + 1).strip());
      }
    }
    return given;
  }

  private record Source(
      Map<String, String> given,
      Map<?, ?> systemProperties,
      Map<String, String> environment,
      List<String> problems) {

    private String variable(String name) {
      return "LARDER_" + name.toUpperCase(Locale.ROOT);
    }

    @Nullable String text(String name) {
      if (given.containsKey(name)) {
        return given.get(name);
      }
      return systemProperties.get("larder." + name) instanceof String text
          ? text
          : environment.get(variable(name));
    }

    private String originOf(String name) {
      if (given.containsKey(name)) {
        return "agent argument " + name;
      }
      return systemProperties.get("larder." + name) instanceof String
          ? "system property larder." + name
          : "environment variable " + variable(name);
    }

    /** {@code null} when nothing is said; the default when that is not understood. */
    @Nullable String choice(String name, List<String> choices, String otherwise) {
      String value = text(name);
      if (value == null) {
        return null;
      }
      String origin = originOf(name);
      String chosen = value.strip().toLowerCase(Locale.ROOT);
      if (choices.contains(chosen)) {
        return chosen;
      }
      problems.add(
          origin
              + " must be one of "
              + String.join(", ", choices)
              + ": \""
              + value
              + "\"; "
              + otherwise
              + " holds");
      return otherwise;
    }
  }
}
