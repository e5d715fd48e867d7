package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.ReentryGuard;
import io.larder.runtime.coordinator.Refresh;
import io.larder.runtime.coordinator.Refreshing;
import io.larder.runtime.coordinator.TagSource;
import io.larder.runtime.memory.Front;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What happens at the entry of a method whose results are refreshed. A record for the same reason
 * as {@link HitPath}.
 *
 * <p>The first call site finds no entry that is due, so that it need not know the arguments, nor
 * whether the thread is one that refreshes. Who comes to the second one is answered with the entry
 * all the same, and has it refreshed; or is that refresh. A front repeats no entry that is due.
 *
 * @param afterNanos the age at which an entry is due
 * @param rerun calls the method once more
 * @param isGuarded whether keys run code of the application
 */
record RefreshPath(
    HitPath behind,
    @Nullable Front front,
    Clock clock,
    long afterNanos,
    Rerun rerun,
    boolean isGuarded,
    boolean isStatic) {

  /** The stored result, if there is one that the method can return, and it is not due. */
  @Nullable Entry hit(Object key) {
    Entry entry = behind.find(key);
    if (entry != null && !isDue(entry)) {
      behind.counts().hit();
      return entry;
    }
    return null;
  }

  /** {@link #hit} for keys whose methods run code of the application. */
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

  private boolean isDue(Entry entry) {
    return clock.coarseNanos() - entry.createdNanos() >= afterNanos;
  }

  /**
   * What follows: a hit to repeat, a hit that is due, a refresh, or a miss.
   *
   * @param all the arguments, with the instance in front, if there is one
   */
  @Nullable Object hitOrMiss(Object key, @Nullable Object[] all) {
    int tick = front == null ? 0 : front.tick(); // first: the answer is right for this time
    Entry entry = isGuarded ? findGuarded((Key) key) : behind.find(key);
    if (entry != null && !isDue(entry)) {
      behind.counts().hit();
      if (front != null) {
        front.repeat(key, entry, tick);
      }
      return entry;
    }
    Refreshing refreshing = behind.cache().refreshing();
    Refresh mine = refreshing.begin(behind.call());
    if (mine != null) {
      return refresh(mine, key, all);
    }
    if (entry == null) {
      return miss(key, all);
    }
    behind.counts().hit();
    refreshing.request(behind.call(), entry, rerun.with(all));
    return entry;
  }

  private @Nullable Entry findGuarded(Key key) {
    boolean[] entered = ReentryGuard.enter();
    if (entered == null) {
      return null;
    }
    try {
      return behind.find(key.hashed());
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  private Object refresh(Refresh mine, Object key, @Nullable Object[] all) {
    TagSource tags = null;
    if (!behind.tagging().isEmpty()) {
      tags = behind.tagging().of(withoutInstance(all));
      if (tags == null) {
        return mine.skip();
      }
    }
    boolean[] entered = ReentryGuard.enter();
    try {
      return mine.enter(isGuarded ? ((Key) key).hashed() : key, behind.type(), tags);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  private @Nullable Object miss(Object key, @Nullable Object[] all) {
    if (behind.tagging().isEmpty()) {
      return isGuarded ? behind.missGuarded(key) : behind.miss(key);
    }
    @Nullable Object[] arguments = withoutInstance(all);
    return isGuarded ? behind.missTaggedGuarded(key, arguments) : behind.missTagged(key, arguments);
  }

  private @Nullable Object[] withoutInstance(@Nullable Object[] all) {
    return isStatic ? all : Arrays.copyOfRange(all, 1, all.length);
  }
}
