package io.larder.runtime.coordinator;

import io.larder.runtime.model.Lineage;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tags of one call that is under way, and which tags were invalidated meanwhile. A tag that no
 * entry has is not in the table, so that its invalidation has to be remembered here, where it
 * concerns somebody; for how long is clear, too.
 *
 * <p>Whoever invalidates notes it here first, then takes a number from the clock, then outdates the
 * tag in the table; whoever stores takes the tags from the table first and then looks here: one of
 * the two sees the other. Thread-safe.
 */
final class TagsMeanwhile {

  private static final long NEVER = Long.MAX_VALUE;

  private final TagTable table;

  /** The number of the last invalidation when the call began. */
  private long bornAt;

  /** The first invalidation of each tag; made when there is one. Written under this. */
  private volatile @Nullable ConcurrentHashMap<String, Long> invalidated;

  /** Set when the call has its result. */
  private @Nullable Lineage lineage;

  TagsMeanwhile(TagTable table) {
    this.table = table;
  }

  /** The method is about to run: what is invalidated from now on may outdate its result. */
  void start() {
    bornAt = table.now();
  }

  /**
   * A tag is being invalidated.
   *
   * @param stamp not above the number that the invalidation gets, which it gets after this
   */
  void invalidated(String tag, long stamp) {
    ConcurrentHashMap<String, Long> map = invalidated;
    if (map == null) {
      synchronized (this) {
        map = invalidated;
        if (map == null) {
          map = new ConcurrentHashMap<>();
          invalidated = map;
        }
      }
    }
    map.putIfAbsent(tag, stamp);
  }

  /** What an entry with the call's result descends from, when that has these tags. */
  Lineage lineageOf(List<String> tags) {
    Lineage made = new Lineage(table.intern(tags), bornAt, /* stamp= */ 0);
    lineage = made;
    return made;
  }

  /** Whether an invalidation came that outdates the result. */
  boolean isOutdated() {
    return outdatedAt() != NEVER;
  }

  /**
   * Whether the result may be given to a caller; {@code false} when it was outdated already as the
   * caller came.
   *
   * @param joinedAt the number of the last invalidation when he did
   */
  boolean isFreshFor(long joinedAt) {
    return outdatedAt() > joinedAt;
  }

  private long outdatedAt() {
    ConcurrentHashMap<String, Long> map = invalidated;
    if (map == null) {
      return NEVER;
    }
    Lineage known = lineage;
    return known == null // it has no result, or one whose tags could not be read
        ? map.values().stream().mapToLong(Long::longValue).min().orElse(NEVER)
        : known.tags().stream()
            .mapToLong(tag -> map.getOrDefault(tag.name(), NEVER))
            .min()
            .orElse(NEVER);
  }
}
