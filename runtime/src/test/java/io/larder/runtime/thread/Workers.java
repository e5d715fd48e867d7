package io.larder.runtime.thread;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Threads of a test; those still running are interrupted when it ends. */
public final class Workers implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 20;

  private final List<Thread> threads = new ArrayList<>();

  /** Work on a thread of its own. */
  public record Worker<T>(Thread thread, FutureTask<T> task) {

    /** Waits for the result; an exception of the work comes out as it is. */
    public T result() throws Exception {
      try {
        return task.get(PATIENCE_SECONDS, SECONDS);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Exception exception) {
          throw exception;
        }
        throw failed;
      } catch (TimeoutException late) {
        AssertionError error = new AssertionError(thread + " did not end", late);
        error.setStackTrace(thread.getStackTrace());
        throw error;
      }
    }
  }

  /** Starts work. */
  public synchronized <T> Worker<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "test-worker-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
    return new Worker<>(thread, task);
  }

  /** Starts work several times, each with its number, all at one moment. */
  public <T> List<Worker<T>> startAll(int count, Numbered<T> work) {
    CountDownLatch ready = new CountDownLatch(count);
    List<Worker<T>> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      workers.add(
          start(
              () -> {
                ready.countDown();
                await(ready);
                return work.run(number);
              }));
    }
    return workers;
  }

  /** Work that knows its number. */
  public interface Numbered<T> {
    /** Runs. */
    T run(int number) throws Exception;
  }

  /** Waits for a latch, but not for ever. */
  public static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, SECONDS)) {
      throw new AssertionError("the latch was not released");
    }
  }

  @Override
  public synchronized void close() {
    for (Thread thread : threads) {
      thread.interrupt();
    }
    try {
      for (Thread thread : threads) {
        thread.join(PATIENCE_SECONDS * 1_000L);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
