package io.larder.it.apps;

import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the launched applications print: {@code name=what the calls answered} and {@code
 * name.bodies=how often the body ran for them}.
 */
public final class Probe {

  private static final Map<String, Integer> BODIES = new ConcurrentHashMap<>();

  private Probe() {}

  /** Called by the body of a method under test. */
  public static void body(String name) {
    BODIES.merge(name, 1, Integer::sum);
  }

  /** How often a body ran. */
  public static int bodies(String name) {
    return BODIES.getOrDefault(name, 0);
  }

  /** Makes the calls one after the other and prints their answers. */
  public static void calls(String name, Callable<?>... calls) {
    StringJoiner answers = new StringJoiner(" ");
    for (Callable<?> call : calls) {
      answers.add(answer(call));
    }
    say(name, answers);
    say(name + ".bodies", bodies(name));
  }

  /** Prints one fact. */
  public static void say(String name, Object value) {
    System.out.println(name + "=" + value);
  }

  /** The result as text, or the exception with its whole stack trace. */
  private static String answer(Callable<?> call) {
    try {
      Object[] result = {call.call()};
      String text = Arrays.deepToString(result);
      return text.substring(1, text.length() - 1);
    } catch (Throwable thrown) {
      return thrown + " at " + Arrays.toString(thrown.getStackTrace());
    }
  }
}
