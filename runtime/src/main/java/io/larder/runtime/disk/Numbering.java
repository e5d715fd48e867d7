package io.larder.runtime.disk;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers invalidations: what was loaded before one has a smaller stamp. Each opening of the files
 * has numbers of its own above those of all before; what was numbered before the first counts as of
 * that. Thread-safe.
 */
final class Numbering {

  /** Openings there may be: 8 million; invalidations in each: a million millions. */
  private static final int OPENING_SHIFT = 40;

  /** Small as long as nothing was opened. */
  private final AtomicLong last = new AtomicLong(1);

  private volatile long opening;

  /** What is added to those from before the first opening. */
  private volatile long firstBase;

  /** The number of the last invalidation; never 0. */
  long last() {
    return last.get();
  }

  long next() {
    return last.incrementAndGet();
  }

  /** The number that compares with all others. */
  long absolute(long number) {
    return number >>> OPENING_SHIFT == 0 ? firstBase + number : number;
  }

  /** The last opening; 0 before the first. */
  long opening() {
    return opening;
  }

  /** Begins the numbers of an opening, which is greater than those before. */
  void open(long number) {
    long base = number << OPENING_SHIFT;
    opening = number;
    if (firstBase == 0) {
      firstBase = base;
      last.addAndGet(base);
    } else {
      last.accumulateAndGet(base, Math::max);
    }
  }
}
