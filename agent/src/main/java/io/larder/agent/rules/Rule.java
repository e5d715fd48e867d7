package io.larder.agent.rules;

import io.larder.runtime.config.MethodRule;

/**
 * One place of the configuration that names methods.
 *
 * @param cacheName the cache under which it stands
 * @param method what it says
 * @param purpose what its methods do with the cache
 * @param origin where it stands, as in {@code larder.yaml:12}
 */
public record Rule(String cacheName, MethodRule method, Purpose purpose, String origin) {

  /** What methods do with a cache. */
  public enum Purpose {
    /** They are cached in it. */
    CACHE("in"),
    /** They make it forget. */
    INVALIDATE("invalidates"),
    /** They put what they return into it. */
    PUT("puts into");

    private final String word;

    Purpose(String word) {
      this.word = word;
    }
  }

  /** Whether its methods invalidate the cache. */
  public boolean invalidates() {
    return purpose == Purpose.INVALIDATE;
  }

  /** What it says, without where: that stays the same when lines are added above it. */
  public String meaning() {
    return String.join(" ", method.pattern().text(), purpose.word, cacheName, method.meaning());
  }
}
