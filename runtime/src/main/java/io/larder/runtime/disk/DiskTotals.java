package io.larder.runtime.disk;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to the files of a store. Thread-safe. */
final class DiskTotals {

  final LongAdder evictions = new LongAdder();
  final LongAdder secondChances = new LongAdder();
  final LongAdder damaged = new LongAdder();
  final LongAdder openings = new LongAdder();
  private volatile Opened opened = new Opened(-1, 0, "", 0);

  private record Opened(long millis, long salvaged, String story, long lastCleanClose) {}

  void opened(StoreOpening opening, long nanos) {
    openings.increment();
    opened =
        new Opened(
            TimeUnit.NANOSECONDS.toMillis(nanos),
            opening.salvaged(),
            opening.story(),
            opening.lastCleanCloseMillis());
  }

  /** How long the last opening took; -1 if there was none. */
  long openMillis() {
    return opened.millis;
  }

  /** Entries found again. */
  long salvaged() {
    return opened.salvaged;
  }

  /** What became of the files of the JVM before, for people. */
  String salvage() {
    return opened.story;
  }

  /** 0 if it is not known. */
  long lastCleanCloseMillis() {
    return opened.lastCleanClose;
  }
}
