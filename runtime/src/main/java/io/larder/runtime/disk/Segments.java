package io.larder.runtime.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All entries of a store: the segment that is written and those before, of which the oldest is
 * dropped before there is more than the bound allows. Reads take no lock.
 */
final class Segments {

  private final StorePlace place;
  private final SegmentPlan plan;
  private final Tombstones tombstones;
  private final Survivors survivors;
  private final DiskEvents events;
  private final SegmentFiles files;
  private final long opening;
  private final ReentrantLock writing = new ReentrantLock();

  /** Newest first; the first is written. */
  private volatile Segment[] all;

  /** Guarded by the lock, as the next. */
  private final DroppedSegments dropped = new DroppedSegments();

  private int lastNumber;

  Segments(
      StorePlace place,
      SegmentPlan plan,
      Tombstones tombstones,
      StoreTime time,
      long opening,
      List<Segment> kept,
      SegmentFiles files,
      DiskEvents events) {
    this.place = place;
    this.plan = plan;
    this.tombstones = tombstones;
    this.opening = opening;
    this.files = files;
    this.survivors = new Survivors(this, tombstones, time, events);
    this.events = events;
    List<Segment> newestFirst = new ArrayList<>(kept);
    newestFirst.sort((one, other) -> other.name().compareTo(one.name()));
    this.all = newestFirst.toArray(Segment[]::new);
  }

  /** Makes the first segment to write, once the old ones are known. */
  void start() {
    writing.lock();
    try {
      begin();
      makeRoom();
    } finally {
      writing.unlock();
    }
  }

  /** Whether an entry may depend on a mark. */
  boolean mayHave(long mark) {
    if (mark == Marks.EVERYTHING) {
      return true;
    }
    for (Segment each : all) {
      if (each.mayHave(mark)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The newest record of an entry; {@code null} if there is none.
   *
   * @throws IOException if it is damaged; an older one does not count then
   */
  @Nullable StoredRecord find(long entryMark) throws IOException {
    for (Segment each : all) {
      StoredRecord found = each.find(entryMark);
      if (found != null && found.entryMark() == entryMark) {
        return found;
      }
    }
    return null;
  }

  /** Adds an entry; answers whether it still counted. */
  boolean write(long entryMark, StoredRecord entry, List<String> tags) {
    if (!plan.takes(entry)) {
      return false;
    }
    writing.lock();
    try {
      Segment active = all[0];
      if (active.isSpoilt() || !active.hasRoom(plan)) {
        active = rotate(active);
      }
      active.announce(entryMark, entry, Marks.ofTags(entry.cacheMark, tags));
      if (!tombstones.allowStore(entry, tags)) {
        return false;
      }
      active.add(entryMark, entry);
      return true;
    } finally {
      writing.unlock();
    }
  }

  private Segment rotate(Segment full) {
    Segment next = begin();
    events.filled(full);
    makeRoom();
    return next;
  }

  private Segment begin() {
    SegmentName name = new SegmentName(opening, ++lastNumber);
    Path file = place.file(name.toString());
    RecordFile records = create(file);
    Segment next = new Segment(name, file, records, new SegmentIndex(), new Filter());
    Segment[] before = all;
    Segment[] after = new Segment[before.length + 1];
    System.arraycopy(before, 0, after, 1, before.length);
    after[0] = next;
    all = after; // before anything is announced in it
    return next;
  }

  private RecordFile create(Path file) {
    try {
      return files.create(file, plan.increment());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (RuntimeException failed) {
      var unused = file.toFile().delete(); // what there is of it takes room
      throw failed;
    }
  }

  /** Drops the oldest until the first can grow as far as it may. */
  private void makeRoom() {
    while (all.length > 1 && bytes() + toCome() > plan.maximumBytes()) {
      dropOldest();
    }
  }

  private long bytes() {
    try {
      return place.bytes();
    } catch (IOException unknown) {
      throw new UncheckedIOException(unknown);
    }
  }

  /** What the first grows by yet, and the files beside the two that have none. */
  private long toCome() {
    return plan.segmentBytes() - all[0].bytes() + 2 * all[1].sideBytes();
  }

  /** Drops the oldest segment, or the only one; what was in use is kept. */
  void shrink() {
    writing.lock();
    try {
      if (all.length == 1) {
        events.filled(all[0]);
        begin();
      }
      dropOldest();
    } finally {
      writing.unlock();
    }
  }

  /** {@link #shrink} if that leaves most of what there is. */
  void shrinkIfMany() {
    if (all.length > 1) {
      shrink();
    }
  }

  private void dropOldest() {
    Segment oldest = all[all.length - 1];
    try {
      survivors.keepSome(oldest, plan.segmentBytes() / 4);
    } catch (RuntimeException full) { // the more reason to drop it
      all[0].spoil();
    }
    events.dropped(oldest);
    drop(oldest);
  }

  /** Drops one; only with the lock. */
  void drop(Segment which) {
    all = Arrays.stream(all).filter(each -> each != which).toArray(Segment[]::new);
    dropped.add(which);
  }

  /** Deletes the files of dropped segments that nobody reads any more. */
  void deleteRetired() {
    writing.lock();
    try {
      dropped.delete();
    } finally {
      writing.unlock();
    }
  }

  /** The smallest clock of all entries whose files are there; the greatest number if none is. */
  long minClock() {
    writing.lock();
    try {
      long least = dropped.minClock();
      for (Segment each : all) {
        least = Math.min(least, each.minClock());
      }
      return least;
    } finally {
      writing.unlock();
    }
  }

  /** Nothing more goes to the segment that is written: who knows what a failure left of it. */
  void spoil() {
    all[0].spoil();
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

  /** Writes all to the disk itself; nothing is to be written any more. */
  void seal(long store) throws IOException {
    writing.lock();
    try {
      for (Segment each : all) {
        each.seal(place.directory(), store);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Adds what was judged; only with the lock. */
  void copy(StoredRecord entry, List<String> tags) {
    Segment active = all[0];
    long mark = entry.entryMark();
    active.announce(mark, entry, Marks.ofTags(entry.cacheMark, tags));
    active.add(mark, entry);
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

  /** Who decides what is kept. */
  Survivors survivors() {
    return survivors;
  }

  /** Whether what is left of a segment can go to the one that is written; only with the lock. */
  boolean takesFrom(Segment small) {
    return all[0] != small && !all[0].isSpoilt() && all[0].hasRoom(plan);
  }

  /** The oldest of those that are read only and take less than a quarter of what they may. */
  @Nullable Segment small() {
    Segment[] now = all;
    for (int i = now.length - 1; i > 0; i--) {
      if (now[i].liveBytes() < plan.segmentBytes() / 4) {
        return now[i];
      }
    }
    return null;
  }

  /** What writers hold. */
  ReentrantLock writing() {
    return writing;
  }

  /** Lets go of all files, those that are read as soon as they are not. */
  void abandon() {
    for (Segment each : all) {
      each.retire();
      var unused = each.closeIfQuiet(); // else the collector closes it
    }
  }

  /** All, newest first. */
  List<Segment> all() {
    return List.of(all);
  }
}
