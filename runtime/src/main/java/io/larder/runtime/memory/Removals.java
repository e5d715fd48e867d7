package io.larder.runtime.memory;

import com.github.benmanes.caffeine.cache.Cache;
import io.larder.runtime.model.Entry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Removes entries of a tier so that whoever removes all of some kind can wait for others. Caffeine
 * marks an entry as dead before it takes it out; iterators pass by those that are marked, while
 * {@code getIfPresent} still finds them, for as long as the thread that removes them does not get
 * to run. Thread-safe.
 */
final class Removals {

  private final Cache<Object, Entry> entries;
  private final Set<Removal> underWay = ConcurrentHashMap.newKeySet();

  /** Each is another, also of the same key. */
  private static final class Removal {
    private final Object key;

    private Removal(Object key) {
      this.key = key;
    }
  }

  Removals(Cache<Object, Entry> entries) {
    this.entries = entries;
  }

  /** Removes an entry; answers whether there was one. */
  boolean remove(Object key) {
    Removal mine = new Removal(key);
    try {
      underWay.add(mine);
      return entries.asMap().remove(key) != null;
    } finally {
      underWay.remove(mine);
    }
  }

  /** Returns when what others have begun to remove or to evict is gone. */
  void await(Predicate<Object> keys) {
    for (Removal other : underWay) {
      if (keys.test(other.key)) {
        remove(other.key); // waits for the other's computation, and is waited for itself
      }
    }
    entries.cleanUp(); // waits for an eviction
  }
}
