package org.mapdb.carried.guava.cache;

import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The collections of an open file by their names: what MapDB has a cache of Guava for. Safe for use
 * by any thread.
 *
 * @param <K> the kind of names
 * @param <V> the kind of what is held
 */
public interface Cache<K, V> {

  /**
   * What is held under a name, as long as somebody else holds it too.
   *
   * @param key the name
   * @return the value, or null
   */
  @Nullable V getIfPresent(Object key);

  /**
   * Holds a value in place of what is held under that name.
   *
   * @param key the name
   * @param value the value
   */
  void put(K key, V value);

  /**
   * What is still held, as it is now.
   *
   * @return a copy
   */
  ConcurrentMap<K, V> asMap();
}
