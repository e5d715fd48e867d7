package io.larder.runtime.disk;

import io.larder.runtime.thread.WorkerPool;
import io.larder.runtime.time.Clock;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from waiting for a disk that does not answer. As long as reads are quick each caller
 * reads for itself, from mapped memory. When one is seen to take long, those that come are handed
 * to a few threads, and their callers wait no longer than the deadline; when those threads were
 * quick for a while, callers read for themselves again. Thread-safe.
 *
 * <p>Who is in a read when the disk stops answering waits as long as the operating system does.
 */
final class ReadGuard implements AutoCloseable {

  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int THREADS = 4;
  private static final int MOST_WAITING = 64;
  private static final int QUICK_READS = 50;

  /** Where callers note since when they read; of two in one place one is seen. */
  private static final int PLACES = 16;

  /** So that those of two processors are not in one line of their caches. */
  private static final int STRIDE = 8;

  private final Clock clock;
  private final long deadlineNanos;
  private final WorkerPool pool = new WorkerPool("disk-read", THREADS, MOST_WAITING);
  private final AtomicLongArray since = new AtomicLongArray(PLACES * STRIDE);

  /** Of those in a row by the threads. */
  private final AtomicInteger quick = new AtomicInteger();

  private volatile boolean handsOver;

  /** When the last look was handed over. */
  private volatile long handedOverAt;

  /** The tick in which somebody looked whether another is stuck; racy: two may look. */
  private long lookedAt;

  ReadGuard(Clock clock, long deadlineNanos) {
    this.clock = clock;
    this.deadlineNanos = deadlineNanos;
  }

  /** A look that did not end in time, or was not begun. */
  static final class SlowDiskException extends IOException {

    private static final long serialVersionUID = 1L;

    SlowDiskException() {
      super("the disk does not answer in time");
    }

    /** No use: it says all. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  /**
   * As {@link Segments#find}.
   *
   * @throws SlowDiskException if that takes too long
   */
  @Nullable StoredRecord find(Segments segments, long entryMark) throws IOException {
    if (handsOver) {
      return handOver(segments, entryMark);
    }
    int place = (int) (Thread.currentThread().getId() & (PLACES - 1)) * STRIDE;
    long now = clock.coarseNanos();
    if (now != lookedAt && isAnyStuck(now)) {
      quick.set(0);
      handsOver = true;
      return handOver(segments, entryMark);
    }
    since.lazySet(place, now | 1); // not 0, which stands for nobody
    try {
      return segments.find(entryMark);
    } finally {
      since.lazySet(place, 0);
    }
  }

  private boolean isAnyStuck(long now) {
    lookedAt = now;
    for (int i = 0; i < PLACES; i++) {
      long start = since.get(i * STRIDE);
      if (start != 0 && now - start > LONG_NANOS) {
        return true;
      }
    }
    return false;
  }

  private @Nullable StoredRecord handOver(Segments segments, long entryMark) throws IOException {
    handedOverAt = clock.coarseNanos();
    Look look = new Look(segments, entryMark);
    if (!pool.offer(look) || !look.await()) {
      throw new SlowDiskException();
    }
    return look.result();
  }

  /**
   * Whether calls do not read for themselves. Ends by itself when nobody has looked for a while and
   * nobody is stuck: otherwise one thread that was not scheduled would be held against a disk of
   * which nobody asks anything.
   */
  boolean isSlow() {
    long now = clock.coarseNanos();
    if (handsOver && now - handedOverAt > FORGOTTEN_NANOS && !isAnyStuck(now)) {
      handsOver = false;
    }
    return handsOver;
  }

  @Override
  public void close() {
    pool.close();
  }

  private final class Look implements Runnable {

    private final Segments segments;
    private final long entryMark;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable StoredRecord found;
    private @Nullable Throwable failure;

    Look(Segments segments, long entryMark) {
      this.segments = segments;
      this.entryMark = entryMark;
    }

    @Override
    public void run() {
      long start = System.nanoTime();
      try {
        found = segments.find(entryMark);
      } catch (Throwable failed) { // whoever waits is to know
        failure = failed;
      } finally {
        done.countDown();
      }
      boolean wasQuick = System.nanoTime() - start < LONG_NANOS;
      if (!wasQuick) {
        quick.set(0);
      } else if (quick.incrementAndGet() >= QUICK_READS) {
        forgetStuck();
        handsOver = false;
      }
    }

    /** Who is stuck yet has been seen; the next who is will be. */
    private void forgetStuck() {
      for (int i = 0; i < PLACES; i++) {
        since.set(i * STRIDE, 0);
      }
    }

    boolean await() {
      long end = System.nanoTime() + deadlineNanos;
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          } catch (InterruptedException theirs) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Nullable StoredRecord result() throws IOException {
      Throwable failed = failure;
      if (failed instanceof IOException damaged) {
        throw damaged;
      }
      if (failed instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (failed instanceof Error error) {
        throw error;
      }
      return found;
    }
  }
}
