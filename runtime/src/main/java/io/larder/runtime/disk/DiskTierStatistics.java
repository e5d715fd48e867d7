package io.larder.runtime.disk;

import io.larder.runtime.model.TierFigures;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one cache did with the disk since it began, and how long that took in the last minute.
 *
 * @param hits looks that found an entry
 * @param misses the others, each by its reason; every reason is there
 * @param puts entries that were stored
 * @param refusedPuts those outdated already when they were to be stored
 * @param failedPuts those that the disk did not take
 * @param invalidations of keys, and of the whole cache
 * @param notStorable results that have no bytes
 * @param notStorableReason of the last one, for people; {@code null} if there was none
 * @param readP50Nanos half of the looks were faster
 * @param readP99Nanos all but one of a hundred were faster
 * @param writeP50Nanos half of the puts were faster
 * @param writeP99Nanos all but one of a hundred were faster
 */
public record DiskTierStatistics(
    long hits,
    Map<DiskMiss, Long> misses,
    long puts,
    long refusedPuts,
    long failedPuts,
    long invalidations,
    long notStorable,
    @Nullable String notStorableReason,
    long readP50Nanos,
    long readP99Nanos,
    long writeP50Nanos,
    long writeP99Nanos)
    implements TierFigures {

  /** Copies. */
  public DiskTierStatistics {
    misses = Map.copyOf(misses);
  }

  /** Misses of what had expired. */
  public long expired() {
    return misses.getOrDefault(DiskMiss.EXPIRED, 0L);
  }
}
