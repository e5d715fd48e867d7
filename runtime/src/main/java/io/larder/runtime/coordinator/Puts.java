package io.larder.runtime.coordinator;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.model.Lineage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The calls under way that put their results into one cache. Thread-safe. */
final class Puts {

  private final Cache cache;
  private final Set<PutUnderWay> underWay = ConcurrentHashMap.newKeySet();

  Puts(Cache cache) {
    this.cache = cache;
  }

  /** A method that puts begins. */
  PutUnderWay begin() {
    PutUnderWay put = new PutUnderWay(new TagsMeanwhile(cache.tags()), cache.slowTiers());
    underWay.add(put);
    return put;
  }

  /** The method ended, and its result was stored or not. */
  void end(PutUnderWay put) {
    underWay.remove(put);
  }

  /** Whether a result is about to be stored under this key. */
  boolean isUnderWay(Object key) {
    for (PutUnderWay put : underWay) {
      if (put.isOf(key)) {
        return true;
      }
    }
    return false;
  }

  /** Keys are forgotten: what the methods return now is not stored there. */
  void forgotten(Predicate<Object> keys) {
    for (PutUnderWay put : underWay) {
      put.forgotten(keys);
    }
  }

  /** A tag was invalidated. */
  void invalidatedTag(String tag, long stamp) {
    for (PutUnderWay put : underWay) {
      put.invalidatedTag(tag, stamp);
    }
  }

  /** Stores a result and has it passed on; see {@link Cache#put}. */
  boolean put(
      PutUnderWay put, PutPlace place, @Nullable Object value, @Nullable Object... arguments) {
    Entry stored = store(put, place, value);
    String name = cache.name();
    boolean wasTold =
        cache
            .invalidations()
            .tell(
                told -> {
                  if (stored == null) {
                    told.invalidatedKey(name, arguments);
                  } else {
                    told.put(
                        name,
                        place.call(),
                        place.key(),
                        stored,
                        put.tiers(),
                        put.stamp(),
                        arguments);
                  }
                });
    if (wasTold && stored != null) {
      forgetOlder(place, stored);
    }
    return stored != null;
  }

  /**
   * Until the slower tiers knew of a result, what they had before could come back to memory, if the
   * result was evicted there so soon.
   */
  @SuppressWarnings("ReferenceEquality") // this very entry
  private void forgetOlder(PutPlace place, Entry stored) {
    Object key = place.key() instanceof Key made ? made.detach(cache) : place.key();
    boolean[] entered = ReentryGuard.enter();
    try {
      if (cache.memory().get(key) != stored) {
        cache.invalidations().forgetKey(key);
      }
    } catch (Throwable problem) { // of the key's equals
      cache.startAfresh(problem);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /**
   * Stores a result in place of what is there or is being loaded.
   *
   * @return what was stored; {@code null} when it was not to be: the key is then forgotten
   */
  private @Nullable Entry store(PutUnderWay put, PutPlace place, @Nullable Object value) {
    Object key = place.key() instanceof Key made ? made.detach(cache) : place.key();
    Entry entry = entryOf(put, place, value);
    put.setKey(key);
    boolean[] entered = ReentryGuard.enter();
    try {
      TierKey tierKey = place.call().tierKey(key);
      if (tierKey != null) { // so that what others invalidate is found
        cache.invalidations().noteShared(tierKey, key);
      }
      for (PutUnderWay other : underWay) {
        if (other != put) {
          other.forgotten(key::equals); // of two that overlap nobody knows which is newer
        }
      }
      cache.flights().forget(key);
      if (entry != null && put.store(key, () -> cache.held().store(key, entry))) {
        cache.counters().updates.increment();
        return entry;
      }
    } catch (Throwable problem) { // the application has its result and must not see this
      cache.problem(problem);
    } finally {
      ReentryGuard.exit(entered);
    }
    cache.invalidations().forgetKey(key);
    return null;
  }

  private @Nullable Entry entryOf(PutUnderWay put, PutPlace place, @Nullable Object value) {
    if (!cache.isServing() || !place.type().accepts(value) || place.type().unless().test(value)) {
      return null;
    }
    TagSource tags = place.tags();
    Lineage lineage = null;
    if (tags != null) {
      List<String> names = tags.tags(value);
      if (names == null) {
        return null;
      }
      lineage = put.lineageOf(names);
      if (put.isOutdated()) {
        return null;
      }
    }
    return cache.held().entryOf(value, cache.clock().coarseNanos(), /* loadNanos= */ 0, lineage);
  }
}
