package io.larder.it.apps.refused;

import io.larder.CacheIgnore;
import io.larder.CacheKey;
import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.util.concurrent.Callable;

/** Annotations with values that are not understood; each method is called twice. */
public final class WrongAnnotations {

  private WrongAnnotations() {}

  public static void main(String[] arguments) {
    Wrong wrong = new Wrong();
    twice("ttlUnit", () -> wrong.ttlUnit(1));
    twice("ttlNegative", () -> wrong.ttlNegative(1));
    twice("ttlZero", () -> wrong.ttlZero(1));
    twice("ttlEmpty", () -> wrong.ttlEmpty(1));
    twice("negativeBound", () -> wrong.negativeBound(1));
    twice("bytesUnit", () -> wrong.bytesUnit(1));
    twice("name", () -> wrong.name(1));
    twice("waitAtMost", () -> wrong.waitAtMost(1));
    twice("keyAndIgnore", () -> wrong.keyAndIgnore(1, 2));
    twice("several", () -> wrong.several(1));
    twice("right", () -> wrong.right(1));
  }

  private static void twice(String name, Callable<?> call) {
    Probe.calls(name, call, call);
  }

  private static final class Wrong {

    @Cached(ttl = "5 parsecs")
    int ttlUnit(int number) {
      Probe.body("ttlUnit");
      return number;
    }

    @Cached(ttl = "-5s")
    int ttlNegative(int number) {
      Probe.body("ttlNegative");
      return number;
    }

    @Cached(ttl = "0s")
    int ttlZero(int number) {
      Probe.body("ttlZero");
      return number;
    }

    @Cached(ttl = "")
    int ttlEmpty(int number) {
      Probe.body("ttlEmpty");
      return number;
    }

    @Cached(maximumEntries = -1)
    int negativeBound(int number) {
      Probe.body("negativeBound");
      return number;
    }

    @Cached(maximumBytes = "64 bananas")
    int bytesUnit(int number) {
      Probe.body("bytesUnit");
      return number;
    }

    @Cached(name = "a name, with: marks")
    int name(int number) {
      Probe.body("name");
      return number;
    }

    @Cached(waitAtMost = "soon")
    int waitAtMost(int number) {
      Probe.body("waitAtMost");
      return number;
    }

    @Cached
    int keyAndIgnore(@CacheKey int number, @CacheIgnore int other) {
      Probe.body("keyAndIgnore");
      return number + other;
    }

    @Cached(ttl = "long", maximumEntries = -7, maximumBytes = "much")
    int several(int number) {
      Probe.body("several");
      return number;
    }

    /** Beside the wrong ones, to show that they do not spoil it. */
    @Cached(ttl = "PT30S", maximumEntries = 5, maximumBytes = "1MB", name = "right-1_a.b")
    int right(int number) {
      Probe.body("right");
      return number;
    }
  }
}
