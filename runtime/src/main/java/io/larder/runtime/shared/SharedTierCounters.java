package io.larder.runtime.shared;

import io.larder.runtime.stats.LoadTimes;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what one cache does with a shared tier. Thread-safe. */
final class SharedTierCounters {

  final LongAdder hits = new LongAdder();
  final LongAdder puts = new LongAdder();
  final LongAdder refusedPuts = new LongAdder();
  final LongAdder failedPuts = new LongAdder();
  final LongAdder awaitedLoads = new LongAdder();
  final LongAdder invalidations = new LongAdder();
  final EntryProblems problems;
  final LoadTimes reads = new LoadTimes();
  final LoadTimes writes = new LoadTimes();
  private final LongAdder notStorable = new LongAdder();
  private final Map<MissReason, LongAdder> misses = new EnumMap<>(MissReason.class);
  private volatile @Nullable String notStorableReason;

  SharedTierCounters(String cache) {
    this.problems = new EntryProblems(cache);
    for (MissReason reason : MissReason.values()) {
      misses.put(reason, new LongAdder());
    }
  }

  void missed(MissReason reason) {
    LongAdder counter = misses.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void notStorable(@Nullable String reason) {
    notStorable.increment();
    notStorableReason = reason;
    problems.note(EntryProblems.Kind.NOT_STORED, reason);
  }

  SharedTierStatistics snapshot(long nowNanos) {
    long[] readTimes = reads.percentiles(nowNanos, 0.5, 0.99);
    long[] writeTimes = writes.percentiles(nowNanos, 0.5, 0.99);
    Map<MissReason, Long> counted = new EnumMap<>(MissReason.class);
    misses.forEach((reason, counter) -> counted.put(reason, counter.sum()));
    return new SharedTierStatistics(
        hits.sum(),
        counted,
        puts.sum(),
        refusedPuts.sum(),
        failedPuts.sum(),
        awaitedLoads.sum(),
        invalidations.sum(),
        notStorable.sum(),
        notStorableReason,
        problems.last(),
        readTimes[0],
        readTimes[1],
        writeTimes[0],
        writeTimes[1]);
  }
}
