package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.ReentryGuard;
import io.larder.runtime.coordinator.ResultType;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.stats.HitCounter;
import org.jspecify.annotations.Nullable;

/**
 * What happens at the entry of a cached method, from the key on. A record, because the JIT trusts
 * the fields of records: everything here is a constant of the call site.
 */
record HitPath(MemoryTier memory, HitCounter hits, ResultType type, Cache cache) {

  /** A hit, a ticket, or {@code null} to run the body and forget about it. */
  @Nullable Object enter(Object key) {
    Entry entry = memory.get(key);
    if (entry != null && type.accepts(entry.value)) {
      hits.increment(); // after the lookup: before it, its latency would add to the hit's
      return entry;
    }
    return cache.miss(key, type);
  }

  /**
   * {@link #enter} for keys whose {@code hashCode} and {@code equals} run code of the application.
   */
  @Nullable Object enterGuarded(Object key) {
    if (!ReentryGuard.enter()) {
      return null;
    }
    try {
      return enter(((Key) key).hashed());
    } finally {
      ReentryGuard.exit();
    }
  }
}
