package io.larder.runtime.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments, the newest first; never changes, but for what is in them. */
final class SegmentList {

  private final Segment[] all;

  private SegmentList(Segment[] all) {
    this.all = all;
  }

  /** Of these, in whatever order. */
  static SegmentList of(List<Segment> segments) {
    Segment[] all = segments.toArray(Segment[]::new);
    Arrays.sort(all, (one, other) -> other.name().compareTo(one.name()));
    return new SegmentList(all);
  }

  /** With a newer one. */
  SegmentList with(Segment newest) {
    Segment[] more = new Segment[all.length + 1];
    System.arraycopy(all, 0, more, 1, all.length);
    more[0] = newest;
    return new SegmentList(more);
  }

  SegmentList without(Segment one) {
    return new SegmentList(Arrays.stream(all).filter(each -> each != one).toArray(Segment[]::new));
  }

  int size() {
    return all.length;
  }

  /** The one that is written. */
  Segment newest() {
    return all[0];
  }

  /** The one that was written before it; there must be two. */
  Segment second() {
    return all[1];
  }

  Segment oldest() {
    return all[all.length - 1];
  }

  List<Segment> asList() {
    return List.of(all);
  }

  /** Whether an entry may depend on a mark. */
  boolean mayHave(long mark) {
    for (Segment each : all) {
      if (each.mayHave(mark)) {
        return true;
      }
    }
    return false;
  }

  /** As {@link Segments#find}, or, if it is not used, {@link Segments#peek}. */
  @Nullable StoredRecord find(long entryMark, boolean isUsed) throws IOException {
    for (Segment each : all) {
      StoredRecord found = each.find(entryMark, isUsed);
      if (found != null && found.entryMark() == entryMark) {
        return found;
      }
    }
    return null;
  }

  /** As {@link Segments#use}. */
  void use(long entryMark) {
    for (Segment each : all) {
      if (each.useEntry(entryMark)) {
        return;
      }
    }
  }

  /** Whether a newer segment has an entry, too. */
  boolean isReplaced(Segment in, long entryMark) {
    for (Segment each : all) {
      if (each == in) {
        return false;
      }
      if (each.holds(entryMark)) {
        return true;
      }
    }
    return false;
  }

  /** As the other, as far as the 32 bits tell that an index knows an entry by. */
  boolean isReplaced(Segment in, int tag) {
    for (Segment each : all) {
      if (each == in) {
        return false;
      }
      if (each.index().hasTag(tag)) {
        return true;
      }
    }
    return false;
  }

  /** The smallest clock of all entries; the greatest number if there is none. */
  long minClock() {
    long least = Long.MAX_VALUE;
    for (Segment each : all) {
      least = Math.min(least, each.minClock());
    }
    return least;
  }

  /** Whether all files are there and have not been cut. */
  boolean areThere() throws IOException {
    for (Segment each : all) {
      if (!each.isThere()) {
        return false;
      }
    }
    return true;
  }

  /** The oldest with fewer bytes than so many that is only read; {@code null} if there is none. */
  @Nullable Segment smaller(long bytes) {
    for (int i = all.length - 1; i > 0; i--) {
      if (all[i].liveBytes() < bytes) {
        return all[i];
      }
    }
    return null;
  }

  /** Lets go of all files, those that are read as soon as they are not. */
  void abandon() {
    for (Segment each : all) {
      each.retire();
      var unused = each.closeIfQuiet(); // else the collector closes it
    }
  }
}
