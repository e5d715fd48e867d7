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
 * @param sharing how far its results travel
 */
public record CachePolicy(
    @Nullable Duration ttl,
    long maximumEntries,
    long maximumBytes,
    Duration waitAtMost,
    Sharing sharing) {

  /** What holds where nothing is said: nothing is kept for ever or without limit by accident. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(Duration.ofMinutes(5), 10_000, 0, Duration.ofSeconds(5));

  /** A policy whose results travel as far as they do by default. */
  public CachePolicy(
      @Nullable Duration ttl, long maximumEntries, long maximumBytes, Duration waitAtMost) {
    this(ttl, maximumEntries, maximumBytes, waitAtMost, Sharing.DEFAULT);
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
    return new CachePolicy(value, maximumEntries, maximumBytes, waitAtMost, sharing);
  }

  /** The same with another bound in entries. */
  public CachePolicy withMaximumEntries(long value) {
    return new CachePolicy(ttl, value, maximumBytes, waitAtMost, sharing);
  }

  /** The same with another bound in bytes. */
  public CachePolicy withMaximumBytes(long value) {
    return new CachePolicy(ttl, maximumEntries, value, waitAtMost, sharing);
  }

  /** The same with another bound on waiting. */
  public CachePolicy withWaitAtMost(Duration value) {
    return new CachePolicy(ttl, maximumEntries, maximumBytes, value, sharing);
  }

  /** The same with results that travel otherwise. */
  public CachePolicy withSharing(Sharing value) {
    return new CachePolicy(ttl, maximumEntries, maximumBytes, waitAtMost, value);
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
