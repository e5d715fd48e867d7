package io.larder.runtime.disk;

import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.disk.Tombstones.Replacement;
import io.larder.runtime.model.Health;
import io.larder.runtime.stats.LoadTimes;
import io.larder.runtime.time.Clock;
import io.larder.runtime.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one JVM keeps on disk, for all of its caches: entries that survive a restart, and the
 * knowledge of what was invalidated, which survives with them. Thread-safe.
 *
 * <p>It opens its files on a thread of its own; until then nothing is found and nothing stored.
 * Whatever the disk does, no method throws.
 */
public final class DiskStore implements AutoCloseable {

  /** How long {@link #close} waits for what is to be written. */
  private static final Duration CLOSE_AT_MOST = Duration.ofSeconds(5);

  private final DiskSettings settings;
  private final Clock clock;
  private final EntryForm form;
  private final Numbering numbering = new Numbering();
  private final Tombstones tombstones = new Tombstones(numbering);
  private final DiskTotals totals = new DiskTotals();
  private final Staging staging = new Staging();
  private final LoadTimes reads = new LoadTimes();
  private final LoadTimes writes = new LoadTimes();
  private final StoreKeeper keeper;
  private final ReadGuard guard;
  private volatile boolean enabled = true;

  private DiskStore(
      DiskSettings settings,
      EnvelopeFormat format,
      Clock clock,
      long wallMillis,
      @Nullable BootId boot,
      @Nullable SegmentFiles files) {
    this.settings = settings;
    this.clock = clock;
    StoreTime time = new StoreTime(wallMillis, clock);
    this.guard = new ReadGuard(clock, settings.deadline().toNanos());
    this.form = new EntryForm(format, settings.longestTtl(), time, clock);
    this.keeper =
        new StoreKeeper(
            new Openings(settings, format, clock, time, numbering, tombstones, boot, files),
            tombstones,
            numbering,
            time,
            totals,
            staging,
            settings.deadline().toNanos());
  }

  /** A store that is being opened. */
  public static DiskStore open(DiskSettings settings, EnvelopeFormat format, Clock clock) {
    return open(settings, format, clock, /* pause= */ Duration.ZERO);
  }

  /**
   * A store for an application that is starting, too, and needs the processors: it is opened when
   * an entry is looked for or something is invalidated.
   *
   * @param pause when it is opened in any case
   */
  public static DiskStore open(
      DiskSettings settings, EnvelopeFormat format, Clock clock, Duration pause) {
    DiskStore store =
        new DiskStore(
            settings,
            format,
            clock,
            System.currentTimeMillis(),
            /* boot= */ null,
            /* files= */ null);
    store.keeper.start(pause.toNanos());
    return store;
  }

  /**
   * As the first, in a world of a test.
   *
   * @param wallMillis the time of day
   * @param boot of the kernel; {@code null} for the one there is
   * @param files how they are made; {@code null} for real ones
   */
  static DiskStore open(
      DiskSettings settings,
      EnvelopeFormat format,
      Clock clock,
      long wallMillis,
      @Nullable BootId boot,
      @Nullable SegmentFiles files) {
    DiskStore store = new DiskStore(settings, format, clock, wallMillis, boot, files);
    store.keeper.start(/* pauseNanos= */ 0);
    return store;
  }

  /** What a cache keeps on disk. */
  public DiskTier tier(String cache) {
    return new DiskTier(cache, this);
  }

  /**
   * The number of the last invalidation; never 0. To be taken before a load begins and given along
   * when its result is stored.
   */
  public long stamp() {
    return numbering.last();
  }

  long absolute(long stamp) {
    return numbering.absolute(stamp);
  }

  /**
   * Invalidates what goes with a tag.
   *
   * @param cache in which; empty for all caches
   */
  public void invalidateTag(String cache, String tag) {
    invalidate(Marks.tag(cache.isEmpty() ? Marks.ALL_CACHES : Marks.cache(cache), tag));
  }

  /** Invalidates all there is, also of caches that this JVM has not used yet. */
  public void invalidateAll() {
    invalidate(Marks.EVERYTHING);
  }

  /** Invalidates; when it returns it holds, and survives a crash. */
  void invalidate(long mark) {
    keeper.invalidations().invalidate(mark);
  }

  /** Invalidates what an entry is to replace, and says whether that still counts. */
  Replacement replace(StoredRecord entry, List<String> tags) {
    return keeper.invalidations().replace(entry, tags);
  }

  @Nullable StoredRecord find(long entryMark, DiskCounters counters) {
    Segments segments = enabled ? keeper.segments() : null;
    if (segments == null) {
      keeper.wanted();
      counters.missed(DiskMiss.AWAY);
      return null;
    }
    StoredRecord staged = staging.take(entryMark);
    if (staged != null) {
      segments.use(entryMark); // which to read it ahead did not count as
      return staged;
    }
    try {
      StoredRecord found = guard.find(segments, entryMark);
      if (found == null) {
        counters.missed(DiskMiss.ABSENT);
      }
      return found;
    } catch (ReadGuard.SlowDiskException slow) {
      counters.missed(DiskMiss.SLOW);
      return null;
    } catch (IOException damaged) {
      counters.missed(DiskMiss.DAMAGED);
      noteDamage();
      return null;
    }
  }

  /** Whether its files are open, so that entries are found. */
  boolean isOpen() {
    return enabled && keeper.segments() != null;
  }

  /** What was read ahead. */
  Staging staging() {
    return staging;
  }

  /** As {@link #find}, uncounted. */
  @Nullable StoredRecord peek(long entryMark) {
    Segments segments = enabled ? keeper.segments() : null;
    try {
      return segments == null ? null : guard.find(segments, entryMark);
    } catch (ReadGuard.SlowDiskException slow) {
      return null;
    } catch (IOException damaged) {
      noteDamage();
      return null;
    }
  }

  /**
   * Reads an entry ahead of who may ask for it; {@code null} if it is not there. Only for a thread
   * that may wait for the disk.
   */
  @Nullable StoredRecord readAhead(long entryMark) {
    Segments segments = enabled ? keeper.segments() : null;
    try {
      return segments == null ? null : segments.peek(entryMark);
    } catch (IOException damaged) {
      noteDamage();
      return null;
    } catch (RuntimeException failed) { // it is being closed, or its files were cut
      failedToRead(failed);
      return null;
    }
  }

  /** Something was not what was stored; throws if that is because files were cut. */
  void noteDamage() {
    totals.damaged.increment();
    Faults.settle();
  }

  boolean isWritable() {
    return enabled && keeper.isWritable();
  }

  boolean write(long entryMark, StoredRecord entry, List<String> tags) {
    Segments segments = keeper.segments();
    if (segments == null) {
      return false;
    }
    try {
      boolean wrote = segments.write(entryMark, entry, tags);
      if (wrote) {
        staging.outdated(entryMark);
        keeper.failures().wrote(segments);
      }
      return wrote;
    } catch (RuntimeException | Error failed) {
      keeper.failures().failedToWrite(segments, failed);
      throw failed;
    }
  }

  void failedToRead(Throwable failed) {
    keeper.failures().failedToRead(failed);
  }

  EntryForm form() {
    return form;
  }

  Tombstones tombstones() {
    return tombstones;
  }

  Clock clock() {
    return clock;
  }

  LoadTimes reads() {
    return reads;
  }

  LoadTimes writes() {
    return writes;
  }

  /** How it is now. */
  public DiskState state() {
    DiskState now = keeper.state();
    if (now.health() == Health.UP && guard.isSlow()) {
      now = new DiskState(Health.DEGRADED, "it answers slowly", now.sinceMillis());
    }
    return enabled ? now : new DiskState(Health.OFF, "switched off", now.sinceMillis());
  }

  /** What there is on disk, and what was counted. */
  public DiskFigures figures() {
    long now = clock.nanos();
    return totals.figures(
        keeper.files(),
        settings.maximumBytes(),
        tombstones.known().size(),
        reads.percentiles(now, 0.5, 0.99),
        writes.percentiles(now, 0.5, 0.99));
  }

  /** Looks at all files and says what it found, for people; may take seconds. */
  public String check() {
    return StoreReview.of(keeper, state(), "check", StoreReview::check);
  }

  /** Drops what does not count any more, and says how much that was; may take seconds. */
  public String compact() {
    return StoreReview.of(keeper, state(), "compact", StoreReview::compact);
  }

  /** Switches it off, when nothing is found or stored but invalidations are noted, or on again. */
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  /** Writes all to the disk itself, so that the next JVM finds it, within a few seconds. */
  @Override
  public void close() {
    close(Deadline.in(CLOSE_AT_MOST));
  }

  /** The same, by then; what is not closed is left to the next JVM, as after a crash. */
  public void close(Deadline deadline) {
    keeper.close(deadline.leftNanos());
    guard.close();
  }
}
