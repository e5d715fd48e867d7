package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which keys in memory belong to the bytes by which other JVMs call them. May hold keys that are
 * not in memory any more; never lacks one that is. Thread-safe.
 */
final class SharedKeys {

  /** Below it, nobody looks for what is not in memory any more. */
  private static final int SMALLEST_SWEEP = 1_024;

  private final ConcurrentHashMap<KeyHash, List<Known>> keys = new ConcurrentHashMap<>();

  /** Racy on purpose: a sweep too many does no harm. */
  private volatile int nextSweep = SMALLEST_SWEEP;

  /** A key, by the bytes that tell it from others of its group. */
  private record Known(KeyHash identity, Object key) {}

  /**
   * Notes a key, before it is looked up or loaded.
   *
   * @param isInUse whether a key is in memory, or on the way there
   */
  void add(TierKey tierKey, Object key, Predicate<Object> isInUse) {
    Known known = new Known(tierKey.identity(), key);
    keys.merge(tierKey.group(), List.of(known), SharedKeys::with);
    if (keys.size() > nextSweep) {
      nextSweep = Integer.MAX_VALUE; // one thread is enough
      sweep(isInUse);
      nextSweep = Math.max(SMALLEST_SWEEP, 2 * keys.size());
    }
  }

  private static List<Known> with(List<Known> before, List<Known> more) {
    List<Known> all = new ArrayList<>(more);
    for (Known each : before) {
      if (!each.identity.equals(more.get(0).identity)) {
        all.add(each);
      }
    }
    return List.copyOf(all);
  }

  private void sweep(Predicate<Object> isInUse) {
    for (KeyHash group : keys.keySet()) {
      keys.computeIfPresent(
          group,
          (same, all) -> {
            List<Known> used = all.stream().filter(each -> isInUse.test(each.key)).toList();
            return used.isEmpty() ? null : used;
          });
    }
  }

  /** The keys of a group. */
  List<Object> of(KeyHash group) {
    return keys.getOrDefault(group, List.of()).stream().map(Known::key).toList();
  }
}
