package io.larder.runtime.memory;

import com.github.benmanes.caffeine.cache.Ticker;
import io.larder.runtime.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The runtime's coarse clock as Caffeine takes it. A thread that moves entries from another tier
 * sees the time at which each was created, so that it keeps its age.
 */
final class TierTicker implements Ticker {

  private final Clock clock;

  /** Written by that thread, which alone reads {@link #movedNanos}. */
  private volatile @Nullable Thread moving;

  private long movedNanos;

  TierTicker(Clock clock) {
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public long read() {
    return moving != null && moving == Thread.currentThread() ? movedNanos : clock.coarseNanos();
  }

  /** Runs an action with the clock turned back for this thread; one thread at a time. */
  void at(long nanos, Runnable action) {
    movedNanos = nanos;
    moving = Thread.currentThread();
    try {
      action.run();
    } finally {
      moving = null;
    }
  }
}
