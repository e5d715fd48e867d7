package io.larder.runtime;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.thread.DaemonThreads;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * Drops what went with collected instances and classes, and registers MBeans when the time has
 * come. One daemon thread, started with the first cache, that sleeps until there is something to
 * do.
 */
final class Housekeeper {

  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  /** Work that may have to be tried again later. */
  interface Chore {
    /**
     * Tries.
     *
     * @return how many milliseconds to wait before the next try; 0 when it is done
     */
    long attempt();
  }

  /** The queue that is watched. */
  ReferenceQueue<Object> gone() {
    return gone;
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
    long wait = firstDelayMillis;
    long due = System.nanoTime() + wait * 1_000_000;
    for (; ; ) {
      try {
        Reference<?> reference = gone.remove(wait);
        if (reference instanceof InstanceKey.Gone instance) {
          instance.drop();
        } else if (reference instanceof CacheRegistry.Handle handle) {
          registry.collected(handle);
        }
        if (wait == 0) {
          continue; // the chore is done; remove(0) waits for ever
        }
        wait = (due - System.nanoTime()) / 1_000_000;
        if (wait <= 0) {
          wait = chore.attempt();
          due = System.nanoTime() + wait * 1_000_000;
        }
      } catch (InterruptedException notForUs) {
        // Nobody has a reason to stop this daemon; what is gone must still be dropped.
      } catch (Throwable problem) { // an Error in one chore must not end all others
        org.slf4j.LoggerFactory.getLogger(Housekeeper.class)
            .warn("Housekeeping failed and goes on: {}", problem.toString());
      }
    }
  }
}
