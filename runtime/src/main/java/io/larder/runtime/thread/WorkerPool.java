package io.larder.runtime.thread;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for work that runs code of the application: no more than so many at a time, and no
 * more than so many tasks that wait for one. Thread-safe.
 *
 * <p>What the application leaves in a thread-local stays as long as the thread, and with it maybe a
 * web application that is long gone. So a thread ends soon when there is nothing to do, and grows
 * no older than {@value #OLDEST_SECONDS} s when there is.
 */
public final class WorkerPool implements AutoCloseable {

  private static final int OLDEST_SECONDS = 10;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String role;
  private final int mostThreads;
  private final int mostWaiting;

  /** Guarded by this, as all that follows. */
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  private int threads;
  private int idle;
  private boolean closed;

  /**
   * A pool without a thread.
   *
   * @param role of its threads, which are called {@code larder-<role>-<n>}
   */
  public WorkerPool(String role, int mostThreads, int mostWaiting) {
    this.role = role;
    this.mostThreads = mostThreads;
    this.mostWaiting = mostWaiting;
  }

  /**
   * Has a task done soon.
   *
   * @return {@code false} when it will not be: too many wait already, or no thread can be made
   */
  public synchronized boolean offer(Runnable task) {
    if (closed || waiting.size() >= mostWaiting) {
      return false;
    }
    if (idle <= waiting.size() && threads < mostThreads && !hire() && threads == 0) {
      return false;
    }
    waiting.add(task);
    notify();
    return true;
  }

  /** Whether there is a thread more now; there may be no memory for one. */
  private boolean hire() {
    try {
      DaemonThreads.newThread(role, this::work).start();
      threads++;
      return true;
    } catch (OutOfMemoryError noThread) {
      return false;
    }
  }

  private void work() {
    long born = System.nanoTime();
    try {
      Runnable task = next(born);
      while (task != null) {
        task.run();
        task = next(born);
      }
    } finally {
      left();
    }
  }

  /** The next task; {@code null} when the thread is to end. */
  private synchronized @Nullable Runnable next(long bornNanos) {
    long end = System.nanoTime() + IDLE_NANOS;
    idle++;
    try {
      while (waiting.isEmpty() && !closed) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return null;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      boolean isOld = System.nanoTime() - bornNanos > TimeUnit.SECONDS.toNanos(OLDEST_SECONDS);
      return isOld ? null : waiting.poll();
    } catch (
        InterruptedException leftOver) { // by the application, in a task: the next gets a fresh
      return null; // thread
    } finally {
      idle--;
    }
  }

  private synchronized void left() {
    threads--;
    if (!waiting.isEmpty() && !hire() && threads == 0) {
      waiting.clear(); // nobody would come
    }
  }

  /** Forgets what waits, and ends the threads as soon as they have done what they are at. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    notifyAll();
  }
}
