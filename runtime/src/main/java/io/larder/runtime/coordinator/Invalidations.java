package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.model.Key;
import io.larder.runtime.model.Tag;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is forgotten of one cache: in memory, of loads and puts under way, and through who passes it
 * on in slower tiers and other JVMs. Thread-safe.
 */
final class Invalidations {

  private final Cache cache;
  private final CacheMemory memory;
  private final SingleFlight singleFlight;
  private final Puts puts;
  private final SharedKeys sharedKeys = new SharedKeys();

  /** Whether slower tiers may have results of this one, now or from before. Never taken back. */
  private volatile boolean wasShared;

  /**
   * Whether other JVMs may, as far as this JVM knows: one before it may have shared them, too.
   * Never taken back either.
   */
  private volatile boolean reachedOthers;

  /** Is told what the application asks. */
  private volatile @Nullable InvalidationListener listener;

  Invalidations(Cache cache, CacheMemory memory, SingleFlight singleFlight, Puts puts) {
    this.cache = cache;
    this.memory = memory;
    this.singleFlight = singleFlight;
    this.puts = puts;
  }

  /** Sets who is told what the application asks; {@code null} for nobody. */
  void setListener(@Nullable InvalidationListener value) {
    listener = value;
  }

  /** Slower tiers may have results of this one from now on. */
  void setShared(boolean withOthers) {
    reachedOthers |= withOthers;
    wasShared = true;
  }

  /** Whether other JVMs may have results of this one, now or from before. */
  boolean reachedOthers() {
    return reachedOthers;
  }

  /**
   * Has all be forgotten that other JVMs may have: a JVM before this one may have shared it, and
   * what was invalidated since then was not passed on. Before anything is looked up there.
   */
  void beginAnew() {
    tell(others -> others.invalidatedAll(cache.name()));
  }

  /** Tells who passes it on, if anybody does; answers whether somebody was told. */
  boolean tell(Consumer<InvalidationListener> event) {
    InvalidationListener told = listener;
    if (told == null || !wasShared) {
      return false;
    }
    try {
      event.accept(told);
    } catch (Throwable problem) { // the application must not see this
      cache.problem(problem);
    }
    return true;
  }

  /** Notes by which bytes other JVMs call a key that is about to be looked up or loaded. */
  void noteShared(TierKey tierKey, Object key) {
    sharedKeys.add(tierKey, key, this::isInUse);
  }

  /** By which bytes other tiers tell keys apart, as far as that was noted; in their order. */
  List<KeyHash> identitiesOf(List<?> keys) {
    boolean[] entered = ReentryGuard.enter();
    try {
      return sharedKeys.identitiesOf(keys);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** In this order: what ends meanwhile is in memory then. */
  private boolean isInUse(Object key) {
    return puts.isUnderWay(key) || singleFlight.isUnderWay(key) || memory.contains(key);
  }

  /** See {@link Cache#invalidate}. */
  long invalidate(@Nullable Object... arguments) {
    long forgotten = applyRemote(arguments);
    boolean told = tell(others -> others.invalidatedKey(cache.name(), arguments));
    // Again: meanwhile it could come back from a slower tier.
    return told ? forgotten + applyRemote(arguments) : forgotten;
  }

  /** See {@link Cache#applyRemoteInvalidation}. */
  long applyRemote(@Nullable Object... arguments) {
    boolean[] entered = ReentryGuard.enter();
    try {
      long forgotten = 0;
      for (CachedCall call : cache.calls()) {
        Object key = call.keyOf(arguments);
        if (key instanceof InstanceKey any) {
          forgotten += forgetKeys(stored -> isSameCall(any, stored));
        } else if (key != null) {
          forgotten += forget(key) ? 1 : 0;
        }
      }
      cache.counters().invalidations.add(forgotten);
      return forgotten;
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  private static boolean isSameCall(InstanceKey any, Object key) {
    return key.getClass() == any.getClass() && any.sameArguments((Key) key);
  }

  /** Forgets in memory what another JVM invalidated. */
  void forgetGroup(KeyHash group) {
    boolean[] entered = ReentryGuard.enter();
    try {
      long forgotten = 0;
      for (Object key : sharedKeys.of(group)) {
        forgotten += forget(key) ? 1 : 0;
      }
      cache.counters().invalidations.add(forgotten);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  private boolean forget(Object key) {
    try {
      puts.forgotten(key::equals);
      singleFlight.forget(key);
      return memory.remove(key);
    } catch (Throwable problem) {
      return cache.startAfresh(problem) > 0;
    }
  }

  /** Forgets what is stored or loaded under a key. */
  void forgetKey(Object key) {
    boolean[] entered = ReentryGuard.enter();
    try {
      forget(key);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** As {@link #forgetKey} for all keys that pass; answers how many entries there were. */
  long forgetKeys(Predicate<Object> keys) {
    boolean[] entered = ReentryGuard.enter();
    try {
      puts.forgotten(keys);
      singleFlight.forgetKeys(keys);
      return memory.removeKeys(keys);
    } catch (Throwable problem) {
      return cache.startAfresh(problem);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** See {@link Cache#invalidateAll}. */
  long invalidateAll() {
    long forgotten = applyRemoteOfAll();
    boolean told = tell(others -> others.invalidatedAll(cache.name()));
    return told ? forgotten + applyRemoteOfAll() : forgotten; // again, as above
  }

  /** See {@link Cache#applyRemoteInvalidationOfAll}. */
  long applyRemoteOfAll() {
    long forgotten = forgetKeys(key -> true);
    cache.counters().invalidations.add(forgotten);
    return forgotten;
  }

  /** See {@link Cache#invalidateTag}. */
  boolean invalidateTag(String tag) {
    tell(told -> told.invalidatedTag(cache.name(), tag));
    return applyRemoteTag(tag);
  }

  /** See {@link Cache#applyRemoteTagInvalidation}. */
  boolean applyRemoteTag(String tag) {
    boolean[] entered = ReentryGuard.enter();
    try {
      long earliest = cache.tags().now() + 1;
      puts.invalidatedTag(tag, earliest);
      singleFlight.invalidatedTag(tag, earliest);
    } catch (Throwable problem) { // of a key's equals
      return cache.startAfresh(problem) > 0;
    } finally {
      ReentryGuard.exit(entered);
    }
    long stamp = cache.tags().next();
    Tag known = cache.tags().find(tag);
    if (known == null) {
      return false;
    }
    known.invalidate(stamp);
    memory.clearFronts();
    cache.counters().tagInvalidations.increment();
    return true;
  }
}
