package io.larder.runtime.disk;

import io.larder.runtime.codec.DamagedEntryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Goes through all entries of a store, on behalf of an operator. */
final class StoreReview {

  /** The share of entries that do not count, in percent, from which a segment is rewritten. */
  private static final int REWRITE_FROM = 20;

  private final Segments segments;

  private StoreReview(Segments segments) {
    this.segments = segments;
  }

  /**
   * Does it, if there is something to go through, and says what came of it.
   *
   * @param now how the store is
   * @param what is done, in a word
   */
  static String of(
      StoreKeeper keeper, DiskState now, String what, Function<StoreReview, String> how) {
    Segments segments = keeper.segments();
    if (segments == null) {
      return "There is nothing to " + what + ": the disk tier is " + now.health() + ".";
    }
    try {
      return how.apply(new StoreReview(segments));
    } catch (RuntimeException | Error failed) {
      keeper.failures().failedToRead(failed);
      return "It failed: " + StoreHealth.reasonOf(failed);
    }
  }

  /** What entries of a segment, or of all, are worth. */
  private static final class Count {
    long counting;
    long over;
    long damaged;

    void add(Count other) {
      counting += other.counting;
      over += other.over;
      damaged += other.damaged;
    }

    @Override
    public String toString() {
      return counting + " count, " + over + " do not any more, " + damaged + " are damaged";
    }
  }

  /** Reads all and says what it found. */
  String check() {
    Count all = new Count();
    List<Segment> now = segments.all();
    for (Segment each : now) {
      all.add(count(each));
    }
    return "Of the entries in " + now.size() + " segments " + all + ".";
  }

  private Count count(Segment segment) {
    Count count = new Count();
    for (long slot : segment.index().slots()) {
      if (slot != 0) {
        count(segment, SegmentIndex.recordOf(slot), count);
      }
    }
    return count;
  }

  private void count(Segment segment, long record, Count count) {
    try {
      StoredRecord entry = segment.read(record);
      if (entry != null && segments.survivors().judge(segment, entry) != null) {
        count.counting++;
      } else {
        count.over++;
      }
    } catch (IOException | DamagedEntryException | RuntimeException damaged) {
      count.damaged++;
      Faults.settle();
    }
  }

  /** Rewrites segments of which much does not count, and says what that freed. */
  String compact() {
    List<Segment> oldestFirst = new ArrayList<>(segments.all());
    Collections.reverse(oldestFirst);
    oldestFirst.remove(oldestFirst.size() - 1); // which is written
    int rewritten = 0;
    long bytes = 0;
    for (Segment each : oldestFirst) {
      Count count = count(each);
      long gone = count.over + count.damaged;
      boolean worthIt = gone * 100 >= REWRITE_FROM * (gone + count.counting);
      if (worthIt && segments.survivors().fold(each)) {
        rewritten++;
        bytes += each.bytes();
      }
    }
    return "Rewrote "
        + rewritten
        + " segments of "
        + (bytes >> 20)
        + " MiB, with what still counts.";
  }
}
