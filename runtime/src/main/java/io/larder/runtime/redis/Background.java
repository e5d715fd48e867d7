package io.larder.runtime.redis;

import io.larder.runtime.logging.Log;
import io.larder.runtime.thread.DaemonThreads;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** The few threads that connect, probe and ask for the topology. Thread-safe. */
final class Background implements AutoCloseable {

  private static final Logger logger = Log.logger(Background.class);

  private final ScheduledThreadPoolExecutor threads;

  Background(int threads) {
    this.threads =
        new ScheduledThreadPoolExecutor(
            threads, work -> DaemonThreads.newThread("redis-connect", work));
    this.threads.setRemoveOnCancelPolicy(true);
    this.threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void soon(Runnable work) {
    in(0, work);
  }

  void in(long millis, Runnable work) {
    try {
      var unused = threads.schedule(() -> guarded(work), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // Nothing is wanted any more.
    }
  }

  void each(long millis, Runnable work) {
    var unused =
        threads.scheduleWithFixedDelay(() -> guarded(work), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failed) { // or the executor would never run it again
      logger.error("Work for Redis in the background failed with {}", failed.toString());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
