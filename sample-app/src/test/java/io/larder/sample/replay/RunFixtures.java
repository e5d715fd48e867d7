package io.larder.sample.replay;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Runs with round figures. */
final class RunFixtures {

  private RunFixtures() {}

  /** Two caches, each of which a thousand calls asked. */
  static Map<String, CacheReading> caches(int quoteHits, int boughtHits) {
    return Map.of(
        "price.quote", new CacheReading(quoteHits, 1_000 - quoteHits, 500),
        "recommendations.also-bought", new CacheReading(boughtHits, 1_000 - boughtHits, 500));
  }

  /** Of a thousand pages, one of which took twice as long. */
  static Run run(String name, int millis, int queries, Map<String, CacheReading> caches) {
    long[] times = new long[1_000];
    Arrays.fill(times, millis * 1_000_000L);
    times[999] *= 2;
    return new Run(
        name,
        new Responses(times, new byte[times.length][], Duration.ofMillis(1_000L * millis)),
        new ServiceReading(queries, queries * 1_000_000L, 0, caches));
  }
}
