package io.larder.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told on the command line. Each setting is taken from the agent's arguments
 * ({@code -javaagent:larder-agent.jar=log=debug;management=off}), else from the system property
 * {@code larder.<name>}, else from the environment variable {@code LARDER_<NAME>}.
 *
 * @param enabled whether anything is woven
 * @param log what is written to standard error
 * @param management what JMX shows and takes
 * @param problems what could not be understood; the defaults hold instead
 */
record AgentSettings(boolean enabled, String log, String management, List<String> problems) {

  private static final List<String> BOOLEANS = List.of("true", "false");
  private static final List<String> LOGS = List.of("debug", "info", "warn", "error", "off");
  private static final List<String> MANAGEMENT = List.of("off", "read-only", "full");
  private static final List<String> NAMES = List.of("enabled", "log", "management");

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
    return new AgentSettings(
        source.choice("enabled", BOOLEANS, "true").equals("true"),
        source.choice("log", LOGS, "info"),
        source.choice("management", MANAGEMENT, "full"),
        problems);
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

    String choice(String name, List<String> choices, String otherwise) {
      String origin = "agent argument " + name;
      String value = given.get(name);
      if (value == null) {
        origin = "system property larder." + name;
        value = systemProperties.get("larder." + name) instanceof String text ? text : null;
      }
      if (value == null) {
        origin = "environment variable LARDER_" + name.toUpperCase(Locale.ROOT);
        value = environment.get("LARDER_" + name.toUpperCase(Locale.ROOT));
      }
      if (value == null) {
        return otherwise;
      }
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
