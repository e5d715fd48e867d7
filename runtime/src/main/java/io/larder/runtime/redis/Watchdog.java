package io.larder.runtime.redis;

import io.larder.runtime.thread.DaemonThreads;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes the socket of each exchange that is past its deadline, which the socket's own timeout does
 * not: that begins anew with each byte, and knows no writes.
 *
 * <p>An exchange that begins after a look has until at least {@code shortestNanos} from there, so
 * the next look need not be earlier, unless one under way ends earlier: with a deadline of 50 ms,
 * of which {@link Patience} leaves half at least, forty looks a second are exact. After a second
 * without any it parks until {@link #wake}.
 */
final class Watchdog implements AutoCloseable {

  private static final long LINGER_NANOS = 1_000_000_000L;

  /** Something that takes time on a socket. */
  interface Timed {
    /** When it must have ended, on {@code System.nanoTime}; or one of {@link RedisConnection}'s. */
    long deadlineNanos();

    /** Ends it, if it still has this deadline. */
    void expire(long deadlineNanos);
  }

  private final Set<Timed> connections = ConcurrentHashMap.newKeySet();
  private final long shortestNanos;
  private final Thread thread = DaemonThreads.newThread("redis-watchdog", this::run);
  private volatile boolean parked;
  private volatile boolean closed;

  /** The shortest time that an exchange is given. */
  Watchdog(long shortestNanos) {
    this.shortestNanos = shortestNanos;
    thread.start();
  }

  void watch(Timed connection) {
    connections.add(connection);
  }

  void forget(Timed connection) {
    connections.remove(connection);
  }

  /** Said after a deadline was set. */
  void wake() {
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    long lastSeen = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      long next = now + shortestNanos;
      for (Timed connection : connections) {
        long deadline = connection.deadlineNanos();
        if (deadline != RedisConnection.IDLE && deadline != RedisConnection.EXPIRED) {
          lastSeen = now;
          if (deadline - now <= 0) {
            connection.expire(deadline);
          } else if (deadline - next < 0) {
            next = deadline;
          }
        }
      }
      if (now - lastSeen > LINGER_NANOS) {
        parkUntilWoken();
        lastSeen = System.nanoTime();
      } else {
        LockSupport.parkNanos(this, next - System.nanoTime());
      }
    }
  }

  private void parkUntilWoken() {
    parked = true;
    // An exchange sets its deadline and then looks whether to wake: one of the two sees the other.
    boolean idle = connections.stream().allMatch(c -> c.deadlineNanos() == RedisConnection.IDLE);
    while (idle && parked && !closed) {
      LockSupport.park(this);
    }
    parked = false;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
