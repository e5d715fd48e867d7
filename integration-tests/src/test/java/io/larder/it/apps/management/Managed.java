package io.larder.it.apps.management;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Calls cached methods as it is told on standard input: {@code call <number>} answers with the
 * number of times the body has run so far, {@code fail} makes a load fail, {@code late <number>}
 * calls a class that is not loaded before, {@code beat <count>} calls with as many different
 * numbers, an empty line ends it.
 */
public final class Managed {

  private Managed() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Probe.say("ready", true);
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "call" -> {
          square(Integer.parseInt(words[1]));
          Probe.say("bodies", Probe.bodies("square"));
        }
        case "beat" -> {
          for (int i = 0; i < Integer.parseInt(words[1]); i++) {
            square(i);
          }
          Probe.say("beaten", words[1]);
        }
        case "late" -> {
          Late.cube(Integer.parseInt(words[1]));
          Probe.say("lateBodies", Probe.bodies("cube"));
        }
        case "fail" -> {
          try {
            failing(1);
          } catch (IllegalStateException expected) {
            Probe.say("failed", expected.getMessage());
          }
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
  }

  @Cached(name = "managed.square", ttl = "10m", maximumEntries = 500)
  private static int square(int number) {
    Probe.body("square");
    return number * number;
  }

  @Cached(name = "managed.failing")
  private static int failing(int number) {
    throw new IllegalStateException("failing " + number);
  }

  /** Loaded, and woven, with its first call. */
  private static final class Late {
    @Cached(name = "managed.late")
    static int cube(int number) {
      Probe.body("cube");
      return number * number * number;
    }
  }
}
