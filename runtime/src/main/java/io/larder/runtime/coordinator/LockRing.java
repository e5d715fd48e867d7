package io.larder.runtime.coordinator;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * Asks the JVM whether a thread is held up, directly or through others, by a lock that the asking
 * thread holds. Sees monitors and the locks of {@code java.util.concurrent} between platform
 * threads.
 */
final class LockRing {

  private static final int LONGEST = 64;

  private LockRing() {}

  /** Whether {@code waitedFor} cannot go on before {@code holder} does. */
  static boolean holdsUp(Thread holder, Thread waitedFor) {
    try {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long id = waitedFor.getId();
      for (int hops = 0; hops < LONGEST; hops++) {
        ThreadInfo info = threads.getThreadInfo(id);
        if (info == null) {
          return false; // a virtual thread, or one that has ended
        }
        id = info.getLockOwnerId();
        if (id == holder.getId()) {
          return true;
        }
        if (id < 0) {
          return false;
        }
      }
    } catch (LinkageError | RuntimeException noManagement) {
      return false; // an image without java.management: the time limit of the wait has to do
    }
    return false;
  }
}
