package io.larder.runtime.disk;

import static io.larder.runtime.disk.StoreHealth.reasonOf;

import io.larder.runtime.logging.Log;
import org.slf4j.Logger;

/** What is done when files cannot be read or written, and when they can be again. Thread-safe. */
final class DiskFailures {

  private static final Logger logger = Log.logger(DiskFailures.class);

  private static final String CUT = "its files were cut";

  private final StoreKeeper keeper;
  private final StoreHealth health;

  DiskFailures(StoreKeeper keeper, StoreHealth health) {
    this.keeper = keeper;
    this.health = health;
  }

  /** A read failed: if the files were cut it shows soon. */
  void failedToRead(Throwable failed) {
    OpenStore open = keeper.files();
    if (failed instanceof InternalError && open != null) {
      keeper.failLater(open, CUT);
    }
  }

  /** A write failed: the oldest entries make room, and it is tried again later. */
  void failedToWrite(Segments segments, Throwable failed) {
    OpenStore open = keeper.files();
    if (open == null || open.segments() != segments) {
      return; // it is gone meanwhile
    }
    segments.spoil();
    Throwable cause = cutOr(failed);
    if (cause instanceof InternalError) {
      keeper.failLater(open, CUT);
      return;
    }
    health.cannotWrite(cause);
    keeper.later(() -> makeRoom(segments));
  }

  /** That files were cut, if that is what is behind a failure. */
  private static Throwable cutOr(Throwable failed) {
    try {
      Faults.settle();
      return failed;
    } catch (InternalError cut) {
      return cut;
    }
  }

  private static void makeRoom(Segments segments) {
    try {
      segments.shrinkIfMany();
    } catch (RuntimeException full) {
      logger.debug("Disk tier: nothing can be dropped: {}", reasonOf(full));
    }
  }

  /** A write succeeded. */
  void wrote(Segments segments) {
    OpenStore open = keeper.files();
    if (open != null && open.segments() == segments) {
      health.wrote();
    }
  }
}
