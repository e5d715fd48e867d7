package io.larder.runtime.disk;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was invalidated and when, as far as it may matter to an entry on disk or to one on its way
 * there. Thread-safe.
 *
 * <p>Each invalidation is noted first, and then it is asked whether an entry on disk may depend on
 * it; each entry is announced first, and then it is asked whether it was invalidated. So no entry
 * and its invalidation miss each other.
 */
final class Tombstones {

  /** Invalidations that matter to nothing on disk are remembered this long for what is coming. */
  private static final int RECENT = 1 << 15;

  private final Numbering numbering;

  /** What matters to entries on disk. */
  private final MarkTable known = new MarkTable();

  /** All of late, for entries that come. */
  private volatile MarkTable recent = new MarkTable();

  private volatile MarkTable former = new MarkTable();

  /** The number of the last invalidation when {@link #former} was taken out of use. */
  private long formerLast;

  /** Entries with a smaller clock may have been invalidated without anybody knowing. */
  private volatile long oldestWrite;

  /** Entries with a smaller clock are void. */
  private volatile long floor;

  /** Invalidations between their number and being known. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Guarded by this. */
  private long settled;

  Tombstones(Numbering numbering) {
    this.numbering = numbering;
  }

  /**
   * Numbers an invalidation and notes it for what comes; to be followed by the question whether
   * there is anything, by {@link #know} if there is, and in any case by {@link #end}.
   */
  synchronized long begin(long mark) {
    underWay.incrementAndGet();
    long number = numbering.next();
    recent.put(mark, number);
    if (recent.size() > RECENT) {
      turn();
    }
    return number;
  }

  /**
   * As {@link #begin} for the group of an entry that is to take the place of what is there.
   *
   * @param entry with the number from before its result came to be
   */
  synchronized Replacement beginReplacing(StoredRecord entry, List<String> tags) {
    boolean counts = allowStore(entry, tags); // before its own number hides another one
    return new Replacement(begin(entry.groupMark), counts);
  }

  /**
   * An invalidation on behalf of an entry.
   *
   * @param number of it: what the entry is stored with, if it counts
   * @param counts whether nothing that the entry depends on was invalidated before
   */
  record Replacement(long number, boolean counts) {}

  private void turn() {
    long gone = formerLast;
    formerLast = numbering.last();
    oldestWrite = Math.max(oldestWrite, gone); // before it is gone
    former = recent;
    recent = new MarkTable();
  }

  /** An invalidation is known, if it has to be. */
  void end() {
    underWay.decrementAndGet();
  }

  /** A number up to which each invalidation is known: what counts now is as good as that late. */
  synchronized long settled() {
    if (underWay.get() == 0) {
      settled = numbering.last();
    }
    return settled;
  }

  /** Notes an invalidation that matters to entries on disk. */
  void know(long mark, long number) {
    known.put(mark, number);
  }

  /** What matters to entries on disk. */
  MarkTable known() {
    return known;
  }

  /**
   * Forgets invalidations that no entry on disk is older than.
   *
   * @param minClock the smallest clock of these
   */
  void forgetUpTo(long minClock) {
    long number = Math.min(minClock, numbering.last());
    raiseFloor(number); // first: who has an entry of a dropped segment in hand judges it later
    known.forgetUpTo(number);
  }

  /** Nothing on disk that is older counts any more. */
  synchronized void raiseFloor(long number) {
    floor = Math.max(floor, number);
  }

  /** Whether an entry on disk still counts. */
  boolean allow(StoredRecord entry, List<String> tags) {
    long clock = entry.clock;
    return isOlder(known, Marks.EVERYTHING, clock)
        && isOlder(known, entry.groupMark, clock)
        && isOlder(known, entry.cacheMark, clock)
        && areOlder(known, entry.cacheMark, tags, clock)
        && clock >= floor; // last: it rises before what is known goes
  }

  /** Whether an announced entry may be stored. */
  boolean allowStore(StoredRecord entry, List<String> tags) {
    long clock = entry.clock;
    MarkTable now = recent;
    MarkTable before = former;
    return allowStore(now, before, Marks.EVERYTHING, clock)
        && allowStore(now, before, entry.groupMark, clock)
        && allowStore(now, before, entry.cacheMark, clock)
        && areOlder(now, entry.cacheMark, tags, clock)
        && areOlder(before, entry.cacheMark, tags, clock)
        && areOlder(known, entry.cacheMark, tags, clock)
        && clock >= floor // as above
        && clock >= numbering.absolute(oldestWrite);
  }

  private boolean allowStore(MarkTable now, MarkTable before, long mark, long clock) {
    return isOlder(now, mark, clock) && isOlder(before, mark, clock) && isOlder(known, mark, clock);
  }

  @SuppressWarnings("ForLoopReplaceableByForEach") // no iterator
  private boolean areOlder(MarkTable table, long cacheMark, List<String> tags, long clock) {
    if (table.size() == 0) {
      return true;
    }
    for (int i = 0; i < tags.size(); i++) {
      if (!isOlder(table, Marks.tag(cacheMark, tags.get(i)), clock)
          || !isOlder(table, Marks.tag(Marks.ALL_CACHES, tags.get(i)), clock)) {
        return false;
      }
    }
    return true;
  }

  private boolean isOlder(MarkTable table, long mark, long clock) {
    long number = table.get(mark);
    return number == 0 || numbering.absolute(number) <= clock;
  }
}
