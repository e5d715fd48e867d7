package io.larder.runtime.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where entries are kept. All methods may be called from any thread; a key is never {@code
 * null}. What a tier answers after {@link #remove} or {@link #clear} returned does not hold what
 * was removed.
 */
public interface Tier {

  /** What the tier is called in statistics and JMX: {@code memory}, {@code redis}, {@code disk}. */
  String name();

  /** The entry stored under the key, unless it expired. */
  @Nullable Entry get(Object key);

  /** Stores an entry in place of the one before. */
  void put(Object key, Entry entry);

  /** Whether there was something to remove. */
  boolean remove(Object key);

  /** Removes all entries and answers how many there were; -1 if the tier cannot know. */
  long clear();

  /** {@link #get} for several keys; those without an entry are absent from the answer. */
  default Map<Object, Entry> getAll(Collection<?> keys) {
    Map<Object, Entry> found = new HashMap<>();
    for (Object key : keys) {
      Entry entry = get(key);
      if (entry != null) {
        found.put(key, entry);
      }
    }
    return found;
  }

  /** {@link #put} for several entries. */
  default void putAll(Map<?, Entry> entries) {
    entries.forEach(this::put);
  }

  /** {@link #remove} for several keys; answers how many there were. */
  default long removeAll(Collection<?> keys) {
    return keys.stream().filter(this::remove).count();
  }

  /** Whether the tier can be used now. */
  Health health();

  /** What the tier holds now. */
  TierStatistics statistics();
}
