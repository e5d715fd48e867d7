package io.larder.it.apps.injected;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Puts results of wrong types under the keys of cached methods and calls them again. An entry that
 * a method cannot return must never keep its body from running.
 */
public final class WrongEntry {

  private WrongEntry() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    callAll("before");
    Object[] wrong = {
      "a string", 4.5f, (short) 7, 'c', List.of("list"), new long[] {9}, new Object()
    };
    int replaced = 0;
    for (Object value : wrong) {
      replaced += StoredEntries.replaceAll(value);
      callAll(value.getClass().getSimpleName());
    }
    replaced += StoredEntries.replaceAll(null);
    answer("null/int", () -> number(1));
    answer("null/String", () -> text(1));
    Probe.say("replaced", replaced);
  }

  private static void callAll(String when) {
    answer(when + "/int", () -> number(1));
    answer(when + "/boolean", () -> flag(1));
    answer(when + "/double", () -> fraction(1));
    answer(when + "/long", () -> big(1));
    answer(when + "/Long", () -> boxed(1));
    answer(when + "/record", () -> pair(1).left());
    answer(when + "/ints", () -> ints(1)[0]);
    answer(when + "/interface", () -> supplier(1).get());
  }

  private static void answer(String name, Callable<Object> call) {
    try {
      Probe.say(name, call.call());
    } catch (Exception failure) {
      Probe.say(name, failure);
    }
  }

  @Cached
  private static int number(int seed) {
    return 10 + seed;
  }

  @Cached
  private static boolean flag(int seed) {
    return seed == 1;
  }

  @Cached
  private static double fraction(int seed) {
    return 0.5 + seed;
  }

  @Cached
  private static long big(int seed) {
    return 10_000_000_000L + seed;
  }

  @Cached
  private static Long boxed(int seed) {
    return 10_000_000_000L + seed;
  }

  @Cached
  private static Pair pair(int seed) {
    return new Pair(seed, 2);
  }

  @Cached
  private static int[] ints(int seed) {
    return new int[] {seed, 2};
  }

  @Cached
  private static Supplier<Integer> supplier(int seed) {
    return () -> 30 + seed;
  }

  /** Called for the first time when null is injected, which is a result like any other for it. */
  @Cached
  private static String text(int seed) {
    return "text " + seed;
  }

  private record Pair(int left, int right) {}
}
