package io.larder.it.apps.platform;

import io.larder.Cached;
import io.larder.it.apps.Probe;

/** One cached method, called twice. */
public final class Small {

  private Small() {}

  public static void main(String[] arguments) {
    Small small = new Small();
    Probe.calls("square", () -> small.square(7), () -> small.square(7));
  }

  @Cached
  private int square(int number) {
    Probe.body("square");
    return number * number;
  }
}
