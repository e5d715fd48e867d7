package io.larder.runtime.memory;

import io.larder.runtime.thread.DaemonThreads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs Caffeine's maintenance, on a thread of its own that ends when it is idle. Thread-safe.
 *
 * <p>To wake a thread takes who does so 1.7 microseconds, more than all else that a miss takes, and
 * Caffeine asks for maintenance after each write if there is none under way. So the thread stays
 * awake while there is work, and looks for more from time to time: only what comes after a pause
 * has to wake it. What happens between two looks Caffeine keeps in its buffers, and does itself
 * when they are full.
 *
 * <p>Where no thread can be made, who asks does the work, and the next who asks tries again.
 */
final class Maintenance implements Executor {

  /** Between two looks for more; a thousandth of a processor, while there is work. */
  private static final long NAP_NANOS = 500_000;

  /** Looks in vain, after which it has to be woken. */
  private static final int LOOKS_IN_VAIN = 2;

  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean stopped;

  private final Runnable round = this::work;
  private final ThreadPoolExecutor thread;

  /** On a daemon thread of Larder's. */
  Maintenance() {
    this(work -> DaemonThreads.newThread("maintenance", work));
  }

  /** On a thread of this factory. */
  Maintenance(ThreadFactory threads) {
    thread =
        new ThreadPoolExecutor(
            /* corePoolSize= */ 0,
            /* maximumPoolSize= */ 1,
            /* keepAliveTime= */ 10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads,
            (work, stopping) -> work.run());
  }

  @Override
  public void execute(Runnable work) {
    asked.add(work);
    if (stopped) {
      runAll();
    } else if (!awake.get() && awake.compareAndSet(false, true)) {
      wake();
    }
  }

  private void wake() {
    try {
      thread.execute(round);
    } catch (Throwable noThread) { // mostly: unable to create native thread
      thread.remove(round); // which the executor has kept all the same
      awake.set(false);
      runAll();
    }
  }

  private void work() {
    do {
      try {
        workUntilIdle();
      } catch (Throwable failed) { // the thread goes on: there may be no other to follow it
        Thread self = Thread.currentThread();
        self.getUncaughtExceptionHandler().uncaughtException(self, failed);
      } finally {
        awake.set(false);
      }
      // What was asked for before that, and would wait for the next who asks.
    } while (!asked.isEmpty() && awake.compareAndSet(false, true));
  }

  private void workUntilIdle() {
    int inVain = 0;
    do {
      inVain = runAll() ? 0 : inVain + 1;
      if (!stopped) {
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    } while (!stopped && inVain < LOOKS_IN_VAIN);
  }

  /** Does what was asked for; answers whether there was anything. */
  private boolean runAll() {
    boolean any = false;
    for (Runnable work = asked.poll(); work != null; work = asked.poll()) {
      any = true;
      work.run();
    }
    return any;
  }

  /** How often the thread had to be woken, so far. */
  long wakeUps() {
    return thread.getTaskCount();
  }

  /** Ends it, for good; what is asked for from now on is done by who asks. */
  void stop() {
    stopped = true;
    thread.shutdown();
  }
}
