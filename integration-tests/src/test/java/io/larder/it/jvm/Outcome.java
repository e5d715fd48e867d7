package io.larder.it.jvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a JVM ended, and all it wrote. */
public record Outcome(String command, int exitCode, String stdout, String stderr) {

  /** Itself, if the exit code is 0; else fails and shows all output. */
  public Outcome requireSuccess() {
    if (exitCode != 0) {
      throw new AssertionError("Exit code " + exitCode + ", expected 0, of " + this);
    }
    return this;
  }

  /** The lines of standard error that come from Larder. */
  public List<String> larderLines() {
    return stderr.lines().filter(line -> line.startsWith("[larder]")).toList();
  }

  /** What the application printed as {@code name=value}; the last of each name counts. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    stdout
        .lines()
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              if (equals > 0) {
                facts.put(line.substring(0, equals), line.substring(equals + 1));
              }
            });
    return facts;
  }

  /** One of {@link #facts()}; fails and shows all output when the application did not print it. */
  public String fact(String name) {
    String value = facts().get(name);
    if (value == null) {
      throw new AssertionError("Nothing printed for \"" + name + "\" by " + this);
    }
    return value;
  }

  @Override
  public String toString() {
    return String.format(
        "%s%nexit code: %d%n--- stdout%n%s--- stderr%n%s---", command, exitCode, stdout, stderr);
  }
}
