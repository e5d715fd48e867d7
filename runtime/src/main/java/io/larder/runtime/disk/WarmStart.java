package io.larder.runtime.disk;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.logging.Log;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Notes from time to time what is used most, and after a restart reads that ahead, at a bounded
 * rate and on a thread of its own. Thread-safe. Nothing here throws because of the disk.
 */
public final class WarmStart implements AutoCloseable {

  private static final Logger logger = Log.logger(WarmStart.class);

  private static final long LOOK_AGAIN_MILLIS = 100;

  /** Between two steps of {@link ReadAhead}: 4,000 entries in a second. */
  private static final long PAUSE_MILLIS = 25;

  private static final long NOTE_EACH_MILLIS = 60_000;

  /** What is not asked for by then is mostly not asked for at all. */
  private static final int KEPT_MINUTES = 10;

  private static final Duration CLOSE_AT_MOST = Duration.ofMillis(500);
  private static final long MOST_BYTES = 64L << 20;

  private final DiskStore store;
  private final Supplier<List<HotKey>> hottest;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** {@code null} before it began. */
  private volatile @Nullable ReadAhead reading;

  /**
   * A key in memory.
   *
   * @param cache the name of its cache
   * @param identity as {@link TierKey#identity} has it
   */
  public record HotKey(String cache, KeyHash identity) {}

  private WarmStart(DiskStore store, Supplier<List<HotKey>> hottest) {
    this.store = store;
    this.hottest = hottest;
    this.thread = DaemonThreads.newThread("warm", this::run);
  }

  /**
   * Begins, as soon as the store is open.
   *
   * @param hottest what is used most now, hottest first
   */
  public static WarmStart begin(DiskStore store, Supplier<List<HotKey>> hottest) {
    WarmStart warm = new WarmStart(store, hottest);
    warm.thread.start();
    return warm;
  }

  private void run() {
    try {
      while (!isOpen()) {
        if (closesWithin(LOOK_AGAIN_MILLIS)) {
          return;
        }
      }
      readAhead();
      for (int minutes = 1; !closesWithin(NOTE_EACH_MILLIS); minutes++) {
        note();
        if (minutes == KEPT_MINUTES || isUseless()) {
          store.staging().clear();
        }
      }
      note();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (Throwable failed) { // of the disk, or of a key's equals
      logger.debug("Nothing more is read ahead, or noted for it: {}", failed.toString());
    }
  }

  private boolean isOpen() {
    return store.isOpen();
  }

  private boolean closesWithin(long millis) throws InterruptedException {
    return closing.await(millis, TimeUnit.MILLISECONDS);
  }

  private boolean isUseless() {
    ReadAhead ahead = reading;
    return ahead != null && ahead.isUseless();
  }

  /** {@code null} when it is open no more. */
  private @Nullable HotFile hotFile() {
    String place = store.figures().place();
    return place.isEmpty() ? null : new HotFile(Path.of(place));
  }

  private void readAhead() throws IOException, InterruptedException {
    long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 10);
    HotFile named = hotFile();
    ReadAhead ahead = new ReadAhead(named == null ? new long[0] : named.read(), most);
    reading = ahead;
    boolean more = !ahead.hasEnded();
    while (more && !closesWithin(PAUSE_MILLIS)) {
      more = ahead.step(this::read);
    }
    if (isUseless()) {
      store.staging().clear();
    }
  }

  /** Reads an entry into the heap, and answers how many bytes it has; -1 if it is not there. */
  private int read(long mark) {
    StoredRecord found = store.readAhead(mark);
    if (found == null) {
      return -1;
    }
    store.staging().add(mark, found);
    // A newer one may have been written before it was added.
    StoredRecord now = store.readAhead(mark);
    if (now == null || !Arrays.equals(now.bytes, found.bytes)) {
      store.staging().outdated(mark);
    }
    return found.bytes.length;
  }

  /** Something was asked for on disk. */
  public void looked(TierKey key) {
    ReadAhead ahead = reading;
    if (ahead != null && ahead.awaitsMore()) {
      ahead.looked(Marks.entry(Marks.cache(key.cache()), key.identity()));
    }
  }

  /** Notes what is used most now; what was noted before stays while nothing is. */
  private void note() throws IOException {
    List<HotKey> now = hottest.get();
    HotFile file = isOpen() && !now.isEmpty() ? hotFile() : null;
    if (file != null) {
      long[] marks = new long[now.size()];
      for (int i = 0; i < marks.length; i++) {
        marks[i] = Marks.entry(Marks.cache(now.get(i).cache), now.get(i).identity);
      }
      file.write(marks);
    }
  }

  /** What was read ahead. */
  public WarmStartFigures figures() {
    ReadAhead ahead = reading;
    return ahead == null ? WarmStartFigures.NONE : ahead.figures();
  }

  /** Has it note once more and end, and waits for that a moment; the store must still be open. */
  @Override
  public void close() {
    close(Deadline.in(CLOSE_AT_MOST));
  }

  /** The same, and waits no longer than that either. */
  public void close(Deadline atMost) {
    closing.countDown();
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, atMost.orIn(CLOSE_AT_MOST).leftNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
