package io.larder.sample.replay;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.util.List;

/** The table at the end of the demo: without and with Larder. */
final class Report {

  private Report() {}

  /** The table of a run without and a run with Larder, over the same requests. */
  static String of(Run without, Run with) {
    return new RunTable(List.of(without, with))
        .head("")
        .pagesPerSecond()
        .responseTime("response time p50", 50)
        .responseTime("response time p99", 99)
        .databaseTime()
        .databaseTimeOfAPage()
        .databaseQueries()
        .heap()
        .rule()
        .text(caches(with.service()))
        .rule()
        .toString();
  }

  private static String caches(ServiceReading service) {
    StringBuilder text =
        new StringBuilder(
            RunTable.format(
                "  %-32s %10s %10s %9s %9s%n", "cache", "hit ratio", "hits", "misses", "entries"));
    service.caches().forEach((name, cache) -> text.append(cache(name, cache)));
    return text.append(cache("all", service.allCaches())).toString();
  }

  private static String cache(String name, CacheReading cache) {
    return RunTable.format(
        "  %-32s %10s %,10d %,9d %,9d%n",
        name,
        RunTable.format("%.1f %%", 100 * cache.hitRatio()),
        cache.hits(),
        cache.misses(),
        cache.entries());
  }
}
