package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server that nobody uses, the last used first, and how many there are in
 * all. It makes none: whoever finds none waits a few milliseconds at most. Thread-safe.
 */
final class ConnectionPool {

  /** So many wait for each connection at most: more would not get one in time. */
  private static final int WAITERS_EACH = 8;

  private final LinkedBlockingDeque<RedisConnection> idle = new LinkedBlockingDeque<>();
  private final AtomicInteger live = new AtomicInteger();
  private final AtomicInteger waiters = new AtomicInteger();
  private final int maximum;
  private final Runnable wanted;

  /** Those made before it rose are thrown away when they come back. */
  private volatile int generation;

  /**
   * An empty one.
   *
   * @param wanted called when somebody found no connection and there may be more
   */
  ConnectionPool(int maximum, Runnable wanted) {
    this.maximum = maximum;
    this.wanted = wanted;
  }

  /** An idle connection, if there is one now. */
  @Nullable RedisConnection poll() {
    return idle.pollFirst();
  }

  /** The connection that nobody has used for longest. */
  @Nullable RedisConnection pollOldest() {
    return idle.pollLast();
  }

  /**
   * A connection to use.
   *
   * @param waitNanos for one that is given back
   * @return {@code null} if none came in time; an interrupted thread does not wait
   */
  @Nullable RedisConnection take(long waitNanos) {
    RedisConnection connection = idle.pollFirst();
    return connection != null ? connection : await(waitNanos);
  }

  private @Nullable RedisConnection await(long waitNanos) {
    if (live.get() < maximum) {
      wanted.run();
    }
    if (live.get() == 0) {
      return null;
    }
    try {
      if (waiters.incrementAndGet() > maximum * WAITERS_EACH) {
        return null;
      }
      return idle.pollFirst(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      waiters.decrementAndGet();
    }
  }

  Reason reasonForNone() {
    return live.get() == 0 ? Reason.NOT_CONNECTED : Reason.REJECTED;
  }

  /** Adds a new connection. */
  void add(RedisConnection connection) {
    connection.joinGeneration(generation);
    live.incrementAndGet();
    idle.addFirst(connection);
  }

  /** Takes back a connection that works. */
  void giveBack(RedisConnection connection) {
    if (connection.generation() != generation) {
      discard(connection);
      return;
    }
    idle.addFirst(connection);
    if (connection.generation() != generation && idle.remove(connection)) {
      discard(connection); // emptied meanwhile
    }
  }

  /** Throws a connection away that was taken. */
  void discard(RedisConnection connection) {
    connection.closeAtOnce();
    live.decrementAndGet();
  }

  /** Throws all away, those in use when they come back. */
  synchronized void empty() {
    generation = generation + 1;
    for (RedisConnection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      discard(c);
    }
  }

  boolean wantsMore() {
    return live.get() < maximum && (live.get() == 0 || waiters.get() > 0);
  }

  int live() {
    return live.get();
  }

  int idle() {
    return idle.size();
  }

  int waiters() {
    return waiters.get();
  }

  int maximum() {
    return maximum;
  }
}
