package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.ReentryGuard;
import io.larder.runtime.coordinator.ResultType;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.stats.CallCounts;
import org.jspecify.annotations.Nullable;

/**
 * What happens at the entry of a cached method, from the key on. A record, because the JIT trusts
 * the fields of records: everything here is a constant of the call site.
 */
record HitPath(
    MemoryTier memory, CallCounts counts, ResultType type, Cache cache, CachedCall call) {

  /** The stored result, if there is one that the method can return. */
  @Nullable Entry hit(Object key) {
    Entry entry = memory.get(key);
    if (entry != null && (entry.isCheckedFor(type) || check(entry))) {
      counts.hit(); // after the lookup: before it, its latency would add to the hit's
      return entry;
    }
    return null;
  }

  /**
   * {@link #hit} for keys whose {@code hashCode} and {@code equals} run code of the application.
   */
  @Nullable Entry hitGuarded(Object key) {
    boolean[] entered = ReentryGuard.enter();
    if (entered == null) {
      return null;
    }
    try {
      return hit(((Key) key).hashed());
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** What follows when there was no hit; see {@link Cache#miss}. */
  @Nullable Object miss(Object key) {
    return cache.miss(key, type, call);
  }

  /**
   * {@link #miss} for keys whose {@code hashCode} and {@code equals} run code of the application.
   */
  @Nullable Object missGuarded(Object key) {
    boolean[] entered = ReentryGuard.enter();
    if (entered == null) {
      cache.reentered();
      return null;
    }
    try {
      return miss(((Key) key).hashed());
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  private boolean check(Entry entry) {
    boolean accepted = type.accepts(entry.value);
    if (accepted) {
      entry.setCheckedFor(type);
    }
    return accepted;
  }
}
