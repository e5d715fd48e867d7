package io.larder.it.apps.platform;

import io.larder.CacheStatistics;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.lang.instrument.UnmodifiableClassException;

/** Is transformed anew, by another agent, in the middle of its work. */
public final class Retransformed {

  private Retransformed() {}

  public static void main(String[] arguments) throws UnmodifiableClassException {
    Probe.calls("before", () -> square(3), () -> square(3));
    for (int i = 0; i < 5; i++) {
      RetransformingAgent.retransform(Retransformed.class);
      Probe.calls("after" + i, () -> square(3), () -> square(10 + "after".length()));
    }
    Probe.say("bodies", Probe.bodies("square"));
    Probe.say("hits", Larder.statistics("squares").map(CacheStatistics::hitCount).orElse(-1L));
    Probe.say("forgotten", Larder.invalidate("squares", 3));
    Probe.calls("forgottenToo", () -> square(3));
    Probe.say("bodiesThen", Probe.bodies("square"));
  }

  @Cached(name = "squares")
  private static int square(int number) {
    Probe.body("square");
    return number * number;
  }
}
