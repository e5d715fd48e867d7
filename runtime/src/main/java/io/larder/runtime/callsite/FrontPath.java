package io.larder.runtime.callsite;

import io.larder.bootstrap.LarderHit;
import io.larder.runtime.memory.Front;
import io.larder.runtime.model.Entry;
import io.larder.runtime.stats.CallCounts;
import org.jspecify.annotations.Nullable;

/**
 * What happens at the entry of a method that has a front: that is asked first, and what stands
 * behind it only by who finds nothing there. A record for the same reason as {@link HitPath}.
 */
record FrontPath(Front front, CallCounts counts, HitPath behind) {

  /**
   * What was a hit a moment ago already. The key is not kept, so that the JIT need not make it.
   *
   * @param key immutable, with {@code equals} and {@code hashCode} of the JDK or our own
   */
  @Nullable LarderHit hit(Object key) {
    LarderHit repeated = front.get(key);
    if (repeated != null) {
      counts.hit();
    }
    return repeated;
  }

  /** What follows when there was none: a hit to repeat, or a miss. */
  @Nullable Object hitOrMiss(Object key) {
    int tick = front.tick(); // first: the answer is right for this time
    Entry entry = behind.hit(key);
    if (entry == null) {
      return behind.miss(key);
    }
    front.repeat(key, entry, tick);
    return entry;
  }

  /** {@link #hitOrMiss} for results that have tags; see {@link HitPath#missTagged}. */
  @Nullable Object hitOrMissTagged(Object key, @Nullable Object[] arguments) {
    int tick = front.tick(); // as above
    Entry entry = behind.hitTagged(key);
    if (entry == null) {
      return behind.missTagged(key, arguments);
    }
    front.repeat(key, entry, tick);
    return entry;
  }
}
