package io.larder.runtime.management;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.model.TierStatistics;
import io.larder.runtime.policy.CachePolicy;
import org.jspecify.annotations.Nullable;

/** What a cache's MBean shows, read at one moment. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CacheSnapshot(
    String name,
    boolean enabled,
    boolean serving,
    CachePolicy policy,
    String[] methods,
    long hits,
    long misses,
    long loads,
    long loadFailures,
    long puts,
    long updates,
    long invalidations,
    long tagInvalidations,
    long coalesced,
    long refreshes,
    long refreshFailures,
    long refreshesShared,
    long refreshesDropped,
    long uncached,
    long problems,
    TierStatistics memory,
    double loadMeanMillis,
    double loadP50Millis,
    double loadP95Millis,
    double loadP99Millis,
    long savedNanos,
    @Nullable String lastError) {

  static CacheSnapshot of(Cache cache) {
    var counters = cache.counters();
    long[] loads = counters.loadTimes.percentiles(cache.clock().nanos(), 0.5, 0.95, 0.99);
    return new CacheSnapshot(
        cache.name(),
        cache.isEnabled(),
        cache.isServing(),
        cache.policy(),
        cache.calls().stream().map(CachedCall::signature).toArray(String[]::new),
        counters.hits(),
        counters.misses(),
        counters.loads(),
        counters.loadFailures.sum(),
        counters.calls.puts(),
        counters.updates.sum(),
        counters.invalidations.sum(),
        counters.tagInvalidations.sum(),
        counters.coalesced.sum(),
        counters.refreshes.sum(),
        counters.refreshFailures.sum(),
        counters.refreshesShared.sum(),
        counters.refreshesDropped.sum(),
        counters.uncached.sum(),
        counters.problems.sum(),
        cache.memory().statistics(),
        millis(counters.calls.meanLoadNanos()),
        millis((double) loads[0]),
        millis((double) loads[1]),
        millis((double) loads[2]),
        counters.savedNanos(),
        cache.lastProblem());
  }

  double hitRatio() {
    return ratio(hits, misses);
  }

  static double ratio(long hits, long misses) {
    return hits + misses == 0
        ? Double.NaN
        : Math.round(10_000.0 * hits / (hits + misses)) / 10_000.0;
  }

  private static double millis(double nanos) {
    return Math.round(nanos / 1_000) / 1_000.0;
  }

  String summary() {
    return (serving ? "hit ratio " + hitRatio() : "OFF, hit ratio until then " + hitRatio())
        + ", "
        + memory.entries()
        + (policy.maximumEntries() == 0
            ? " entries"
            : " of " + policy.maximumEntries() + " entries")
        + ", saved "
        + Math.round(savedNanos / 1e9)
        + " s";
  }
}
