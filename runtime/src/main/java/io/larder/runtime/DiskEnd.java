package io.larder.runtime;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.disk.DiskStore;
import io.larder.runtime.disk.WarmStart;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the disk at the end, also when the JVM ends by itself: what is used most is
 * noted, what waits is written, and the files are closed. All of it together is given some seconds,
 * however the disk is: what is not done by then costs the next JVM a salvage. Thread-safe.
 */
final class DiskEnd {

  /** An application server that is told to stop is killed after ten, mostly. */
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final DiskStore store;
  private final WriteBehind behind;
  private final Thread atExit;

  /** Set once, if at all. */
  private volatile @Nullable WarmStart warm;

  /** Nothing is done yet. */
  DiskEnd(DiskStore store, WriteBehind behind) {
    this.store = store;
    this.behind = behind;
    this.atExit = DaemonThreads.newThread("flush", () -> end(Deadline.in(AT_MOST)));
  }

  /** Has it done when the JVM ends, too. */
  void register() {
    AtExit.add(atExit);
  }

  /** Has this end as well. */
  void add(WarmStart begun) {
    warm = begun;
  }

  /** Does it now. */
  void run() {
    AtExit.remove(atExit);
    end(Deadline.in(AT_MOST));
  }

  /** Each step has a bound of its own, so that the last one has most of the time. */
  void end(Deadline deadline) {
    try {
      WarmStart begun = warm;
      if (begun != null) {
        begun.close(deadline);
      }
      behind.close(Duration.ofNanos(deadline.leftNanos()));
    } finally {
      store.close(deadline);
    }
  }
}
