package io.larder.runtime.coordinator;

import io.larder.runtime.logging.Log;
import io.larder.runtime.stats.CacheCounters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What went wrong in one cache: counted, and the first of a kind reported. Thread-safe. */
final class Troubles {

  private static final Logger logger =
      Log.logger(Cache.class); // it is the cache that is in trouble

  private final String name;
  private final CacheCounters counters;
  private volatile @Nullable String lastProblem;
  private volatile boolean problemReported;
  private volatile boolean reentryReported;

  /** None yet, of the cache of that name. */
  Troubles(String name, CacheCounters counters) {
    this.name = name;
    this.counters = counters;
  }

  /** The last failure of Larder's own or of a key argument, without keys or values. */
  @Nullable String lastProblem() {
    return lastProblem;
  }

  /** See {@link Cache#reentered}. */
  void reentered() {
    counters.uncached.increment();
    if (!reentryReported) {
      logger.warn(
          "Cache \"{}\": a call ran uncached because it came from the equals or hashCode of a key's"
              + " argument; further ones are counted.",
          name);
      reentryReported = true;
    }
  }

  /** See {@link Cache#problem}. */
  void problem(Throwable problem) {
    counters.problems.increment();
    StackTraceElement[] frames = problem.getStackTrace();
    String where = frames.length == 0 ? "" : " at " + frames[0];
    // Without the message: that of an argument's equals may hold the argument.
    String text = problem.getClass().getName() + where;
    lastProblem = text;
    if (!problemReported) {
      logger.warn(
          "Cache \"{}\": a call ran uncached because of {}; further ones are counted.", name, text);
      problemReported = true; // after it: at the end of the stack the line may not come about
    }
  }
}
