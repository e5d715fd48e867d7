package io.larder.runtime.disk;

import io.larder.runtime.disk.Tombstones.Replacement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has invalidations survive the JVM, also those from before the files are there. Thread-safe; what
 * it cannot keep it has all files void for.
 */
final class DurableInvalidations {

  private final Tombstones tombstones;
  private final Numbering numbering;
  private final StoreKeeper keeper;
  private final long waitNanos;
  private final CountDownLatch begun = new CountDownLatch(1);

  /** From before the log was there. */
  private final MarkTable early = new MarkTable();

  private final AtomicBoolean renewing = new AtomicBoolean();
  private volatile boolean waitedInVain;

  /** Of the JVM before, while its files are being opened. */
  private volatile @Nullable StoreHeader found;

  /**
   * None yet.
   *
   * @param waitNanos how long an invalidation waits for the log to be there
   */
  DurableInvalidations(
      Tombstones tombstones, Numbering numbering, StoreKeeper keeper, long waitNanos) {
    this.tombstones = tombstones;
    this.numbering = numbering;
    this.keeper = keeper;
    this.waitNanos = waitNanos;
  }

  /** Invalidates; when it returns it holds, and survives a crash. */
  void invalidate(long mark) {
    finish(mark, tombstones.begin(mark));
  }

  /** Invalidates what an entry is to replace; see {@link Tombstones#beginReplacing}. */
  Replacement replace(StoredRecord entry, List<String> tags) {
    Replacement begun = tombstones.beginReplacing(entry, tags);
    finish(entry.groupMark, begun.number());
    return begun;
  }

  private void finish(long mark, long number) {
    try {
      keep(mark, number);
    } catch (RuntimeException | Error failed) {
      OpenStore open = keeper.files();
      if (open != null) {
        voidAll(open, "an invalidation failed: " + failed.getClass().getSimpleName());
      }
    } finally {
      tombstones.end();
    }
  }

  private void keep(long mark, long number) {
    OpenStore open = filesOrEarly(mark, number);
    if (open == null || !open.mayHave(mark)) {
      return;
    }
    long absolute = numbering.absolute(number);
    tombstones.know(mark, absolute);
    boolean isNoted = open.append(absolute, mark);
    if (begun.getCount() > 0) { // or a machine that ends now would find the files closed
      var unused = awaitBegin();
    }
    if (!isNoted) {
      voidAll(open, "more was invalidated than it can remember");
    } else if (open.isLogFull() && renewing.compareAndSet(false, true)) {
      keeper.renewLog(open, renewing);
    }
  }

  /** The files; an invalidation from before they are there is kept for them. */
  private @Nullable OpenStore filesOrEarly(long mark, long number) {
    OpenStore open = keeper.files();
    if (open == null && begun.getCount() > 0) {
      early.put(mark, number);
      keeper.wanted();
      return awaitBegin();
    }
    return open;
  }

  /**
   * Files of the JVM before are being opened. They count as it left them, until who waits for them
   * gives up, or what was invalidated meanwhile is noted.
   */
  void found(StoreHeader header) {
    found = header;
    if (waitedInVain) { // both are volatile: of this thread and the other one, one sees it
      header.voidUnlessOpen();
    }
  }

  /** Waits for the files; if they do not come in time then those of before are void until then. */
  private @Nullable OpenStore awaitBegin() {
    boolean interrupted = false;
    long end = System.nanoTime() + waitNanos;
    try {
      while (!waitedInVain) { // once is enough: the disk hangs
        try {
          waitedInVain = !begun.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          break;
        } catch (InterruptedException theirs) {
          interrupted = true;
        }
      }
      StoreHeader header = found;
      if (waitedInVain && header != null) {
        header.voidUnlessOpen();
      }
      return keeper.files();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Takes over those from before, after {@link StoreKeeper#files} answers the files: whoever comes
   * later finds them there.
   *
   * @throws InternalError if the files were cut
   */
  void takeOver(OpenStore opened) {
    early.forEach(
        (mark, number) -> {
          tombstones.know(mark, numbering.absolute(number));
          if (!opened.append(numbering.absolute(number), mark)) {
            voidAll(opened, "more was invalidated than it can remember");
          }
        });
  }

  /** Nobody need wait any more: the files are there, or cannot be opened. */
  void begun() {
    begun.countDown();
  }

  /** Something may have been invalidated that the files do not say: nothing of them counts. */
  private void voidAll(OpenStore open, String reason) {
    tombstones.raiseFloor(numbering.next());
    try {
      open.voidAll();
    } catch (InternalError cut) {
      // Then who opens it next finds no header.
    }
    keeper.failLater(open, reason);
  }
}
