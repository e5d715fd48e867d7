package io.larder.runtime.disk;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.EnvelopeHeader;
import java.io.IOException;
import java.nio.file.Files;
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

  private final Path directory;
  private final SegmentPlan plan;
  private final Tombstones tombstones;
  private final Numbering numbering;
  private final DiskEvents events;
  private final long opening;
  private final ReentrantLock writing = new ReentrantLock();

  /** Newest first; the first is written. */
  private volatile Segment[] all;

  /** Guarded by the lock. */
  private int lastNumber;

  Segments(
      Path directory,
      SegmentPlan plan,
      Tombstones tombstones,
      Numbering numbering,
      long opening,
      List<Segment> kept,
      DiskEvents events) {
    this.directory = directory;
    this.plan = plan;
    this.tombstones = tombstones;
    this.numbering = numbering;
    this.opening = opening;
    this.events = events;
    List<Segment> newestFirst = new ArrayList<>(kept);
    newestFirst.sort((one, other) -> other.name().compareTo(one.name()));
    this.all = newestFirst.toArray(Segment[]::new);
  }

  /** Makes the first segment to write, once the old ones are known. */
  void start() {
    writing.lock();
    try {
      makeRoom();
      begin();
    } finally {
      writing.unlock();
    }
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
    writing.lock();
    try {
      Segment active = all[0];
      if (active.bytes() + entry.bytes.length > plan.segmentBytes()) {
        active = rotate(active);
      }
      active.announce(entryMark, entry, marksOf(entry.cacheMark, tags));
      if (!tombstones.allowStore(entry, tags)) {
        return false;
      }
      active.add(entryMark, entry);
      return true;
    } finally {
      writing.unlock();
    }
  }

  private static long[] marksOf(long cacheMark, List<String> tags) {
    long[] marks = new long[2 * tags.size()];
    for (int i = 0; i < tags.size(); i++) {
      marks[2 * i] = Marks.tag(cacheMark, tags.get(i));
      marks[2 * i + 1] = Marks.tag(Marks.ALL_CACHES, tags.get(i));
    }
    return marks;
  }

  private Segment rotate(Segment full) {
    events.filled(full);
    Segment next = begin();
    makeRoom();
    return next;
  }

  private Segment begin() {
    SegmentName name = new SegmentName(opening, ++lastNumber);
    Path file = directory.resolve(name.toString());
    RecordFile records = RecordFile.create(file, plan.increment());
    Segment next = new Segment(name, file, records, new SegmentIndex(), new Filter());
    Segment[] before = all;
    Segment[] after = new Segment[before.length + 1];
    System.arraycopy(before, 0, after, 1, before.length);
    after[0] = next;
    all = after; // before anything is announced in it
    return next;
  }

  /** Drops the oldest until one segment more can grow. */
  private void makeRoom() {
    while (all.length > plan.segments()) {
      dropOldest();
    }
  }

  private void dropOldest() {
    Segment[] before = all;
    Segment oldest = before[before.length - 1];
    keepHot(oldest);
    all = Arrays.copyOf(before, before.length - 1);
    oldest.retire();
    events.dropped(oldest);
  }

  /** Copies what was in use, as far as it still counts and nothing newer is there. */
  private void keepHot(Segment oldest) {
    long room = plan.segmentBytes() / 4;
    for (int record : oldest.hot()) {
      if (record != 0 && room > 0) {
        room -= keep(oldest, Integer.toUnsignedLong(record));
      }
    }
  }

  private long keep(Segment oldest, long record) {
    try {
      long now = numbering.last(); // before it is judged
      StoredRecord entry = oldest.read(record);
      if (entry == null) {
        return 0;
      }
      long mark = entry.entryMark();
      EnvelopeHeader header =
          EnvelopeHeader.read(EnvelopeHeader.identityIn(entry.bytes), entry.bytes);
      if (find(mark) == null || isElsewhere(oldest, mark) || !tombstones.allow(entry, header)) {
        return 0;
      }
      StoredRecord kept = entry.withClock(now);
      Segment active = all[0];
      active.announce(mark, kept, marksOf(kept.cacheMark, header.tags()));
      active.add(mark, kept);
      events.kept();
      return kept.bytes.length;
    } catch (IOException | DamagedEntryException damaged) {
      events.damaged();
      return 0;
    }
  }

  private boolean isElsewhere(Segment oldest, long entryMark) throws IOException {
    for (Segment each : all) {
      if (each != oldest && each.find(entryMark) != null) {
        return true;
      }
    }
    return false;
  }

  /** All, newest first. */
  List<Segment> all() {
    return List.of(all);
  }

  /** Deletes the file of a segment that nobody reads any more. */
  static void delete(Segment segment) throws IOException {
    segment.close();
    Files.deleteIfExists(segment.file());
  }
}
