package io.larder.runtime.shared;

import io.larder.runtime.model.TierFigures;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one cache did with a shared tier since it began, and how long that took in the last minute.
 *
 * @param hits looks that found an entry
 * @param misses the others, each by its reason; every reason is there
 * @param puts entries that were stored
 * @param refusedPuts those outdated already when they were to be stored
 * @param failedPuts those that Redis did not take
 * @param awaitedLoads results that another JVM computed while this one waited for them
 * @param invalidations of keys, and of the whole cache
 * @param notStorable results that have no bytes
 * @param notStorableReason of the last one, for people; {@code null} if there was none
 * @param lastProblem why a result did not get to Redis or back the last time, for people; {@code
 *     null} if all did
 * @param readP50Nanos half of the looks were faster
 * @param readP99Nanos all but one of a hundred were faster
 * @param writeP50Nanos half of the puts were faster
 * @param writeP99Nanos all but one of a hundred were faster
 */
public record SharedTierStatistics(
    long hits,
    Map<MissReason, Long> misses,
    long puts,
    long refusedPuts,
    long failedPuts,
    long awaitedLoads,
    long invalidations,
    long notStorable,
    @Nullable String notStorableReason,
    @Nullable String lastProblem,
    long readP50Nanos,
    long readP99Nanos,
    long writeP50Nanos,
    long writeP99Nanos)
    implements TierFigures {

  /** Copies. */
  public SharedTierStatistics {
    misses = Map.copyOf(misses);
  }

  /** Misses of what had expired; Redis mostly drops that first. */
  long expired() {
    return misses.getOrDefault(MissReason.EXPIRED, 0L);
  }
}
