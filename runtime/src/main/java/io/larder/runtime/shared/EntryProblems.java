package io.larder.runtime.shared;

import io.larder.runtime.logging.Log;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Why results of one cache do not get to Redis or back, for people: the last reason, and each once
 * in the log. Reasons name classes, never values. Thread-safe.
 */
final class EntryProblems {

  private static final Logger logger = Log.logger(EntryProblems.class);

  /** More reasons than these are shown, but not written to the log. */
  private static final int MOST_SAID = 50;

  /** What does not go well. */
  enum Kind {
    NOT_STORED("a result is not stored in Redis"),
    NOT_READ("what is in Redis cannot be read and counts as absent"),
    LOCAL("results stay in this JVM");

    private final String what;

    Kind(String what) {
      this.what = what;
    }
  }

  private final String cache;
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String last;

  EntryProblems(String cache) {
    this.cache = cache;
  }

  void note(Kind kind, @Nullable String reason) {
    String problem = kind.what + ": " + reason;
    last = problem;
    if (!said.contains(problem) && said.size() < MOST_SAID && said.add(problem)) {
      logger.warn("Cache \"{}\": {}", cache, problem);
    }
  }

  /** What went wrong last; {@code null} if nothing did. */
  @Nullable String last() {
    return last;
  }
}
