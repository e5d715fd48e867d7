package io.larder.runtime;

import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.thread.DaemonThreads;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.slf4j.Logger;

/**
 * Drops what went with collected instances and classes, and does chores that must not be done on a
 * thread of the application. One daemon thread, started with the first cache, that sleeps in a
 * reference queue until there is something to do.
 */
final class Housekeeper {

  private static final Logger logger = Log.logger(Housekeeper.class);
  private static final long NEVER = Long.MAX_VALUE;

  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private volatile boolean stopped;
  private volatile long wantedNanos;

  /** Work that may have to be tried again later. */
  interface Chore {
    /**
     * Tries.
     *
     * @return how many milliseconds to wait before the next try; 0 for none until the next wake-up
     */
    long attempt();

    /** The last thing that is done. */
    default void end() {}
  }

  /** The queue that is watched. */
  ReferenceQueue<Object> gone() {
    return gone;
  }

  /** Ends the thread, after the chore's end. */
  void stop() {
    stopped = true;
    wake();
  }

  /** Has the chore attempted soon. */
  void wake() {
    wakeAt(System.nanoTime());
  }

  /** Has the chore attempted then, or earlier if that is due. */
  void wakeAt(long nanos) {
    wantedNanos = nanos;
    new WeakReference<>(this, gone).enqueue();
  }

  /**
   * Starts the thread.
   *
   * @param firstDelayMillis how long to wait before the first attempt at the chore
   */
  void start(CacheRegistry registry, Chore chore, long firstDelayMillis) {
    DaemonThreads.newThread("housekeeper", () -> run(registry, chore, firstDelayMillis)).start();
  }

  private void run(CacheRegistry registry, Chore chore, long firstDelayMillis) {
    long dueNanos = System.nanoTime() + firstDelayMillis * 1_000_000;
    while (!stopped) {
      try {
        Reference<?> reference = gone.remove(millisUntil(dueNanos));
        if (reference instanceof InstanceKey.Gone instance) {
          instance.drop();
        } else if (reference instanceof CacheHandle handle) {
          registry.collected(handle);
        } else if (reference != null) { // a wake-up
          long wanted = wantedNanos;
          dueNanos = dueNanos == NEVER || wanted - dueNanos < 0 ? wanted : dueNanos;
        }
        if (dueNanos != NEVER && System.nanoTime() - dueNanos >= 0) {
          long again = chore.attempt();
          dueNanos = again == 0 ? NEVER : System.nanoTime() + again * 1_000_000;
        }
      } catch (InterruptedException notForUs) {
        // nobody has a reason to stop this daemon
      } catch (Throwable problem) { // an error in one chore must not end all others
        logger.warn("Housekeeping failed and goes on: {}", problem.toString());
      }
    }
    chore.end();
  }

  /** What {@link ReferenceQueue#remove(long)} takes: 0 waits for ever. */
  private static long millisUntil(long dueNanos) {
    return dueNanos == NEVER ? 0 : Math.max(1, (dueNanos - System.nanoTime()) / 1_000_000);
  }
}
