package io.larder.runtime.coordinator;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.Clock;
import java.lang.ref.ReferenceQueue;
import java.util.List;

/** A miss in a cache that nobody sees. */
final class Rehearsal {

  private Rehearsal() {}

  /**
   * Runs through what happens on a miss, so that all classes of it are initialized. The first time
   * must not be at the end of some thread's stack: a class whose initialization fails there is
   * broken for the whole JVM (JVMS 5.5), those of the JDK for the application too.
   */
  static void run(Clock clock, ReferenceQueue<Object> goneInstances) {
    Cache stage =
        new Cache("rehearsal", CachePolicy.DEFAULT, clock, /* slowTiers= */ null, goneInstances);
    ResultType type = ResultType.of(Object.class);
    for (String key : List.of("loaded", "failed")) {
      Object ticket = stage.miss(key, type, /* call= */ null, /* tags= */ null);
      if (ticket instanceof Flight flight) {
        Waiting.await(flight, /* nanos= */ 1);
        flight.landing();
        if (key.equals("loaded")) {
          flight.loaded(key);
        } else {
          flight.failed(new IllegalStateException());
        }
        SingleFlight.outcomeOf(flight, type);
      }
    }
    stage.invalidateAll();
    stage.statistics();
  }
}
