package io.larder.runtime.coordinator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for another thread's load without ever waiting for oneself.
 *
 * <p>Without Larder the caller would have run the method; waiting must not add a deadlock. A ring
 * of threads that wait for each other's loads is found before parking. A ring that goes through a
 * lock of the application (the caller holds it, the load needs it) is found after {@value
 * #LOOK_MILLIS} ms, through the JVM's own knowledge of who holds what. Rings that nobody can see,
 * such as through a future, end with the time limit.
 */
final class Waiting {

  /** How a wait ended. */
  enum End {
    LANDED,
    RING,
    INTERRUPTED,
    TIMED_OUT
  }

  private static final int LOOK_MILLIS = 50;

  /** Ends the search when it runs in a ring of other threads, which they will find themselves. */
  private static final int LONGEST_RING = 10_000;

  /** Who waits for what, now. */
  private static final Map<Thread, Flight> WAITING = new ConcurrentHashMap<>();

  private Waiting() {}

  /**
   * Waits for a flight to land. An interrupt ends the wait and stays set.
   *
   * @param nanos how long at most
   */
  static End await(Flight flight, long nanos) {
    Thread me = Thread.currentThread();
    // Published before the search: of the threads that close a ring, the last one sees all others.
    WAITING.put(me, flight);
    try {
      if (isRing(me, flight)) {
        return End.RING;
      }
      Flight.Landing landing = flight.landing();
      long left = nanos;
      while (left > 0) {
        long slice = Math.min(left, LOOK_MILLIS * 1_000_000L);
        if (landing.await(slice)) {
          return End.LANDED;
        }
        if (LockRing.holdsUp(me, flight.leader())) {
          return End.RING;
        }
        left -= slice;
      }
      return End.TIMED_OUT;
    } catch (InterruptedException interrupted) {
      me.interrupt();
      return End.INTERRUPTED;
    } finally {
      WAITING.remove(me);
    }
  }

  private static boolean isRing(Thread me, Flight flight) {
    @Nullable Flight next = flight;
    for (int hops = 0; next != null && hops < LONGEST_RING; hops++) {
      Thread leader = next.leader();
      if (leader == me) {
        return true;
      }
      next = WAITING.get(leader);
    }
    return false;
  }
}
