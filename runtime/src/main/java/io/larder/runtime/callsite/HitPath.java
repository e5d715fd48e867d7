package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.ReentryGuard;
import io.larder.runtime.coordinator.ResultType;
import io.larder.runtime.coordinator.TagSource;
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
    MemoryTier memory,
    CallCounts counts,
    ResultType type,
    Cache cache,
    CachedCall call,
    Tagging tagging) {

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

  /** {@link #hit} for results that have tags. */
  @Nullable Entry hitTagged(Object key) {
    Entry entry = memory.get(key);
    if (entry != null && entry.isAlive() && (entry.isCheckedFor(type) || check(entry))) {
      counts.hit();
      return entry;
    }
    return null;
  }

  /** {@link #hitTagged} for keys whose methods run code of the application. */
  @Nullable Entry hitTaggedGuarded(Object key) {
    boolean[] entered = ReentryGuard.enter();
    if (entered == null) {
      return null;
    }
    try {
      return hitTagged(((Key) key).hashed());
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** As {@link #hitTagged}, but counts nothing: who finds it may yet have something else to do. */
  @Nullable Entry find(Object key) {
    Entry entry = memory.get(key);
    return entry != null && entry.isAlive() && (entry.isCheckedFor(type) || check(entry))
        ? entry
        : null;
  }

  /** What follows when there was no hit; see {@link Cache#miss}. */
  @Nullable Object miss(Object key) {
    return cache.miss(key, type, call, /* tags= */ null);
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

  /**
   * {@link #miss} for results that have tags.
   *
   * @param arguments those of the method, without the instance
   */
  @Nullable Object missTagged(Object key, @Nullable Object[] arguments) {
    TagSource tags = tagging.of(arguments);
    return tags == null ? cache.missUncached() : cache.miss(key, type, call, tags);
  }

  /** {@link #missTagged} for keys whose methods run code of the application. */
  @Nullable Object missTaggedGuarded(Object key, @Nullable Object[] arguments) {
    TagSource tags = tagging.of(arguments); // before the guard: its getters are no part of the key
    if (tags == null) {
      return cache.missUncached();
    }
    boolean[] entered = ReentryGuard.enter();
    if (entered == null) {
      cache.reentered();
      return null;
    }
    try {
      return cache.miss(((Key) key).hashed(), type, call, tags);
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
