package io.larder.sample;

import io.larder.CacheStatistics;
import io.larder.Larder;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/** What the service measured since it started, as {@code name=value} lines. */
final class ServiceStatistics {

  private final Database database;

  ServiceStatistics(Database database) {
    this.database = database;
  }

  /** Collects garbage first, so that the heap in use is what is really held. */
  String read() {
    Map<String, Object> values = new TreeMap<>();
    values.put("database.queries", database.queryCount());
    values.put("database.nanos", database.queryNanos());
    // Without the agent there are no names.
    for (String name : Larder.cacheNames()) {
      Larder.statistics(name).ifPresent(cache -> putCache(values, "cache." + name + ".", cache));
    }
    System.gc();
    values.put("heap.bytes", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    StringBuilder lines = new StringBuilder();
    values.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    return lines.toString();
  }

  private static void putCache(Map<String, Object> values, String prefix, CacheStatistics cache) {
    values.put(prefix + "hits", cache.hitCount());
    values.put(prefix + "misses", cache.missCount());
    values.put(prefix + "entries", cache.entryCount());
  }
}
