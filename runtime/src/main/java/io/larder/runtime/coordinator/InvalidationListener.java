package io.larder.runtime.coordinator;

import io.larder.runtime.model.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Is told what the application or an operator asked of caches, so that it can be passed on to other
 * JVMs: on the thread that asked, and before it is forgotten in this one, where it could otherwise
 * come back from a slower tier. Not told are evictions and expiries, what was passed on from
 * elsewhere, and what Larder forgets for reasons of its own.
 *
 * <p>Caches go by their names: of the one that is meant there may be several here, one for each
 * class loader, or none yet. Must not throw; what it throws counts as a problem of the cache.
 */
public interface InvalidationListener {

  /**
   * The result of one key was forgotten.
   *
   * @param arguments those that make the key, in order
   */
  void invalidatedKey(String cacheName, @Nullable Object... arguments);

  /** All of a cache was forgotten. */
  void invalidatedAll(String cacheName);

  /** All of all caches was forgotten; of those that are here it is told each by each. */
  void invalidatedEverything();

  /**
   * What has a tag was forgotten.
   *
   * @param cacheName in this cache; empty for all caches
   */
  void invalidatedTag(String cacheName, String tag);

  /**
   * The result of a method that puts was stored.
   *
   * @param call the cached method whose result it is
   * @param key under which it is stored
   * @param tiers that are to have it; {@code null} if it is to stay in this JVM's memory
   * @param stamp theirs, from before the method ran
   * @param arguments those that make the key, in order
   */
  void put(
      String cacheName,
      CachedCall call,
      Object key,
      Entry entry,
      @Nullable SlowTiers tiers,
      SlowTiers.Stamp stamp,
      @Nullable Object... arguments);
}
