package io.larder.it.apps.receivers;

import io.larder.Cached;
import io.larder.it.apps.Probe;
import java.io.IOException;

/** Drops 10,000 instances after a cached call on each, then waits to be looked at. */
public final class DroppedInstances {

  private static final int INSTANCES = 10_000;

  private static Dropped kept;

  private DroppedInstances() {}

  public static void main(String[] arguments) throws IOException {
    new Dropped(-2).result(7); // so that the next one is not the only one ever seen
    kept = new Dropped(-1);
    kept.result(7);
    long sum = 0;
    for (int i = 0; i < INSTANCES; i++) {
      Dropped dropped = new Dropped(i);
      sum += dropped.result(1).number() + dropped.result(1).number();
    }
    Probe.say("sum", sum);
    Probe.say("bodies", Probe.bodies("result"));
    Probe.say("ready", true);
    if (System.in.read() >= 0) {
      kept.result(7);
      Probe.say("bodiesOfAll", Probe.bodies("result"));
    }
  }

  /** An instance that is to be collected. */
  static final class Dropped {
    private final int number;

    Dropped(int number) {
      this.number = number;
    }

    /** No bound and no end: only the death of the instance can take its results away. */
    @Cached(maximumEntries = 0, ttl = "off")
    Result result(int argument) {
      Probe.body("result");
      return new Result(number + argument);
    }
  }

  record Result(int number) {}
}
