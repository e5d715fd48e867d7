package io.larder.sample.replay;

import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the service has measured of itself.
 *
 * @param queries how many queries it ran
 * @param databaseNanos how long they took together
 * @param heapBytes the heap in use after a garbage collection
 * @param caches by name; empty without the agent
 */
record ServiceReading(
    long queries, long databaseNanos, long heapBytes, Map<String, CacheReading> caches) {

  /** Nothing measured yet. */
  static final ServiceReading NONE = new ServiceReading(0, 0, 0, Map.of());

  private static final String CACHE = "cache.";
  private static final String HITS = ".hits";

  ServiceReading {
    caches = new TreeMap<>(caches);
  }

  /**
   * @param hits calls that the cache answered
   * @param misses calls that it could not
   * @param entries results that it holds
   */
  record CacheReading(long hits, long misses, long entries) {

    double hitRatio() {
      return (double) hits / (hits + misses);
    }

    CacheReading plus(CacheReading other) {
      return new CacheReading(hits + other.hits, misses + other.misses, entries + other.entries);
    }

    CacheReading since(CacheReading before) {
      return new CacheReading(hits - before.hits, misses - before.misses, entries);
    }
  }

  /**
   * Reads the {@code name=value} lines of the service.
   *
   * @throws IOException when a line is missing or is no number
   */
  static ServiceReading parse(String lines) throws IOException {
    Properties values = new Properties();
    values.load(new StringReader(lines));
    Map<String, CacheReading> caches = new TreeMap<>();
    for (String key : values.stringPropertyNames()) {
      if (key.startsWith(CACHE) && key.endsWith(HITS)) {
        String name = key.substring(CACHE.length(), key.length() - HITS.length());
        String prefix = CACHE + name;
        caches.put(
            name,
            new CacheReading(
                number(values, key),
                number(values, prefix + ".misses"),
                number(values, prefix + ".entries")));
      }
    }
    return new ServiceReading(
        number(values, "database.queries"),
        number(values, "database.nanos"),
        number(values, "heap.bytes"),
        caches);
  }

  private static long number(Properties values, String key) throws IOException {
    String value = values.getProperty(key);
    try {
      return Long.parseLong(String.valueOf(value));
    } catch (NumberFormatException wrong) {
      throw new IOException(
          "the service's statistics say " + key + "=" + value + ", which is no number", wrong);
    }
  }

  /** All caches together. */
  CacheReading allCaches() {
    return caches.values().stream().reduce(new CacheReading(0, 0, 0), CacheReading::plus);
  }

  /** What this process and another one measured together. */
  ServiceReading plus(ServiceReading other) {
    Map<String, CacheReading> sums = new TreeMap<>(caches);
    other.caches.forEach((name, cache) -> sums.merge(name, cache, CacheReading::plus));
    return new ServiceReading(
        queries + other.queries,
        databaseNanos + other.databaseNanos,
        heapBytes + other.heapBytes,
        sums);
  }

  /** What happened between an earlier reading and this one. */
  ServiceReading since(ServiceReading before) {
    CacheReading none = new CacheReading(0, 0, 0);
    Map<String, CacheReading> changes = new TreeMap<>();
    caches.forEach(
        (name, now) -> changes.put(name, now.since(before.caches.getOrDefault(name, none))));
    return new ServiceReading(
        queries - before.queries, databaseNanos - before.databaseNanos, heapBytes, changes);
  }
}
