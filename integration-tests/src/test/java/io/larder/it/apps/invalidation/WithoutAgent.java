package io.larder.it.apps.invalidation;

import io.larder.Larder;
import io.larder.it.apps.Probe;

/** Asks the facade for everything it can do. */
public final class WithoutAgent {

  private WithoutAgent() {}

  public static void main(String[] arguments) {
    Probe.say("active", Larder.isActive());
    Probe.say("names", Larder.cacheNames());
    Probe.say("statistics", Larder.statistics("any"));
    Probe.say("invalidate", Larder.invalidate("any", 1, null));
    Probe.say("invalidateCache", Larder.invalidateCache("any"));
    Probe.say("invalidateAll", Larder.invalidateAll());
  }
}
