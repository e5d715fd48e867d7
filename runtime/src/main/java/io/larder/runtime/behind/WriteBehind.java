package io.larder.runtime.behind;

import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Tier;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Entries on their way to slow tiers, written by one thread in batches. Of a key only the newest is
 * written. What is queued is lost when the JVM crashes, and what finds the queue full is dropped:
 * both cost another load, never a wrong value. Thread-safe.
 */
public final class WriteBehind implements AutoCloseable {

  private static final Logger logger = Log.logger(WriteBehind.class);
  private static final int BATCH = 100;

  private final int capacity;
  private final Duration flushAtMost;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** In the order in which their keys came. Guarded by the lock, as all that follows. */
  private final Map<Place, Slot> queue = new LinkedHashMap<>();

  /** Those that the thread hands to a tier right now. */
  private final Map<Place, Slot> writing = new HashMap<>();

  private @Nullable Thread writer;
  private boolean closed;
  private long written;
  private long coalesced;
  private long dropped;

  /** A key of a tier; tiers are the same only if they are one object. */
  private record Place(Tier tier, Object key) {

    // A record's own methods are made when first asked for, which an application would wait for.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Place that && tier.equals(that.tier) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
      return 31 * tier.hashCode() + key.hashCode();
    }
  }

  /** An entry, and whether it was removed after the thread took it. */
  private static final class Slot {
    private final Entry entry;
    private final long sinceNanos;
    private boolean removed;

    Slot(Entry entry, long sinceNanos) {
      this.entry = entry;
      this.sinceNanos = sinceNanos;
    }
  }

  /**
   * An empty queue; its thread starts with the first entry.
   *
   * @param capacity how many entries wait at most
   * @param flushAtMost how long {@link #close} waits for them
   */
  public WriteBehind(int capacity, Duration flushAtMost, Clock clock) {
    if (capacity < 1) {
      throw new IllegalArgumentException("the queue must hold at least one entry: " + capacity);
    }
    this.capacity = capacity;
    this.flushAtMost = flushAtMost;
    this.clock = clock;
  }

  /** A tier that is written to behind the caller's back. */
  public Tier over(Tier slow) {
    return new WriteBehindTier(slow, this);
  }

  void put(Tier tier, Object key, Entry entry) {
    Place place = new Place(tier, key);
    lock.lock();
    try {
      Slot before = queue.get(place);
      if (closed || (before == null && queue.size() >= capacity)) {
        dropped++;
        return;
      }
      coalesced += before == null ? 0 : 1;
      queue.put(place, new Slot(entry, before == null ? clock.nanos() : before.sinceNanos));
      startIfEnded();
      changed.signalAll();
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
      queue.remove(place);
      Slot arriving = writing.get(place);
      if (arriving != null) {
        arriving.removed = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** {@link #forget} for all of a tier. */
  void forgetAll(Tier tier) {
    lock.lock();
    try {
      queue.keySet().removeIf(place -> place.tier() == tier);
      writing.forEach((place, slot) -> slot.removed |= place.tier() == tier);
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
      dropped += writing.size();
      writing.clear();
      changed.signalAll();
      if (!queue.isEmpty()) {
        startIfEnded();
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeAll() {
    while (take()) {
      Map<Tier, Map<Object, Entry>> batches = new HashMap<>();
      // Only this thread changes what is being written, but for the marks.
      writing.forEach(
          (place, slot) ->
              batches
                  .computeIfAbsent(place.tier(), tier -> new LinkedHashMap<>())
                  .put(place.key(), slot.entry));
      batches.forEach(this::write);
      finish();
    }
  }

  /** Takes the next entries; {@code false} if there are none and none will come. */
  private boolean take() {
    lock.lock();
    try {
      while (queue.isEmpty()) {
        if (closed) {
          return false;
        }
        changed.awaitUninterruptibly();
      }
      Iterator<Map.Entry<Place, Slot>> first = queue.entrySet().iterator();
      while (first.hasNext() && writing.size() < BATCH) {
        Map.Entry<Place, Slot> next = first.next();
        writing.put(next.getKey(), next.getValue());
        first.remove();
      }
      return true;
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
      for (Object key : batch.keySet()) {
        Slot slot = writing.get(new Place(tier, key));
        if (slot != null && !slot.removed) {
          writing.remove(new Place(tier, key));
          dropped++;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    while (true) {
      Place removed = null;
      lock.lock();
      try {
        for (Map.Entry<Place, Slot> each : writing.entrySet()) {
          if (each.getValue().removed) {
            removed = each.getKey();
          }
        }
        if (removed == null) {
          written += writing.size();
          writing.clear();
          changed.signalAll();
          return;
        }
        writing.remove(removed);
      } finally {
        lock.unlock();
      }
      remove(removed);
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
      long since = queue.isEmpty() ? 0 : queue.values().iterator().next().sinceNanos;
      long age = queue.isEmpty() ? 0 : Math.max(0, clock.nanos() - since);
      return new WriteBehindStatistics(
          queue.size() + writing.size(), age, written, coalesced, dropped);
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and waits for what is queued to be written, but not for ever. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      long left = flushAtMost.toNanos();
      while (left > 0 && !(queue.isEmpty() && writing.isEmpty())) {
        left = changed.awaitNanos(left);
      }
      if (!queue.isEmpty()) {
        dropped += queue.size();
        logger.warn(
            "{} results were not stored in a slower tier before the end: that took longer than {} ms",
            queue.size(),
            flushAtMost.toMillis());
        queue.clear();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
