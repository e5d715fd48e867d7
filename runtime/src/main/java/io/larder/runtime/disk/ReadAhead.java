package io.larder.runtime.disk;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongToIntFunction;

/**
 * Reads what was used most before a restart, hottest first, so that it is in memory when it is
 * asked for. Ends by itself: when all is read, when enough is, or when it proves useless because
 * the application asks for other things. {@link #step} is for one thread, all else thread-safe.
 */
final class ReadAhead {

  /** Entries that are read in one step. */
  static final int BATCH = 100;

  /** Entries that must have been read before they are judged. */
  private static final int FEWEST_READ = 500;

  /** Looks per entry read, before these are judged. */
  private static final int LOOKS_PER_ENTRY = 2;

  /** Of those read, in percent, at least so many must have been asked for. */
  private static final int USED_AT_LEAST = 30;

  private final long[] marks;
  private final long mostBytes;
  private final Set<Long> unused = ConcurrentHashMap.newKeySet();
  private final AtomicInteger used = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private int next;
  private final AtomicInteger read = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean useless;
  private volatile boolean ended;

  /**
   * Nothing is read yet.
   *
   * @param marks hottest first
   * @param mostBytes of entries that are read
   */
  ReadAhead(long[] marks, long mostBytes) {
    this.marks = marks.clone();
    this.mostBytes = mostBytes;
    this.ended = marks.length == 0;
  }

  /**
   * Reads a few more.
   *
   * @param reading reads one and answers how many bytes it has; -1 if it is not there any more
   * @return whether there is more to do
   */
  boolean step(LongToIntFunction reading) {
    for (int i = 0; i < BATCH && !isOver(); i++) {
      long mark = marks[next++];
      int size = readOne(mark, reading);
      if (size >= 0) {
        read.incrementAndGet();
        bytes.addAndGet(size);
      }
    }
    ended = isOver();
    return !ended;
  }

  /** Before it is read: who asks for it meanwhile finds it here. */
  private int readOne(long mark, LongToIntFunction reading) {
    unused.add(mark);
    int size = reading.applyAsInt(mark);
    if (size < 0) {
      unused.remove(mark);
    }
    return size;
  }

  /** Whether too little of what was read is asked for. */
  boolean isUseless() {
    int soFar = read.get();
    if (soFar >= FEWEST_READ
        && looks.get() >= LOOKS_PER_ENTRY * soFar
        && used.get() * 100L < (long) USED_AT_LEAST * soFar) {
      useless = true;
    }
    return useless;
  }

  private boolean isOver() {
    return isUseless() || next == marks.length || bytes.get() >= mostBytes;
  }

  /** Whether it matters what is asked for; not once all that was read has been. */
  boolean awaitsMore() {
    return !ended || !unused.isEmpty();
  }

  /** Something was asked for. */
  void looked(long mark) {
    looks.incrementAndGet();
    if (unused.remove(mark)) {
      used.incrementAndGet();
    }
  }

  /** Whether it is done, or gave up. */
  boolean hasEnded() {
    return ended;
  }

  /** What it did so far. */
  WarmStartFigures figures() {
    String state = useless ? "stopped: too little of it was asked for" : ended ? "done" : "reading";
    return new WarmStartFigures(marks.length, read.get(), used.get(), bytes.get(), state);
  }
}
