package com.acme.generated;

import io.larder.CacheStatistics;
import io.larder.Larder;

/** Prints what the tests read. */
final class Say {

  private Say() {}

  static void fact(String name, Object value) {
    System.out.println(name + "=" + value);
  }

  /** Hits and misses of a cache; nothing without Larder. */
  static void statistics(String cache) {
    fact(
        cache + ".statistics",
        Larder.statistics(cache).map(Say::text).orElse("none"));
  }

  private static String text(CacheStatistics statistics) {
    return statistics.hitCount() + " hits, " + statistics.missCount() + " misses";
  }
}
