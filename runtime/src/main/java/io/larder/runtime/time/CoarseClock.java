package io.larder.runtime.time;

import io.larder.runtime.thread.DaemonThreads;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The system's time, with coarse ticks for the hit path: {@code System.nanoTime} costs about 30 ns
 * on a virtual machine, five times a hit, reading a field costs nothing.
 *
 * <p>A daemon thread renews the field every {@value #TICK_MILLIS} ms. After {@value #IDLE_TICKS}
 * ticks in which nobody asked it parks, and the next to ask reads the exact time and wakes it, so
 * that an idle service pays nothing. A thread that is starved of CPU ticks late by as much.
 */
public final class CoarseClock implements Clock {

  /**
   * How often the coarse time is renewed; entries may be served that much longer than their TTL.
   */
  public static final int TICK_MILLIS = 10;

  private static final int IDLE_TICKS = 100;

  private volatile long now = System.nanoTime();

  /**
   * Whether anybody read {@link #now} since the thread last looked; {@code false} while it parks.
   */
  private volatile boolean read;

  private volatile @Nullable Thread thread;
  private volatile boolean stopped;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public long coarseNanos() {
    if (!read) {
      wake();
    }
    return now;
  }

  /** Called about once a second by a busy service, and by the first call after an idle time. */
  private void wake() {
    now = System.nanoTime(); // before the flag: who sees the flag must see a time that is right
    if (thread == null) {
      start(); // before the flag too: if it fails, the next caller tries again
    }
    read = true;
    LockSupport.unpark(thread);
  }

  /** Ends the thread; the clock stands still from then on. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  private synchronized void start() {
    if (thread == null && !stopped) {
      Thread started = DaemonThreads.newThread("clock", this::tick);
      started.start();
      thread = started;
    }
  }

  private void tick() {
    int ticks = 0;
    while (!stopped) {
      LockSupport.parkNanos(this, TICK_MILLIS * 1_000_000L);
      now = System.nanoTime();
      if (++ticks < IDLE_TICKS) {
        continue;
      }
      ticks = 0;
      if (read) {
        read = false;
      } else {
        while (!read && !stopped) {
          LockSupport.park(this);
        }
      }
    }
  }
}
