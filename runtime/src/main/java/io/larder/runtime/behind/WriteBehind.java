package io.larder.runtime.behind;

import io.larder.runtime.behind.Waiting.Place;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Tier;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Entries on their way to slow tiers, written by one thread in batches. Of a key only the newest is
 * written. What is queued is lost when the JVM crashes, and what finds the queue full, of entries
 * or of bytes, is dropped: both cost another load, never a wrong value. Thread-safe.
 */
public final class WriteBehind implements AutoCloseable {

  private static final Logger logger = Log.logger(WriteBehind.class);
  private static final int BATCH = 100;

  private final ToLongFunction<Entry> size;
  private final Duration flushAtMost;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, as all that follows. */
  private final Waiting waiting;

  private @Nullable Thread writer;
  private boolean closed;

  /**
   * An empty queue; its thread starts with the first entry.
   *
   * @param capacity how many entries wait at most
   * @param mostBytes how much heap all that wait may take; one alone may take more
   * @param size how much an entry takes, about; must be quick and does not throw
   * @param flushAtMost how long {@link #close} waits for them
   */
  public WriteBehind(
      int capacity, long mostBytes, ToLongFunction<Entry> size, Duration flushAtMost, Clock clock) {
    if (capacity < 1) {
      throw new IllegalArgumentException("the queue must hold at least one entry: " + capacity);
    }
    this.waiting = new Waiting(capacity, mostBytes);
    this.size = size;
    this.flushAtMost = flushAtMost;
    this.clock = clock;
  }

  /** A tier that is written to behind the caller's back. */
  public Tier over(Tier slow) {
    return new WriteBehindTier(slow, this);
  }

  void put(Tier tier, Object key, Entry entry) {
    Place place = new Place(tier, key);
    long bytes = size.applyAsLong(entry);
    lock.lock();
    try {
      if (closed) {
        waiting.drop();
      } else if (waiting.offer(place, entry, bytes, clock.nanos())) {
        startIfEnded();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Only with the lock. */
  private void startIfEnded() {
    if (writer == null) {
      Thread thread = DaemonThreads.newThread("write", this::run);
      thread.start();
      writer = thread; // not before: if it could not start, the next entry tries again
    }
  }

  /** Has an entry never arrive, or be removed again if it is arriving. */
  void forget(Tier tier, Object key) {
    Place place = new Place(tier, key);
    lock.lock();
    try {
      waiting.forget(place);
    } finally {
      lock.unlock();
    }
  }

  /** {@link #forget} for all of a tier. */
  void forgetAll(Tier tier) {
    lock.lock();
    try {
      waiting.forgetAll(tier);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      writeAll();
    } catch (Throwable noMemory) {
      // What was in hand is counted as dropped; a word about it takes memory as well.
    } finally {
      ended();
    }
  }

  private void ended() {
    lock.lock();
    try {
      writer = null;
      waiting.dropTaken();
      changed.signalAll();
      if (waiting.queued() > 0) {
        startIfEnded();
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeAll() {
    Map<Tier, Map<Object, Entry>> batches = take();
    while (!batches.isEmpty()) {
      batches.forEach(this::write);
      batches.clear(); // while it waits for more, what is written must not be held
      finish();
      batches = take();
    }
  }

  /** Takes the next entries; none if none will come. */
  private Map<Tier, Map<Object, Entry>> take() {
    lock.lock();
    try {
      while (waiting.queued() == 0 && !closed) {
        changed.awaitUninterruptibly();
      }
      return waiting.take(BATCH);
    } finally {
      lock.unlock();
    }
  }

  /** Errors too: one of a class of the application must not end it for all. */
  private void write(Tier tier, Map<Object, Entry> batch) {
    try {
      tier.putAll(batch);
    } catch (Throwable failed) {
      lost(tier, batch);
      logger.warn("Tier {} did not take entries: {}", tier.name(), failed.toString());
    }
  }

  private void lost(Tier tier, Map<Object, Entry> batch) {
    lock.lock();
    try {
      waiting.lost(tier, batch.keySet());
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    Place removed = nextRemovedOrEnd();
    while (removed != null) {
      remove(removed);
      removed = nextRemovedOrEnd();
    }
  }

  private @Nullable Place nextRemovedOrEnd() {
    lock.lock();
    try {
      Place removed = waiting.nextRemoved();
      if (removed == null) {
        waiting.wrote();
        changed.signalAll();
      }
      return removed;
    } finally {
      lock.unlock();
    }
  }

  private static void remove(Place place) {
    try {
      var unused = place.tier().remove(place.key());
    } catch (Throwable failed) {
      logger.warn("Tier {} did not remove an entry: {}", place.tier().name(), failed.toString());
    }
  }

  /** What waits, and what became of the rest. */
  public WriteBehindStatistics statistics() {
    lock.lock();
    try {
      return waiting.statistics(clock.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and waits for what is queued to be written, but not for ever. */
  @Override
  public void close() {
    close(flushAtMost);
  }

  /** The same, and waits no longer than that either. */
  public void close(Duration orAtMost) {
    Duration atMost = orAtMost.compareTo(flushAtMost) < 0 ? orAtMost : flushAtMost;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      long left = atMost.toNanos();
      while (left > 0 && !waiting.isEmpty()) {
        left = changed.awaitNanos(left);
      }
      int dropped = waiting.dropQueued();
      if (dropped > 0) {
        logger.warn(
            "{} results were not stored in a slower tier before the end: that took longer than {} ms",
            dropped,
            atMost.toMillis());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
