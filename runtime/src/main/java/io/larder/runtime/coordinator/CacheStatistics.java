package io.larder.runtime.coordinator;

import io.larder.runtime.model.TierStatistics;
import io.larder.runtime.stats.CacheCounters;
import java.util.Map;

/** The statistics of a cache by the names that the application's facade knows. */
final class CacheStatistics {

  private CacheStatistics() {}

  /** From what was counted, and what the memory holds. */
  static Map<String, Number> of(CacheCounters counters, TierStatistics held) {
    return Map.ofEntries(
        Map.entry("hits", counters.hits()),
        Map.entry("misses", counters.misses()),
        Map.entry("loads", counters.loads()),
        Map.entry("loadFailures", counters.loadFailures.sum()),
        Map.entry("puts", counters.calls.puts()),
        Map.entry("evictions", held.evictions()),
        Map.entry("expiries", held.expiries()),
        Map.entry("invalidations", counters.invalidations.sum()),
        Map.entry("tagInvalidations", counters.tagInvalidations.sum()),
        Map.entry("updates", counters.updates.sum()),
        Map.entry("coalesced", counters.coalesced.sum()),
        Map.entry("uncached", counters.uncached.sum()),
        Map.entry("refreshes", counters.refreshes.sum()),
        Map.entry("refreshFailures", counters.refreshFailures.sum()),
        Map.entry("refreshesShared", counters.refreshesShared.sum()),
        Map.entry("refreshesDropped", counters.refreshesDropped.sum()),
        Map.entry("entries", held.entries()),
        Map.entry("savedNanos", counters.savedNanos()));
  }
}
