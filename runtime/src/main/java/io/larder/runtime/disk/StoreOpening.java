package io.larder.runtime.disk;

import io.larder.runtime.disk.StoreHeader.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the files of a store in two steps: first what is needed to note invalidations, within
 * milliseconds, then the entries. What the JVM before left is used if it closed its files, or was
 * killed while the kernel went on; then what it was writing is salvaged. Otherwise, and if anything
 * of it is not as it was written that may hide an invalidation, the store begins empty.
 */
final class StoreOpening {

  static final String HEADER = "store";

  /** For all segments whose writer was killed. */
  private static final Duration SALVAGE_AT_MOST = Duration.ofSeconds(10);

  /** A clock that was set back so far is one that had been wrong. */
  private static final Duration MOST_AHEAD = Duration.ofHours(2);

  private static final long HEADER_AND_LOCK = 64 << 10;

  private final Openings openings;
  private final DiskEvents events;
  private final BootId boot;
  private final SegmentFiles files;
  private final List<String> story = new ArrayList<>();
  private long salvaged;
  private long lastCleanClose;
  private boolean wasClean;

  StoreOpening(Openings openings, DiskEvents events, BootId boot, SegmentFiles files) {
    this.openings = openings;
    this.events = events;
    this.boot = boot;
    this.files = files;
  }

  /** How many invalidations the log of a store takes: one for each KiB, within bounds. */
  static int logCapacity(long maximumBytes) {
    return (int) Math.max(32_768, Math.min(400_000, maximumBytes >> 10));
  }

  /**
   * The first step.
   *
   * @param empty whether to take nothing of what is there
   * @param told of the files of the JVM before
   * @throws IOException if it cannot be, with a reason for an operator
   */
  OpenStore begin(boolean empty, DurableInvalidations told) throws IOException {
    StorePlace place =
        StorePlace.take(openings.settings().directory(), openings.settings().application());
    try {
      StoreHeader header = empty ? null : StoreHeader.open(place.file(HEADER));
      if (header != null) {
        told.found(header);
      }
      if (header == null || !isReadable(place, header)) {
        noteStrangers(place, empty || header != null);
        place.empty();
        header = StoreHeader.create(place.file(HEADER), new SecureRandom().nextLong());
      }
      return begin(place, header);
    } catch (IOException | RuntimeException | Error failed) {
      // Or the next would serve what is invalidated from now on.
      try (place) {
        Files.deleteIfExists(place.file(HEADER));
      } catch (IOException gone) {
        failed.addSuppressed(gone);
      }
      throw failed;
    }
  }

  private void noteStrangers(StorePlace place, boolean isKnown) throws IOException {
    if (!isKnown && !place.files().isEmpty()) {
      story.add("began empty: what was there has no header that can be read");
    }
  }

  /**
   * Up to the last step the files count as the JVM before left them, so that a kill loses nothing:
   * nobody has returned from an invalidation that they do not know. Who stops waiting for that has
   * them void.
   */
  private OpenStore begin(StorePlace place, StoreHeader header) throws IOException {
    long opening = Math.max(header.get(Field.OPENING), openings.numbering().opening()) + 1;
    long seen = header.get(Field.LAST_SEEN_MILLIS);
    lastCleanClose = Math.max(0, header.get(Field.CLOSED_MILLIS));
    openings.time().notBefore(seen);
    long number = header.get(Field.LOG) + 1;
    int capacity = logCapacity(openings.settings().maximumBytes());
    deleteLogsBut(place, header.get(Field.LOG));
    header.set(Field.OPENING, opening); // before anything has a number of it
    openings.numbering().open(opening);
    TombstoneLog log = OpenStore.newLog(place, header, number, capacity);
    OpenStore store = new OpenStore(place, header, openings.tombstones(), log, capacity, wasClean);
    store.copyKnown(log);
    header.setBoot(boot);
    header.set(Field.LOG, number);
    header.set(Field.LAST_SEEN_MILLIS, openings.time().millisNow());
    deleteLogsBut(place, number);
    return store;
  }

  private static void deleteLogsBut(StorePlace place, long number) throws IOException {
    for (Path each : place.files()) {
      String name = each.getFileName().toString();
      if (name.startsWith("log-") && !name.equals(OpenStore.logName(number))) {
        Files.delete(each);
      }
    }
  }

  /** Whether files can be used; then their invalidations are known. */
  private boolean isReadable(StorePlace place, StoreHeader header) throws IOException {
    long state = header.get(Field.STATE);
    wasClean = state == StoreHeader.CLEAN;
    boolean keptByKernel = state == StoreHeader.OPEN && header.isOfBoot(boot);
    long seen = header.get(Field.LAST_SEEN_MILLIS);
    boolean damaged = header.get(Field.OPENING) < 0 || seen < 0;
    if (seen > openings.time().millisNow() + MOST_AHEAD.toMillis()) {
      story.add("began empty: what is there is of a time to come");
      return false;
    }
    if (place.siblingsSeen() + StoreKeeper.TICK_MILLIS * 2 > seen && place.siblingsSeen() > 0) {
      story.add("began empty: another JVM of this application was there since");
      return false;
    }
    if (damaged || !(wasClean || keptByKernel)) {
      story.add(
          state == StoreHeader.OPEN && !damaged
              ? "began empty: the machine ended before the files were closed"
              : "began empty: the files are void or damaged");
      return false;
    }
    try {
      Path log = place.file(OpenStore.logName(header.get(Field.LOG)));
      MarkTable read = new MarkTable();
      TombstoneLog.read(log, header.id(), read::put);
      read.forEach(
          openings.tombstones()::know); // not before all is read: of a damaged one nothing holds
      return true;
    } catch (DamagedFileException | NoSuchFileException lost) {
      story.add("began empty: the log of invalidations is not as it was written");
      return false;
    }
  }

  /** The second step: the entries. */
  void finish(OpenStore store) throws IOException {
    StorePlace place = store.place();
    long opening = store.header().get(Field.OPENING);
    long end = openings.clock().nanos() + SALVAGE_AT_MOST.toNanos();
    List<Segment> kept = new ArrayList<>();
    for (Path each : place.files()) {
      if (events.isEnding()) {
        return;
      }
      SegmentName name = SegmentName.of(each.getFileName().toString());
      if (name != null && Files.size(each) == 0) { // it was being dropped
        Files.delete(each);
      } else if (name != null) {
        Segment segment = open(store, name, each, end);
        if (segment != null) {
          kept.add(segment);
        }
      }
    }
    if (events.isEnding()) {
      return;
    }
    deleteStrays(place, kept);
    long others =
        OpenStore.logBytes(logCapacity(openings.settings().maximumBytes())) + HEADER_AND_LOCK;
    SegmentPlan plan =
        SegmentPlan.of(
            openings.settings().maximumBytes(), others, Runtime.getRuntime().maxMemory());
    Segments segments =
        new Segments(
            place, plan, openings.tombstones(), openings.time(), opening, kept, files, events);
    segments.start();
    store.ready(segments);
  }

  private @Nullable Segment open(OpenStore store, SegmentName name, Path file, long endNanos)
      throws IOException {
    RecordFile records = null;
    try {
      // Its header's checksum says nothing: each record has its own, and nothing is written here.
      records = RecordFile.openToRead(file, /* bypass= */ true);
      try {
        return SegmentSide.read(store.place().directory(), store.header().id(), name, records);
      } catch (IOException | RuntimeException none) {
        Salvage salvage =
            new Salvage(
                openings.format(),
                () -> events.isEnding() || openings.clock().nanos() - endNanos > 0);
        Segment segment = salvage.read(name, file, records);
        Faults.settle();
        note(name, salvage);
        if (!salvage.isCut()) {
          SegmentSide.write(store.place().directory(), store.header().id(), segment);
          segment.sealed();
        }
        return segment;
      }
    } catch (RuntimeException | Error unreadable) {
      Unreadable found = Unreadable.of(file, wasClean);
      story.add(found.away(store.place(), name, openings.time().millisNow()));
      if (records != null) {
        records.close();
      }
      return null;
    }
  }

  private void note(SegmentName name, Salvage salvage) {
    salvaged += salvage.entries();
    story.add(
        "salvaged "
            + salvage.entries()
            + " entries of "
            + name
            + (salvage.damaged() > 0 ? ", without " + salvage.damaged() + " damaged ones" : "")
            + (salvage.isCut() ? ", until the time was over" : ""));
  }

  private static void deleteStrays(StorePlace place, List<Segment> kept) throws IOException {
    for (Path each : place.files()) {
      String file = each.getFileName().toString();
      boolean stray =
          file.endsWith(".new")
              || (file.endsWith(".idx")
                  && kept.stream().noneMatch(of -> SegmentSide.nameOf(of.name()).equals(file)));
      if (stray) {
        Files.delete(each);
      }
    }
  }

  /** What became of the files of the JVM before, for people. */
  String story() {
    if (story.isEmpty()) {
      return wasClean ? "closed cleanly" : "nothing there before";
    }
    return String.join("; ", story);
  }

  /** Entries found again after an end that was not clean. */
  long salvaged() {
    return salvaged;
  }

  /** When the files were last closed; 0 if that is not known. */
  long lastCleanCloseMillis() {
    return lastCleanClose;
  }
}
