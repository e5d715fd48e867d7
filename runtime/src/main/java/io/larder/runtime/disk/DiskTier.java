package io.larder.runtime.disk;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.EnvelopeHeader;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.Objection;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.disk.Tombstones.Replacement;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierStatistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one cache keeps on disk. Keys are {@link TierKey}s of the cache. Thread-safe.
 *
 * <p>Whatever the disk does, no method throws: what cannot be read is a miss, what cannot be stored
 * is not. {@link #remove} and {@link #clear} are invalidations: they hold after a crash, too.
 */
public final class DiskTier implements Tier {

  /** How many looks there are to one that is timed; a power of two. */
  private static final int TIMED = 16;

  private static final long UNKNOWN = -1;

  /** Epochs are those of tiers that several JVMs share. */
  private static final long NO_EPOCH = 0;

  private final DiskStore store;
  private final long cacheMark;
  private final DiskCounters counters;

  /** Racy on purpose: which of the looks are timed does not matter. */
  private int looks;

  DiskTier(String cache, DiskStore store) {
    this.store = store;
    this.cacheMark = Marks.cache(cache);
    this.counters = new DiskCounters(cache);
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public @Nullable Entry get(Object key) {
    DiskEntry found = read((TierKey) key);
    return found == null ? null : found.entry();
  }

  /** The entry of a key with its tags, if it counts. */
  public @Nullable DiskEntry read(TierKey key) {
    if ((++looks & (TIMED - 1)) != 0) {
      return look(key, store.clock().coarseNanos());
    }
    long start = store.clock().nanos();
    DiskEntry found = look(key, start);
    long end = store.clock().nanos();
    counters.reads.record(end - start, end, TIMED);
    store.reads().record(end - start, end, TIMED);
    return found;
  }

  private @Nullable DiskEntry look(TierKey key, long nowNanos) {
    try {
      DiskEntry found = tryToLook(key, nowNanos);
      if (found != null) {
        counters.hits.increment();
      }
      return found;
    } catch (RuntimeException | Error failed) {
      counters.missed(DiskMiss.DAMAGED);
      store.failedToRead(failed);
      return null;
    }
  }

  /** If it ends in an exception then in that of a cut file, if there is one: nothing is left. */
  private @Nullable DiskEntry tryToLook(TierKey key, long nowNanos) {
    try {
      StoredRecord stored = store.find(Marks.entry(cacheMark, key.identity()), counters);
      return stored == null ? null : judge(key, stored, nowNanos);
    } catch (DamagedEntryException damaged) {
      boolean foreign = damaged.reason() == DamagedEntryException.Reason.FOREIGN;
      counters.missed(foreign ? DiskMiss.ABSENT : DiskMiss.DAMAGED);
      store.noteDamage();
      return null;
    } catch (RuntimeException failed) {
      Faults.settle();
      throw failed;
    }
  }

  private @Nullable DiskEntry judge(TierKey key, StoredRecord stored, long nowNanos)
      throws DamagedEntryException {
    EnvelopeHeader header = store.form().header(key, stored.bytes);
    Objection objection = store.form().objection(key, header, nowNanos);
    DiskMiss miss = null;
    if (objection != null) {
      miss = objection == Objection.EXPIRED ? DiskMiss.EXPIRED : DiskMiss.FOREIGN;
    } else if (!store.tombstones().allow(stored, header.tags())) {
      miss = DiskMiss.INVALIDATED;
    }
    if (miss != null) {
      counters.missed(miss);
      return null;
    }
    Entry entry = store.form().decode(key, header, stored.bytes);
    return new DiskEntry(entry, header.tags());
  }

  /**
   * Stores an entry, unless something that it depends on was invalidated since its load began.
   *
   * @param entry its lineage names its tags, and the {@link DiskStore#stamp} from before its load;
   *     without a stamp it counts as loaded now
   */
  @Override
  public void put(Object key, Entry entry) {
    var unused = store((TierKey) key, entry);
  }

  /** As {@link #put}; answers whether it is stored. */
  public boolean store(TierKey key, Entry entry) {
    Lineage lineage = entry.lineage();
    return store(key, entry, lineage == null ? 0 : lineage.stamp());
  }

  /**
   * As {@link #put}, on the calling thread; answers whether it is stored, and then it survives a
   * crash of the JVM.
   *
   * @param stamp from before its load; 0 for now
   */
  public boolean store(TierKey key, Entry entry, long stamp) {
    if (!store.isWritable()) {
      counters.failedPuts.increment();
      return false;
    }
    long start = store.clock().nanos();
    boolean stored = false;
    try {
      stored = write(key, entry, store.absolute(stamp == 0 ? store.stamp() : stamp));
      (stored ? counters.puts : counters.refusedPuts).increment();
    } catch (NotStorableException not) {
      counters.notStorable(String.valueOf(not.getMessage()));
    } catch (RuntimeException | Error failed) {
      counters.failedPuts.increment(); // the store knows
    }
    long end = store.clock().nanos();
    counters.writes.record(end - start, end, /* weight= */ 1);
    store.writes().record(end - start, end, /* weight= */ 1);
    return stored;
  }

  private boolean write(TierKey key, Entry entry, long clock) throws NotStorableException {
    if (store.form().millisToLive(key, entry) <= 0) {
      return false;
    }
    List<String> tags = tagsOf(entry);
    byte[] envelope = encode(key, entry, tags, clock);
    long groupMark = Marks.group(cacheMark, key.group());
    return store.write(
        Marks.entry(cacheMark, key.identity()),
        new StoredRecord(StoredRecord.WHOLE, cacheMark, groupMark, clock, envelope),
        tags);
  }

  /** Errors of the application's classes are no fault of the disk's. */
  private byte[] encode(TierKey key, Entry entry, List<String> tags, long clock)
      throws NotStorableException {
    try {
      return store.form().encode(key, entry, tags, NO_EPOCH, clock);
    } catch (RuntimeException | Error theirs) {
      throw new NotStorableException("it failed to become bytes: " + theirs.getClass().getName());
    }
  }

  private static List<String> tagsOf(Entry entry) {
    Lineage lineage = entry.lineage();
    if (lineage == null || lineage.tags().isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(lineage.tags().size());
    for (Tag tag : lineage.tags()) {
      names.add(tag.name());
    }
    return names;
  }

  /** Invalidates all that is stored for some arguments. */
  public void invalidate(KeyHash group) {
    counters.invalidations.increment();
    store.invalidate(Marks.group(cacheMark, group));
  }

  /**
   * As {@link #invalidate}, on behalf of a result that is to take the place of what is there.
   *
   * @param tags its
   * @param stamp from before it came to be
   * @return the stamp to store it with; 0 if it is not to be stored, as something that it depends
   *     on was invalidated meanwhile, and nobody can say here what came first
   */
  public long replace(KeyHash group, List<String> tags, long stamp) {
    counters.invalidations.increment();
    Replacement begun =
        store.replace(
            new StoredRecord(
                StoredRecord.WHOLE,
                cacheMark,
                Marks.group(cacheMark, group),
                store.absolute(stamp),
                new byte[0]),
            tags);
    return begun.counts() ? begun.number() : 0;
  }

  /** As {@link #invalidate} for the key's group; answers whether the key had an entry. */
  @Override
  public boolean remove(Object key) {
    TierKey of = (TierKey) key;
    boolean had = has(of);
    invalidate(of.group());
    return had;
  }

  private boolean has(TierKey key) {
    try {
      return tryToSeek(key);
    } catch (RuntimeException | Error failed) {
      store.failedToRead(failed);
      return false;
    }
  }

  private boolean tryToSeek(TierKey key) {
    try {
      StoredRecord stored = store.peek(Marks.entry(cacheMark, key.identity()));
      if (stored == null) {
        return false;
      }
      EnvelopeHeader header = store.form().header(key, stored.bytes);
      return store.form().objection(key, header) == null
          && store.tombstones().allow(stored, header.tags());
    } catch (DamagedEntryException damaged) {
      store.noteDamage();
      return false;
    } catch (RuntimeException failed) {
      Faults.settle();
      throw failed;
    }
  }

  /** Invalidates the whole cache, in one step; how many entries it had is not known. */
  @Override
  public long clear() {
    counters.invalidations.increment();
    store.invalidate(cacheMark);
    return UNKNOWN;
  }

  @Override
  public Health health() {
    return store.state().health();
  }

  /** Of the entries nothing is known: all caches share the files. */
  @Override
  public TierStatistics statistics() {
    return new TierStatistics(UNKNOWN, UNKNOWN, /* evictions= */ 0, diskStatistics().expired());
  }

  /** What this cache did with the disk. */
  public DiskTierStatistics diskStatistics() {
    return counters.snapshot(store.clock().nanos());
  }
}
