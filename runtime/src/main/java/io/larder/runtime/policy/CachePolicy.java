package io.larder.runtime.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long and how much a cache keeps.
 *
 * @param ttl how long an entry may be served; {@code null} for no limit
 * @param maximumEntries how many entries at most; 0 for no limit
 * @param maximumBytes how much memory by estimate; 0 for no limit
 * @param waitAtMost how long a caller waits for another thread's load
 * @param refreshAfter how old an entry is when a hit has it loaded anew in the background; {@code
 *     null} for never
 * @param sharing how far its results travel
 */
public record CachePolicy(
    @Nullable Duration ttl,
    long maximumEntries,
    long maximumBytes,
    Duration waitAtMost,
    @Nullable Duration refreshAfter,
    Sharing sharing) {

  /** What holds where nothing is said: nothing is kept for ever or without limit by accident. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(Duration.ofMinutes(5), 10_000, 0, Duration.ofSeconds(5));

  /** A policy that refreshes nothing and whose results travel as far as they do by default. */
  public CachePolicy(
      @Nullable Duration ttl, long maximumEntries, long maximumBytes, Duration waitAtMost) {
    this(ttl, maximumEntries, maximumBytes, waitAtMost, /* refreshAfter= */ null, Sharing.DEFAULT);
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range; the message names it
   */
  public CachePolicy {
    if (ttl != null && (ttl.isZero() || ttl.isNegative())) {
      throw new IllegalArgumentException("ttl must be positive: " + ttl);
    }
    if (waitAtMost.isZero() || waitAtMost.isNegative()) {
      throw new IllegalArgumentException("waitAtMost must be positive: " + waitAtMost);
    }
    if (refreshAfter != null && (refreshAfter.isZero() || refreshAfter.isNegative())) {
      throw new IllegalArgumentException("refreshAfter must be positive: " + refreshAfter);
    }
    if (maximumEntries < 0) {
      throw new IllegalArgumentException(
          "maximumEntries must be positive, or 0 for no limit: " + maximumEntries);
    }
    if (maximumBytes < 0) {
      throw new IllegalArgumentException(
          "maximumBytes must be positive, or 0 for no limit: " + maximumBytes);
    }
  }

  /** The same with another time to live. */
  public CachePolicy withTtl(@Nullable Duration value) {
    return new CachePolicy(value, maximumEntries, maximumBytes, waitAtMost, refreshAfter, sharing);
  }

  /** The same with another bound in entries. */
  public CachePolicy withMaximumEntries(long value) {
    return new CachePolicy(ttl, value, maximumBytes, waitAtMost, refreshAfter, sharing);
  }

  /** The same with another bound in bytes. */
  public CachePolicy withMaximumBytes(long value) {
    return new CachePolicy(ttl, maximumEntries, value, waitAtMost, refreshAfter, sharing);
  }

  /** The same with another bound on waiting. */
  public CachePolicy withWaitAtMost(Duration value) {
    return new CachePolicy(ttl, maximumEntries, maximumBytes, value, refreshAfter, sharing);
  }

  /** The same with entries that are refreshed at another age. */
  public CachePolicy withRefreshAfter(@Nullable Duration value) {
    return new CachePolicy(ttl, maximumEntries, maximumBytes, waitAtMost, value, sharing);
  }

  /** The same with results that travel otherwise. */
  public CachePolicy withSharing(Sharing value) {
    return new CachePolicy(ttl, maximumEntries, maximumBytes, waitAtMost, refreshAfter, value);
  }

  /**
   * Why nothing is refreshed although it was asked for: entries are gone before they are due. For
   * the one who wrote it; {@code null} when there is no such reason.
   */
  public @Nullable String refreshProblem() {
    return refreshAfter == null || ttl == null || refreshAfter.compareTo(ttl) < 0
        ? null
        : "refreshAfter must be shorter than ttl: \""
            + DurationText.format(refreshAfter)
            + "\", and ttl is \""
            + DurationText.format(ttl)
            + "\"; make it shorter, or \"off\"";
  }

  /** At which age entries are refreshed, in nanoseconds; 0 when they are not. */
  public long refreshNanos() {
    return refreshAfter == null || refreshProblem() != null ? 0 : refreshAfter.toNanos();
  }

  /** As an operator reads it: {@code ttl=5m, maximumEntries=10000, ...}. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    for (PolicySetting setting : PolicySetting.values()) {
      if (setting.isAlwaysShown() || !setting.read(this).equals(setting.read(DEFAULT))) {
        all.append(all.isEmpty() ? "" : ", ").append(setting.key()).append('=');
        all.append(setting.read(this));
      }
    }
    return all.toString();
  }
}
