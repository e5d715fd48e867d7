package io.larder.runtime.disk;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.EnvelopeHeader;
import io.larder.runtime.codec.KeyHash;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides which entries of a segment are worth to be kept when it goes, and moves them to the one
 * that is written. Moves need the lock of writers.
 */
final class Survivors {

  private final Segments segments;
  private final Tombstones tombstones;
  private final StoreTime time;
  private final DiskEvents events;

  Survivors(Segments segments, Tombstones tombstones, StoreTime time, DiskEvents events) {
    this.segments = segments;
    this.tombstones = tombstones;
    this.time = time;
    this.events = events;
  }

  /** Moves what was in use, and the rest if that is little, as far as it still counts. */
  void keepSome(Segment going, long mostBytes) {
    long room = mostBytes;
    for (int record : going.hot()) {
      if (record != 0 && room > 0) {
        long kept = keep(going, Integer.toUnsignedLong(record));
        room -= kept;
        if (kept > 0) {
          events.kept();
        }
      }
    }
    if (bytesLeft(going) <= room) {
      for (long slot : going.index().slots()) {
        if (slot != 0 && room > 0) {
          room -= keep(going, SegmentIndex.recordOf(slot));
        }
      }
    }
  }

  /** About how much of it is not in newer segments; by the tags that indexes know entries by. */
  private long bytesLeft(Segment going) {
    long left = 0;
    for (long slot : going.index().slots()) {
      if (slot != 0 && !segments.isReplaced(going, SegmentIndex.tagOf(slot))) {
        left++;
      }
    }
    return going.liveBytes() * left / Math.max(1, going.index().size());
  }

  /** Moves one entry if it counts; answers how many bytes, 0 if it does not. */
  long keep(Segment from, long record) {
    try {
      // What counts now is as good as that late, as each invalidation up to there is known.
      long settled = tombstones.settled();
      StoredRecord entry = from.read(record);
      if (entry == null || from.index().find(entry.entryMark()) != record) {
        return 0; // what was in use was replaced since
      }
      EnvelopeHeader header = judge(from, entry);
      if (header == null) {
        return 0;
      }
      StoredRecord kept = entry.withClock(Math.max(entry.clock, settled));
      segments.copy(kept, header.tags());
      return kept.size();
    } catch (IOException | DamagedEntryException damaged) {
      events.damaged();
      return 0;
    }
  }

  /** The header of an entry that counts and that no newer one replaced; else {@code null}. */
  @Nullable EnvelopeHeader judge(Segment of, StoredRecord entry) throws DamagedEntryException {
    KeyHash identity = EnvelopeHeader.identityIn(entry.bytes);
    EnvelopeHeader header = EnvelopeHeader.read(identity, entry.bytes);
    boolean counts =
        tombstones.allow(entry, header.tags())
            && time.millisNow() < header.expiresMillis()
            && !segments.isReplaced(of, entry.entryMark());
    return counts ? header : null;
  }

  /** Moves what short runs left: each would keep a file for a few entries. */
  void foldSmall() {
    Segment small = segments.small();
    while (small != null && fold(small)) {
      small = segments.small();
    }
  }

  /**
   * Moves what counts of a segment to the one that is written, and drops it, unless that has no
   * room for so much. Writers wait for one entry at a time.
   */
  synchronized boolean fold(Segment small) {
    if (!segments.all().contains(small)) {
      return false; // it was dropped meanwhile
    }
    ReentrantLock writing = segments.writing();
    for (long slot : small.index().slots()) {
      writing.lock();
      try {
        if (slot != 0 && !segments.takesFrom(small)) {
          return false;
        }
        if (slot != 0) {
          var unused = keep(small, SegmentIndex.recordOf(slot));
        }
      } finally {
        writing.unlock();
      }
    }
    writing.lock();
    try {
      segments.drop(small);
    } finally {
      writing.unlock();
    }
    return true;
  }
}
