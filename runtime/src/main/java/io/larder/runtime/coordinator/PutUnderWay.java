package io.larder.runtime.coordinator;

import io.larder.runtime.model.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call of a method that puts its result into a cache. Remembers what is forgotten there while
 * the method runs: a result that may be older than an invalidation is not stored, nor one of which
 * another put of the same key cannot be told to be older. Which key it will be need not be known
 * before the end.
 */
public final class PutUnderWay {

  /** Beyond it, everything counts as forgotten. */
  private static final int MOST_REMEMBERED = 1_000;

  private final Thread thread = Thread.currentThread();
  private final TagsMeanwhile tags;

  /** Where the result goes, as it was to when the method began; {@code null} for memory alone. */
  private final @Nullable SlowTiers tiers;

  /** When the method began. */
  private final SlowTiers.Stamp stamp;

  /** Guarded by this. */
  private final List<Predicate<Object>> forgotten = new ArrayList<>();

  /** Where the result goes, once that is known. */
  private volatile @Nullable Object key;

  /** Used by the thread of the call alone. */
  private boolean returned;

  PutUnderWay(TagsMeanwhile tags, @Nullable SlowTiers tiers) {
    this.tags = tags;
    this.tiers = tiers;
    this.stamp = tiers == null ? SlowTiers.Stamp.NONE : tiers.stamp();
  }

  @Nullable SlowTiers tiers() {
    return tiers;
  }

  SlowTiers.Stamp stamp() {
    return stamp;
  }

  /** The method returned: what the same call forgets from now on does not concern its result. */
  public void setReturned() {
    returned = true;
  }

  /**
   * What an entry with these tags descends from. Born now: what was invalidated since the method
   * began is remembered here, and what the same call invalidated is not to outdate it.
   */
  Lineage lineageOf(List<String> names) {
    tags.start();
    return tags.lineageOf(names);
  }

  /** Whether one of the result's tags was invalidated meanwhile. */
  boolean isOutdated() {
    return tags.isOutdated();
  }

  /** The result is about to be stored, if at all, under this key. */
  void setKey(Object value) {
    key = value;
  }

  /** Whether the result is about to be stored under this key. */
  boolean isOf(Object other) {
    Object mine = key;
    return mine != null && mine.equals(other);
  }

  /** Some keys are forgotten, or another result is put there. */
  void forgotten(Predicate<Object> keys) {
    if (isOwn()) {
      return;
    }
    synchronized (this) {
      if (forgotten.size() == MOST_REMEMBERED) {
        forgotten.clear();
        forgotten.add(key -> true);
      } else {
        forgotten.add(keys);
      }
    }
  }

  /** A tag was invalidated. */
  void invalidatedTag(String tag, long stamp) {
    if (!isOwn()) {
      tags.invalidated(tag, stamp);
    }
  }

  private boolean isOwn() {
    return Thread.currentThread() == thread && returned;
  }

  /**
   * Stores the result, unless its key was forgotten meanwhile; who forgets it now waits, and then
   * finds it stored.
   *
   * @return whether it was stored
   */
  synchronized boolean store(Object key, Runnable storing) {
    if (forgotten.stream().anyMatch(keys -> keys.test(key))) {
      return false;
    }
    storing.run();
    return true;
  }
}
