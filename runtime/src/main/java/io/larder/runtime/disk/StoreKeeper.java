package io.larder.runtime.disk;

import static io.larder.runtime.disk.StoreHealth.reasonOf;

import io.larder.runtime.logging.Log;
import io.larder.runtime.thread.DaemonThreads;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The thread that looks after the files: opens them, seals what is full, renews the log, notices
 * when the disk is gone, and begins anew when it is back. Thread-safe.
 */
final class StoreKeeper {

  private static final Logger logger = Log.logger(StoreKeeper.class);

  /** How often it looks whether all is well. */
  static final long TICK_MILLIS = 1_000;

  private final Openings openings;
  private final Tombstones tombstones;
  private final Numbering numbering;
  private final StoreTime time;
  private final DiskTotals totals;
  private final SegmentWatch watch;
  private final DurableInvalidations invalidations;
  private final StoreHealth health = new StoreHealth();
  private final DiskFailures failures = new DiskFailures(this, health);
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable OpenStore files;

  private volatile boolean closed;

  StoreKeeper(
      Openings openings,
      Tombstones tombstones,
      Numbering numbering,
      StoreTime time,
      DiskTotals totals,
      Staging staging,
      long waitNanos) {
    this.openings = openings;
    this.tombstones = tombstones;
    this.numbering = numbering;
    this.time = time;
    this.totals = totals;
    this.watch = new SegmentWatch(this, totals, staging);
    this.invalidations = new DurableInvalidations(tombstones, numbering, this, waitNanos);
  }

  /** What is invalidated while it keeps the files. */
  DurableInvalidations invalidations() {
    return invalidations;
  }

  /**
   * Begins.
   *
   * @param pauseNanos how long nothing is opened unless it is {@link #wanted}
   */
  void start(long pauseNanos) {
    DaemonThreads.newThread("disk", () -> run(pauseNanos)).start();
  }

  /** Somebody looks for an entry, or invalidates: has all opened, if it is not. */
  void wanted() {
    wanted.countDown();
  }

  private void run(long pauseNanos) {
    try {
      boolean unused = wanted.await(pauseNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
      return;
    }
    open(/* empty= */ false);
    long nextTick = System.nanoTime();
    while (!closed) {
      try {
        long left = nextTick - System.nanoTime();
        Runnable next = work.poll(Math.max(0, left), TimeUnit.NANOSECONDS);
        if (next != null) {
          next.run();
        }
        if (System.nanoTime() - nextTick >= 0) {
          nextTick = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
          tick();
        }
      } catch (InterruptedException nobodyDoes) {
        Thread.currentThread().interrupt();
        return;
      } catch (Throwable failed) {
        fail("the disk failed: " + reasonOf(failed));
      }
    }
    shutDown();
  }

  private void open(boolean empty) {
    long start = System.nanoTime();
    try {
      StoreOpening opening = openings.next(watch);
      OpenStore opened = opening.begin(empty, invalidations);
      files = opened;
      invalidations.takeOver(opened);
      opened.markOpen();
      opened.header().force(); // first: a machine that ends now must not find it closed
      invalidations.begun();
      opening.finish(opened);
      if (closed) {
        return;
      }
      totals.opened(opening, System.nanoTime() - start);
      health.up();
      logger.info(
          "Results are kept on disk in {} ({})", opened.place().directory(), totals.salvage());
    } catch (Throwable failed) {
      fail("cannot be opened: " + reasonOf(failed));
    } finally {
      invalidations.begun();
    }
  }

  private void tick() throws IOException {
    OpenStore open = files;
    if (open == null) {
      if (health.mayOpen()) {
        tombstones.forgetUpTo(Long.MAX_VALUE);
        open(/* empty= */ true);
      }
      return;
    }
    if (!open.isThere()) {
      fail("its files were cut, replaced or removed");
      return;
    }
    open.header().set(StoreHeader.Field.LAST_SEEN_MILLIS, time.millisNow());
    Faults.settle();
    Segments segments = open.segments();
    if (segments != null) {
      segments.deleteRetired();
      if (open.knowsMany()) {
        changing(segments, () -> open.forget(segments));
      }
      changing(segments, () -> segments.survivors().foldSmall());
    }
  }

  /** Does something that writes: when the disk is full, that is no reason to give up. */
  private void changing(Segments segments, Runnable what) {
    if (health.mayWrite()) {
      try {
        what.run();
      } catch (RuntimeException failed) {
        failures.failedToWrite(segments, failed);
      }
    }
  }

  /** Begins the log anew, soon; if that cannot be, the old one goes on until it is full. */
  void renewLog(OpenStore open, AtomicBoolean renewing) {
    work.add(
        () -> {
          renewing.set(false);
          if (files == open) {
            renewLog(open);
          }
        });
  }

  private void renewLog(OpenStore open) {
    try {
      Segments segments = open.segments();
      if (segments != null) {
        changing(segments, () -> open.forget(segments));
      }
      open.renewLog();
    } catch (IOException failed) {
      logger.debug("Disk tier: the log is not renewed: {}", reasonOf(failed));
    }
  }

  /** These files are of no use, as soon as the thread comes to it. */
  void failLater(OpenStore open, String reason) {
    work.add(() -> failIf(open, reason));
  }

  private void failIf(OpenStore open, String reason) {
    if (files == open) {
      fail(reason);
    }
  }

  /** The disk is of no use; it is tried again later, and begun empty. */
  private void fail(String reason) {
    OpenStore open = files;
    files = null;
    if (open != null) {
      tombstones.raiseFloor(numbering.next());
      try {
        open.voidAll();
      } catch (RuntimeException | Error gone) {
        logger.debug("Disk tier: {}", reasonOf(gone));
      }
      try {
        open.abandon();
      } catch (IOException | RuntimeException | Error gone) {
        logger.debug("Disk tier: {}", reasonOf(gone));
      }
    }
    health.down(reason);
  }

  /** Who is told of reads and writes that failed. */
  DiskFailures failures() {
    return failures;
  }

  boolean isWritable() {
    return segments() != null && health.mayWrite();
  }

  @Nullable OpenStore files() {
    return files;
  }

  /** The entries, as long as they can be read. */
  @Nullable Segments segments() {
    OpenStore open = files;
    return open == null || closed ? null : open.segments();
  }

  DiskState state() {
    return health.state();
  }

  /** Does something on the thread that looks after the files. */
  void later(Runnable what) {
    work.add(what);
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends it; waits for what is to be written, but not for ever. */
  void close(long waitNanos) {
    closed = true;
    wanted();
    work.add(() -> {});
    try {
      if (!ended.await(waitNanos, TimeUnit.NANOSECONDS)) {
        logger.warn(
            "Disk tier: was not closed within {} ms; the next start has to salvage it",
            TimeUnit.NANOSECONDS.toMillis(waitNanos));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown() {
    OpenStore open = files;
    try {
      if (open != null) {
        open.close(time.millisNow());
      }
    } catch (IOException | RuntimeException | Error failed) {
      logger.warn("Disk tier: was not closed cleanly: {}", reasonOf(failed));
    } finally {
      health.closed();
      ended.countDown();
    }
  }
}
