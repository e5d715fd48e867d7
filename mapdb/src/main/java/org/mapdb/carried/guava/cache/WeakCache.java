package org.mapdb.carried.guava.cache;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Holds values weakly, so that it keeps none alive. */
final class WeakCache<K, V> implements Cache<K, V> {

  private final ConcurrentMap<K, Held<K, V>> held = new ConcurrentHashMap<>();
  private final ReferenceQueue<V> gone = new ReferenceQueue<>();

  @Override
  public @Nullable V getIfPresent(Object key) {
    Held<K, V> found = held.get(key);
    return found == null ? null : found.get();
  }

  @Override
  public void put(K key, V value) {
    for (Object cleared = gone.poll(); cleared != null; cleared = gone.poll()) {
      held.values().remove(cleared);
    }
    held.put(key, new Held<>(key, value, gone));
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    ConcurrentMap<K, V> present = new ConcurrentHashMap<>();
    for (Held<K, V> each : held.values()) {
      V value = each.get();
      if (value != null) {
        present.put(each.key, value);
      }
    }
    return present;
  }

  private static final class Held<K, V> extends WeakReference<V> {

    private final K key;

    Held(K key, V value, ReferenceQueue<V> gone) {
      super(value, gone);
      this.key = key;
    }
  }
}
