package io.larder.runtime.disk;

import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.stats.LoadTimes;
import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.time.Clock;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What one JVM keeps on disk, for all of its caches: entries that survive a restart, and the
 * knowledge of what was invalidated, which survives with them. Thread-safe.
 *
 * <p>It opens its files on a thread of its own; until then nothing is found and nothing stored.
 * Whatever the disk does, no method throws.
 */
public final class DiskStore implements AutoCloseable {

  /** Entries of whatever session. */
  public static final long ANY_SESSION = 0;

  private static final Logger logger = Log.logger(DiskStore.class);

  private record Session(long id, long since) {}

  private final DiskSettings settings;
  private final Clock clock;
  private final StoreTime time;
  private final EntryForm form;
  private final Numbering numbering = new Numbering();
  private final Tombstones tombstones = new Tombstones(numbering);
  private final LoadTimes reads = new LoadTimes();
  private final LoadTimes writes = new LoadTimes();
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private volatile @Nullable OpenStore files;
  private volatile Session session = new Session(ANY_SESSION, 0);
  private volatile boolean enabled = true;
  private volatile boolean closed;
  private volatile DiskState state =
      new DiskState(Health.DEGRADED, DiskState.WARMING, System.currentTimeMillis());

  private DiskStore(DiskSettings settings, EnvelopeFormat format, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.time = new StoreTime(System.currentTimeMillis(), clock.nanos());
    this.form = new EntryForm(format, settings.longestTtl(), time, clock);
  }

  /** A store that is being opened. */
  public static DiskStore open(DiskSettings settings, EnvelopeFormat format, Clock clock) {
    DiskStore store = new DiskStore(settings, format, clock);
    DaemonThreads.newThread("disk", store::run).start();
    return store;
  }

  private void run() {
    try {
      files = OpenStore.open(settings, tombstones, numbering, new Events());
      become(Health.UP, "");
      while (!closed) {
        Runnable next = work.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          next.run();
        }
      }
    } catch (IOException | InterruptedException | RuntimeException failed) {
      become(Health.DOWN, failed.toString());
    }
  }

  private final class Events implements DiskEvents {

    @Override
    public void filled(Segment segment) {
      work.add(segment::force);
    }

    @Override
    public void dropped(Segment segment) {
      work.add(() -> delete(segment));
    }

    @Override
    public void kept() {}

    @Override
    public void damaged() {}
  }

  private void delete(Segment segment) {
    try {
      Segments.delete(segment);
    } catch (IOException failed) {
      logger.warn("Disk tier: {} cannot be deleted: {}", segment.name(), failed.toString());
    }
  }

  private void become(Health health, String reason) {
    state = new DiskState(health, reason, System.currentTimeMillis());
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
   * Begins a session: what is loaded from now on is marked with it, and can be told from what was
   * loaded in another.
   *
   * @param id not {@link #ANY_SESSION}
   */
  public synchronized void beginSession(long id) {
    session = new Session(id, numbering.next());
  }

  /** The session of a load that began at a time of the numbering. */
  long sessionOf(long number) {
    Session now = session;
    return number >= numbering.absolute(now.since) ? now.id : ANY_SESSION;
  }

  /**
   * Invalidates what goes with a tag.
   *
   * @param cache in which; empty for all caches
   */
  public void invalidateTag(String cache, String tag) {
    invalidate(Marks.tag(cache.isEmpty() ? Marks.ALL_CACHES : Marks.cache(cache), tag));
  }

  /** Invalidates; when it returns it holds, and survives a crash. */
  void invalidate(long mark) {
    long number = numbering.next();
    tombstones.note(mark, number);
    OpenStore open = files;
    if (open == null || open.segments().mayHave(mark)) {
      tombstones.know(mark, number);
    }
  }

  @Nullable StoredRecord find(long entryMark, DiskCounters counters) {
    OpenStore open = files;
    if (open == null || !enabled) {
      counters.missed(DiskMiss.AWAY);
      return null;
    }
    try {
      StoredRecord found = open.segments().find(entryMark);
      if (found == null) {
        counters.missed(DiskMiss.ABSENT);
      }
      return found;
    } catch (IOException damaged) {
      counters.missed(DiskMiss.DAMAGED);
      return null;
    }
  }

  /** As {@link #find}, uncounted. */
  @Nullable StoredRecord peek(long entryMark) {
    OpenStore open = files;
    try {
      return open == null ? null : open.segments().find(entryMark);
    } catch (IOException damaged) {
      return null;
    }
  }

  boolean isWritable() {
    return files != null && enabled && !closed;
  }

  boolean write(long entryMark, StoredRecord entry, List<String> tags) {
    OpenStore open = files;
    return open != null && open.segments().write(entryMark, entry, tags);
  }

  void failedToRead(Throwable failed) {
    logger.debug("Disk tier: a look failed: {}", failed.toString());
  }

  void failedToWrite(Throwable failed) {
    logger.debug("Disk tier: a result was not stored: {}", failed.toString());
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
    return enabled ? state : new DiskState(Health.OFF, "switched off", state.sinceMillis());
  }

  /** What there is on disk, and what was counted. */
  public DiskFigures figures() {
    OpenStore open = files;
    long now = clock.nanos();
    long[] readTimes = reads.percentiles(now, 0.5, 0.99);
    long[] writeTimes = writes.percentiles(now, 0.5, 0.99);
    List<Segment> segments = open == null ? List.of() : open.segments().all();
    return new DiskFigures(
        open == null ? "" : open.directory().toString(),
        segments.stream().mapToLong(Segment::bytes).sum(),
        settings.maximumBytes(),
        -1,
        segments.size(),
        segments.stream().mapToLong(each -> each.index().size()).sum(),
        segments.stream().mapToLong(Segment::liveBytes).sum(),
        segments.stream().mapToLong(Segment::garbageBytes).sum(),
        tombstones.known().size(),
        0,
        0,
        0,
        0,
        0,
        "",
        0,
        1,
        readTimes[0],
        readTimes[1],
        writeTimes[0],
        writeTimes[1]);
  }

  /** Looks at all files and says what it found, for people; may take seconds. */
  public String check() {
    return state.toString();
  }

  /** Drops what does not count any more, and says how much that was; may take seconds. */
  public String compact() {
    return "";
  }

  /** Switches it off, when nothing is found or stored but invalidations are noted, or on again. */
  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  /** Writes all to the disk itself, so that the next JVM finds it, within a few seconds. */
  @Override
  public void close() {
    closed = true;
    OpenStore open = files;
    files = null;
    if (open != null) {
      open.close();
    }
    become(Health.OFF, "closed");
  }
}
