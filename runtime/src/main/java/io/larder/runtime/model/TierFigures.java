package io.larder.runtime.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one cache did with a tier behind memory since it began. */
public interface TierFigures extends Latencies {

  /** Looks that found an entry. */
  long hits();

  /** The others, each by its reason; every reason is there. */
  Map<? extends Enum<?>, Long> misses();

  /** Entries that were stored. */
  long puts();

  /** Those outdated already when they were to be stored. */
  long refusedPuts();

  /** Those that the tier did not take. */
  long failedPuts();

  /** Invalidations of keys, and of the whole cache. */
  long invalidations();

  /** Results that have no bytes. */
  long notStorable();

  /** Why the last of them has none, for people; {@code null} if there was none. */
  @Nullable String notStorableReason();

  /** All misses. */
  default long missCount() {
    return misses().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Results that were to be stored, whatever became of them. */
  default long offered() {
    return puts() + refusedPuts() + failedPuts() + notStorable();
  }
}
