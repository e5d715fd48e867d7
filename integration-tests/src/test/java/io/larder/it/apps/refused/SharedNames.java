package io.larder.it.apps.refused;

import io.larder.Cached;
import io.larder.it.apps.Probe;

/** Methods that share a cache name: with the same policy, and with different ones. */
public final class SharedNames {

  private SharedNames() {}

  public static void main(String[] arguments) {
    Probe.calls("first", () -> first(1), () -> first(1));
    Probe.calls("second", () -> second(1), () -> second(1));
    Probe.calls("other", () -> other(1), () -> other(1));
  }

  @Cached(name = "shared", ttl = "60s")
  private static String first(int number) {
    Probe.body("first");
    return "first " + number;
  }

  @Cached(name = "shared", ttl = "1m")
  private static String second(int number) {
    Probe.body("second");
    return "second " + number;
  }

  @Cached(name = "shared", ttl = "2m", maximumEntries = 7)
  private static String other(int number) {
    Probe.body("other");
    return "other " + number;
  }
}
