package io.larder.runtime.disk;

import io.larder.runtime.disk.StoreHeader.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of a store while they are open. What is invalidated can be noted from the beginning,
 * entries are there once {@link #segments} are.
 */
class OpenStore {

  private final StorePlace place;
  private final StoreHeader header;
  private final Tombstones tombstones;
  private final int logCapacity;

  /** Whether the JVM before closed them. */
  private final boolean wasClean;

  /** What tells the file from another one of the same name; {@code null} where nothing does. */
  private final @Nullable Object headerKey;

  /** Another one while the log is renewed: then both take what is invalidated. */
  private volatile @Nullable TombstoneLog nextLog;

  private volatile TombstoneLog log;
  private volatile @Nullable Segments segments;

  OpenStore(
      StorePlace place,
      StoreHeader header,
      Tombstones tombstones,
      TombstoneLog log,
      int logCapacity,
      boolean wasClean)
      throws IOException {
    this.place = place;
    this.header = header;
    this.tombstones = tombstones;
    this.log = log;
    this.logCapacity = logCapacity;
    this.wasClean = wasClean;
    this.headerKey = keyOf(place);
  }

  StorePlace place() {
    return place;
  }

  StoreHeader header() {
    return header;
  }

  /** {@code null} as long as they are being opened. */
  @Nullable Segments segments() {
    return segments;
  }

  void ready(Segments opened) {
    segments = opened;
  }

  /** Whether an entry on disk may depend on a mark. */
  boolean mayHave(long mark) {
    Segments opened = segments;
    return opened == null || opened.mayHave(mark);
  }

  /**
   * Notes an invalidation for good.
   *
   * @throws InternalError if the file was cut
   */
  boolean append(long number, long mark) {
    TombstoneLog second = nextLog;
    // If the log is renewed after that look, what is copied holds this one: it is known already.
    boolean noted = log.append(number, mark);
    return (second == null || second.append(number, mark)) && noted;
  }

  /** Whether the log should be renewed. */
  boolean isLogFull() {
    return log.fill() > 0.5;
  }

  /** Begins a log with only what still matters; on the background thread. */
  void renewLog() throws IOException {
    long number = header.get(Field.LOG) + 1;
    TombstoneLog next = newLog(place, header, number, logCapacity);
    nextLog = next;
    try {
      copyKnown(next);
    } catch (IOException full) {
      nextLog = null;
      Files.delete(next.file());
      throw full;
    }
    header.set(Field.LOG, number);
    Path old = log.file();
    log = next;
    nextLog = null;
    Files.delete(old);
  }

  /** Notes in a log all that matters to entries on disk. */
  void copyKnown(TombstoneLog to) throws IOException {
    boolean[] fits = {true};
    tombstones.known().forEach((mark, number) -> fits[0] &= to.append(number, mark));
    if (!fits[0]) {
      throw new IOException("more invalidations than the log takes");
    }
  }

  static TombstoneLog newLog(StorePlace place, StoreHeader header, long number, int capacity)
      throws IOException {
    return TombstoneLog.create(place.file(logName(number)), header.id(), capacity);
  }

  static String logName(long number) {
    return "log-" + number;
  }

  /** The bytes of logs, also while one is renewed. */
  static long logBytes(int capacity) {
    return 2 * TombstoneLog.bytesFor(capacity);
  }

  /** Nothing in these files counts any more, for whoever opens them next. */
  void voidAll() {
    header.voidAll();
    Faults.settle();
  }

  /** Forgets invalidations that no entry is older than; answers how many are left. */
  private int prune() {
    Segments opened = segments;
    if (opened != null) {
      tombstones.forgetUpTo(opened.minClock());
    }
    return tombstones.known().size();
  }

  /** Forgets invalidations, and with them the oldest entries while there are too many. */
  void forget(Segments entries) {
    int rounds = entries.all().size() + 1;
    while (prune() > mostKnown() && rounds-- > 0) {
      entries.shrink();
    }
  }

  /** Whether so many invalidations are known that it is worth the work to forget some. */
  boolean knowsMany() {
    return tombstones.known().size() > mostKnown() / 2 || isLogFull();
  }

  private int mostKnown() {
    return logCapacity * 2 / 5;
  }

  /** Whether the files are still those that were opened; a mapping does not tell. */
  boolean isThere() throws IOException {
    TombstoneLog now = log;
    Segments opened = segments;
    return Objects.equals(headerKey, keyOf(place))
        && Files.size(now.file()) == now.bytes()
        && (opened == null || opened.areThere());
  }

  private static @Nullable Object keyOf(StorePlace place) throws IOException {
    Path file = place.file(StoreOpening.HEADER);
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Has it known that what is invalidated is noted from now on; what is there counts. */
  void markOpen() {
    header.markOpen();
    Faults.settle();
  }

  /**
   * Writes all to the disk itself and notes that all is whole. If the entries were not opened yet
   * they are as they were: whole, or for the next to salvage.
   */
  void close(long nowMillis) throws IOException {
    try {
      Segments opened = segments;
      if (opened != null) {
        opened.seal(header.id());
      } else if (!wasClean) {
        return;
      }
      log.seal();
      place.force();
      header.set(Field.LAST_SEEN_MILLIS, nowMillis);
      header.set(Field.CLOSED_MILLIS, nowMillis);
      header.markClean();
      header.force();
    } finally {
      abandon();
    }
  }

  /** Lets go of the files as they are. */
  void abandon() throws IOException {
    try {
      Segments opened = segments;
      if (opened != null) {
        opened.abandon();
      }
    } finally {
      place.close();
    }
  }
}
