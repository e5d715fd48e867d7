package io.larder.runtime.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
  private volatile SegmentList all;

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
    this.all = SegmentList.of(kept);
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
    return mark == Marks.EVERYTHING || all.mayHave(mark);
  }

  /**
   * The newest record of an entry; {@code null} if there is none.
   *
   * @throws IOException if it is damaged; an older one does not count then
   */
  @Nullable StoredRecord find(long entryMark) throws IOException {
    return all.find(entryMark, /* isUsed= */ true);
  }

  /** As {@link #find}, for who does not use it: that is no reason to keep it longer. */
  @Nullable StoredRecord peek(long entryMark) throws IOException {
    return all.find(entryMark, /* isUsed= */ false);
  }

  /** Who has what {@link #peek} found uses it after all. */
  void use(long entryMark) {
    all.use(entryMark);
  }

  /** Adds an entry; answers whether it still counted. */
  boolean write(long entryMark, StoredRecord entry, List<String> tags) {
    if (!plan.takes(entry)) {
      return false;
    }
    writing.lock();
    try {
      Segment active = all.newest();
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
    all = all.with(next); // before anything is announced in it
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
    while (all.size() > 1 && bytes() + toCome() > plan.maximumBytes()) {
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
    return plan.segmentBytes() - all.newest().bytes() + 2 * all.second().sideBytes();
  }

  /** Drops the oldest segment, or the only one; what was in use is kept. */
  void shrink() {
    writing.lock();
    try {
      if (all.size() == 1) {
        events.filled(all.newest());
        begin();
      }
      dropOldest();
    } finally {
      writing.unlock();
    }
  }

  /** {@link #shrink} if that leaves most of what there is. */
  void shrinkIfMany() {
    if (all.size() > 1) {
      shrink();
    }
  }

  private void dropOldest() {
    Segment oldest = all.oldest();
    try {
      survivors.keepSome(oldest, plan.segmentBytes() / 4);
    } catch (RuntimeException full) { // the more reason to drop it
      all.newest().spoil();
    }
    drop(oldest);
    events.dropped(oldest);
  }

  /** Drops one; only with the lock. */
  void drop(Segment which) {
    all = all.without(which);
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
      return Math.min(dropped.minClock(), all.minClock());
    } finally {
      writing.unlock();
    }
  }

  /** Nothing more goes to the segment that is written: who knows what a failure left of it. */
  void spoil() {
    all.newest().spoil();
  }

  /** Whether all files are there and have not been cut. */
  boolean areThere() throws IOException {
    return all.areThere();
  }

  /** Writes all to the disk itself; nothing is to be written any more. */
  void seal(long store) throws IOException {
    writing.lock();
    try {
      for (Segment each : all.asList()) {
        each.seal(place.directory(), store);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Adds what was judged; only with the lock. */
  void copy(StoredRecord entry, List<String> tags) {
    Segment active = all.newest();
    long mark = entry.entryMark();
    active.announce(mark, entry, Marks.ofTags(entry.cacheMark, tags));
    active.add(mark, entry);
  }

  /** Whether a newer segment has an entry, too. */
  boolean isReplaced(Segment in, long entryMark) {
    return all.isReplaced(in, entryMark);
  }

  /** As the other, as far as the 32 bits tell that an index knows an entry by. */
  boolean isReplaced(Segment in, int tag) {
    return all.isReplaced(in, tag);
  }

  /** Who decides what is kept. */
  Survivors survivors() {
    return survivors;
  }

  /** Whether what is left of a segment can go to the one that is written; only with the lock. */
  boolean takesFrom(Segment small) {
    Segment active = all.newest();
    return active != small && !active.isSpoilt() && active.hasRoom(plan);
  }

  /** The oldest of those that are read only and take less than a quarter of what they may. */
  @Nullable Segment small() {
    return all.smaller(plan.segmentBytes() / 4);
  }

  /** What writers hold. */
  ReentrantLock writing() {
    return writing;
  }

  /** Lets go of all files, those that are read as soon as they are not. */
  void abandon() {
    all.abandon();
  }

  /** All, newest first. */
  List<Segment> all() {
    return all.asList();
  }
}
