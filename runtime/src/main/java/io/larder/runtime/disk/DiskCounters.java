package io.larder.runtime.disk;

import io.larder.runtime.logging.Log;
import io.larder.runtime.stats.LoadTimes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Counts what one cache does with the disk. Thread-safe. */
final class DiskCounters {

  private static final Logger logger = Log.logger(DiskCounters.class);

  /** More reasons than these are shown, but not written to the log. */
  private static final int MOST_SAID = 50;

  final LongAdder hits = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder refusedPuts = new LongAdder();
  final LongAdder failedPuts = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final LoadTimes reads = new LoadTimes();
  final LoadTimes writes = new LoadTimes();
  private final String cache;
  private final LongAdder notStorable = new LongAdder();
  private final Map<DiskMiss, LongAdder> misses = new EnumMap<>(DiskMiss.class);
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String notStorableReason;

  DiskCounters(String cache) {
    this.cache = cache;
    for (DiskMiss reason : DiskMiss.values()) {
      misses.put(reason, new LongAdder());
    }
  }

  void missed(DiskMiss reason) {
    LongAdder counter = misses.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void notStorable(String reason) {
    notStorable.increment();
    notStorableReason = reason;
    if (!said.contains(reason) && said.size() < MOST_SAID && said.add(reason)) {
      logger.warn("Cache \"{}\": a result is not stored on disk: {}", cache, reason);
    }
  }

  DiskTierStatistics snapshot(long nowNanos) {
    long[] readTimes = reads.percentiles(nowNanos, 0.5, 0.99);
    long[] writeTimes = writes.percentiles(nowNanos, 0.5, 0.99);
    Map<DiskMiss, Long> counted = new EnumMap<>(DiskMiss.class);
    misses.forEach((reason, counter) -> counted.put(reason, counter.sum()));
    return new DiskTierStatistics(
        hits.sum(),
        counted,
        puts.sum(),
        refusedPuts.sum(),
        failedPuts.sum(),
        invalidations.sum(),
        notStorable.sum(),
        notStorableReason,
        readTimes[0],
        readTimes[1],
        writeTimes[0],
        writeTimes[1]);
  }
}
