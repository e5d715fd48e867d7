package io.larder.runtime.shared;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When tags were invalidated last, as heard in one period in which nothing was missed. A period has
 * an object of its own, so that who asked Redis in the one before cannot write into this one.
 * Thread-safe; never goes back.
 */
final class TagVersions {

  private static final int MOST = 100_000;

  private final Map<String, Long> versions = new ConcurrentHashMap<>();

  /** What is not here was not invalidated after this clock; only grows. */
  private volatile long since;

  /** Of the versions that were noted. Guarded by this. */
  private long highest;

  /**
   * A period.
   *
   * @param since the clock at its beginning; {@code Long.MAX_VALUE} if nothing is heard
   */
  TagVersions(long since) {
    this.since = since;
  }

  /** For a time in which nothing is heard: it keeps nothing. */
  static TagVersions deaf() {
    return new TagVersions(Long.MAX_VALUE);
  }

  /** Whether it takes part in what is heard; else each look asks Redis. */
  boolean hears() {
    return since != Long.MAX_VALUE;
  }

  /** The version of a tag; {@code null} if Redis must be asked. */
  @Nullable Long of(String tag) {
    return versions.get(tag);
  }

  /** Notes a version that was heard, or read. */
  synchronized void note(String tag, long clock) {
    if (!hears()) {
      return;
    }
    highest = Math.max(highest, clock);
    if (versions.size() >= MOST) {
      // In this order: who sees the emptied map must not take it for one that knows all.
      since = Math.max(since, highest);
      versions.clear();
    }
    versions.merge(tag, clock, Math::max);
  }

  /**
   * A clock after which a tag that is not here was certainly not invalidated.
   *
   * @param atMost it is wanted not to be later than this
   * @return -1 if it would be
   */
  long silentSince(long atMost) {
    long from = since;
    return from <= atMost ? from : -1;
  }
}
