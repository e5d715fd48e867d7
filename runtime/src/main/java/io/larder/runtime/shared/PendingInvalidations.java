package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this JVM invalidated and could not tell Redis yet. What is in here is not read from Redis.
 * Bounded: too many keys of a cache become the whole cache, too many of all become everything.
 * Thread-safe.
 */
final class PendingInvalidations {

  private static final int MOST_KEYS_OF_A_CACHE = 1_000;
  private static final int MOST = 10_000;

  /** One to be replayed; the number tells it from the same, invalidated once more meanwhile. */
  record Pending(Forgotten what, long number) {}

  /** With the number of the last time. Guarded by this. */
  private final Map<Forgotten, Long> waiting = new LinkedHashMap<>();

  /** How many keys each cache has in it. Guarded by this. */
  private final Map<String, Integer> keysOfCaches = new LinkedHashMap<>();

  private long numbers;

  /** Written under the lock; read without it by each look at Redis. */
  private volatile boolean empty = true;

  synchronized void add(Forgotten what) {
    if (waiting.containsKey(Forgotten.all())) {
      put(Forgotten.all());
    } else if (what.kind() == Forgotten.Kind.ALL || waiting.size() >= MOST) {
      waiting.clear();
      keysOfCaches.clear();
      put(Forgotten.all());
    } else if (what.kind() == Forgotten.Kind.KEY) {
      addKey(what);
    } else {
      put(what);
    }
    empty = false;
  }

  private void addKey(Forgotten what) {
    String cache = what.cache();
    Forgotten all = Forgotten.cache(cache);
    if (waiting.containsKey(all)) {
      put(all);
    } else if (put(what) && keysOfCaches.merge(cache, 1, Integer::sum) > MOST_KEYS_OF_A_CACHE) {
      waiting.keySet().removeIf(each -> each.key() != null && each.cache().equals(cache));
      keysOfCaches.remove(cache);
      put(all);
    }
  }

  /** Whether it is new. Called under the lock. */
  private boolean put(Forgotten what) {
    return waiting.put(what, ++numbers) == null;
  }

  /** Those to be replayed now, oldest first. */
  synchronized List<Pending> list(int atMost) {
    List<Pending> list = new ArrayList<>(Math.min(atMost, waiting.size()));
    for (Map.Entry<Forgotten, Long> each : waiting.entrySet()) {
      if (list.size() == atMost) {
        break;
      }
      list.add(new Pending(each.getKey(), each.getValue()));
    }
    return list;
  }

  /** Notes that Redis knows of one, unless the same was invalidated again. */
  synchronized void done(Pending done) {
    if (waiting.remove(done.what(), done.number())) {
      if (done.what().key() != null) {
        keysOfCaches.computeIfPresent(
            done.what().cache(), (cache, keys) -> keys == 1 ? null : keys - 1);
      }
      empty = waiting.isEmpty();
    }
  }

  boolean isEmpty() {
    return empty;
  }

  synchronized int size() {
    return waiting.size();
  }

  /** Whether the entry of a key, whatever its tags, must not be read. */
  boolean covers(String cache, KeyHash key) {
    if (empty) {
      return false;
    }
    synchronized (this) {
      return waiting.containsKey(Forgotten.key(cache, key))
          || waiting.containsKey(Forgotten.cache(cache))
          || waiting.containsKey(Forgotten.all());
    }
  }

  /** Whether entries of a cache with one of these tags must not be read. */
  boolean coversTag(String cache, List<String> tags) {
    if (empty || tags.isEmpty()) {
      return false;
    }
    synchronized (this) {
      return tags.stream()
          .anyMatch(
              tag ->
                  waiting.containsKey(Forgotten.tag(cache, tag))
                      || waiting.containsKey(Forgotten.tag("", tag)));
    }
  }
}
