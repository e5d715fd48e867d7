package io.larder.runtime.disk;

import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import java.io.IOException;
import org.slf4j.Logger;

/** How a store is, and when it is worth to try again what failed. Thread-safe. */
final class StoreHealth {

  private static final Logger logger = Log.logger(StoreHealth.class);

  private final BackOff opening = new BackOff();
  private final BackOff writing = new BackOff();
  private volatile DiskState state =
      new DiskState(Health.DEGRADED, DiskState.WARMING, System.currentTimeMillis());

  DiskState state() {
    return state;
  }

  private void become(Health health, String reason) {
    if (state.health() != health || !state.reason().equals(reason)) {
      state = new DiskState(health, reason, System.currentTimeMillis());
    }
  }

  /** All works. */
  void up() {
    opening.succeeded();
    writing.succeeded();
    become(Health.UP, "");
  }

  /** Nothing works. */
  void down(String reason) {
    opening.failed();
    become(Health.DOWN, reason);
    if (opening.failures() == 1) {
      logger.warn("Disk tier: {}; going on without it", reason);
    }
  }

  /** It ended. */
  void closed() {
    become(Health.OFF, "closed");
  }

  /** Whether it is time to try to open it again. */
  boolean mayOpen() {
    return opening.isOver();
  }

  /** A write failed. */
  void cannotWrite(Throwable failed) {
    writing.failed();
    String reason = "nothing can be written: " + reasonOf(failed);
    become(Health.DEGRADED, reason);
    if (writing.failures() == 1) {
      logger.warn("Disk tier: {}; what is there is read", reason);
    }
  }

  /** A write succeeded. */
  void wrote() {
    if (writing.failures() > 0) {
      writing.succeeded();
      become(Health.UP, "");
      logger.info("Disk tier: results are written again");
    }
  }

  /** Whether a write is worth a try. */
  boolean mayWrite() {
    return writing.isOver();
  }

  /** By its class and its message: those of the JDK and MapDB name files, never keys. */
  static String reasonOf(Throwable failed) {
    Throwable first = failed;
    for (int i = 0; i < 20 && first.getCause() != null; i++) { // causes can be a ring
      first = first.getCause();
    }
    boolean says = first.getClass() == IOException.class && first.getMessage() != null;
    return (says ? "" : first.getClass().getSimpleName() + ": ") + first.getMessage();
  }
}
