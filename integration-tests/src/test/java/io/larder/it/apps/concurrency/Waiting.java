package io.larder.it.apps.concurrency;

import java.lang.Thread.State;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for other threads, never for ever. */
final class Waiting {

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private Waiting() {}

  /** Until each of the threads waits for something. */
  static void untilAllWait(Collection<Thread> threads) {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!threads.stream().allMatch(Waiting::waits)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("The threads do not wait: " + threads);
      }
      LockSupport.parkNanos(1_000_000);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == State.WAITING || thread.getState() == State.TIMED_WAITING;
  }

  static void join(Collection<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS));
      if (thread.isAlive()) {
        throw new IllegalStateException("Still running: " + thread);
      }
    }
  }

  static void on(CountDownLatch latch) {
    try {
      interruptiblyOn(latch);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("Interrupted", interrupted);
    }
  }

  static void interruptiblyOn(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException("The latch was not opened");
    }
  }
}
