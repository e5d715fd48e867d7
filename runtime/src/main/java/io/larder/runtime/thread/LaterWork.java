package io.larder.runtime.thread;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that no thread of the application is to be held up by: done by one daemon thread, in the
 * order in which it came. The thread ends when there is none. Thread-safe.
 */
public final class LaterWork {

  private final String role;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** Guarded by the lock, as what follows. */
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  private @Nullable Thread worker;

  /**
   * None yet.
   *
   * @param role names the thread, see {@link DaemonThreads}
   * @param capacity how much waits at most
   */
  public LaterWork(String role, int capacity) {
    this.role = role;
    this.capacity = capacity;
  }

  /**
   * Does some work later, after all that came before it. What it throws is lost.
   *
   * @return whether it will be done; not when too much waits, or no thread can be started
   */
  public boolean add(Runnable work) {
    lock.lock();
    try {
      if (waiting.size() >= capacity) {
        return false;
      }
      waiting.add(work);
      if (worker == null) {
        try {
          Thread thread = DaemonThreads.newThread(role, this::run);
          thread.start();
          worker = thread;
        } catch (OutOfMemoryError noThread) { // the caller has its own result, and goes on
          waiting.removeLast();
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (Runnable next = take(); next != null; next = take()) {
      try {
        next.run();
      } catch (Throwable lost) {
        // What depends on it tries again; a word about it may take the memory that was missing.
      }
    }
  }

  private @Nullable Runnable take() {
    lock.lock();
    try {
      Runnable next = waiting.poll();
      if (next == null) {
        worker = null;
        ended.signalAll();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for all that is to be done, but not for longer than that. */
  public void await(Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (worker != null && left > 0) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
