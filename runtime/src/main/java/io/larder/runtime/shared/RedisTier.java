package io.larder.runtime.shared;

import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierStatistics;
import io.larder.runtime.redis.Patience;
import io.larder.runtime.shared.EntryWriter.Write;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one cache keeps in a Redis that several JVMs share. Keys are {@link TierKey}s of the cache.
 * Thread-safe.
 *
 * <p>Whatever Redis does, no method throws, and none takes longer than its few exchanges may: what
 * cannot be read is a miss, what cannot be stored is not, what cannot be invalidated is not read
 * before it is. {@link #remove} and {@link #clear} are invalidations: they hold for all JVMs.
 */
public final class RedisTier implements Tier {

  private static final long UNKNOWN = -1;

  private final String cache;
  private final SharedStore shared;
  private final EntryReader reader;
  private final EntryWriter writer;
  private final SharedTierCounters counters;

  RedisTier(String cache, SharedStore shared, Store store, EntryForm form) {
    this.cache = cache;
    this.shared = shared;
    this.counters = new SharedTierCounters(cache);
    this.reader = new EntryReader(cache, shared, store, form, counters);
    this.writer = new EntryWriter(cache, shared, store, form, counters);
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public @Nullable Entry get(Object key) {
    SharedEntry found = read((TierKey) key);
    return found == null ? null : found.entry();
  }

  @Override
  public Map<Object, Entry> getAll(Collection<?> keys) {
    Map<Object, Entry> found = new HashMap<>();
    readAll(keys.stream().map(TierKey.class::cast).toList())
        .forEach((key, entry) -> found.put(key, entry.entry()));
    return found;
  }

  /** The entry of a key with its tags, if it counts. */
  public @Nullable SharedEntry read(TierKey key) {
    return reader.read(key);
  }

  /** {@link #read} for several keys, in one round trip to each server. */
  public Map<TierKey, SharedEntry> readAll(Collection<TierKey> keys) {
    return reader.read(keys);
  }

  /**
   * Stores an entry, unless something that it depends on was invalidated since its load began.
   *
   * @param entry its lineage names its tags, and the {@link SharedStore#stamp} from before its
   *     load; without a stamp it counts as loaded now
   */
  @Override
  public void put(Object key, Entry entry) {
    var unused = store((TierKey) key, entry);
  }

  /** On a thread of Larder's own: waits for a free connection rather than lose them. */
  @Override
  public void putAll(Map<?, Entry> entries) {
    Patience ofThread = Patience.unhurried();
    try {
      writer.store(
          entries.entrySet().stream()
              .map(each -> writeOf((TierKey) each.getKey(), each.getValue()))
              .toList());
    } finally {
      ofThread.close();
    }
  }

  /** As {@link #put}; answers whether it is stored. */
  public boolean store(TierKey key, Entry entry) {
    return writer.store(List.of(writeOf(key, entry))) == 1;
  }

  /**
   * As {@link #put}, for a load under a lease, which is given back. Not stored if the lease was
   * lost meanwhile: another JVM loads then.
   */
  public boolean store(TierKey key, Entry entry, LoadLease lease) {
    try (lease) { // which does nothing if it was given back along with the entry
      return writer.store(writeOf(key, entry), lease);
    }
  }

  /**
   * Stores what a method that changes things answered, and outdates what all JVMs know of the key.
   * If the key was invalidated since the method began, nobody can say which came later, and nothing
   * is stored. The listener is not told of what is stored: whoever asks has it.
   *
   * @param entry with the stamp from before the method ran
   * @return whether it is stored; the key is invalidated in either case
   */
  public boolean replace(TierKey key, Entry entry) {
    return writer.replace(writeOf(key, entry));
  }

  private Write writeOf(TierKey key, Entry entry) {
    Lineage lineage = entry.lineage();
    List<String> tags =
        lineage == null ? List.of() : lineage.tags().stream().map(Tag::name).toList();
    long stamp = lineage == null || lineage.stamp() == 0 ? shared.stamp() : lineage.stamp();
    return new Write(key, entry, tags, stamp);
  }

  /** Notes that another JVM computed what this one waited for. */
  void awaited() {
    counters.awaitedLoads.increment();
  }

  /** Notes that a look would have found nobody. */
  void away() {
    counters.missed(MissReason.AWAY);
  }

  /** Notes that a look would not have paid. */
  void skipped() {
    counters.missed(MissReason.SKIPPED);
  }

  /** Notes why results do not come here. */
  void keptLocal(String reason) {
    counters.problems.note(EntryProblems.Kind.LOCAL, reason);
  }

  /**
   * Invalidates a key in all JVMs.
   *
   * @return whether Redis had anything of it; {@code false} as well if that is not known yet
   */
  @Override
  public boolean remove(Object key) {
    return invalidate(((TierKey) key).group());
  }

  /** As {@link #remove}, for all that is stored for some arguments. */
  public boolean invalidate(KeyHash group) {
    counters.invalidations.increment();
    return shared.forget(Forgotten.key(cache, group)) > 0;
  }

  @Override
  public long removeAll(Collection<?> keys) {
    counters.invalidations.add(keys.size());
    return shared.forgetAll(
        keys.stream().map(key -> Forgotten.key(cache, ((TierKey) key).group())).toList());
  }

  /** Invalidates the whole cache in all JVMs, in one step; how many entries it had is not known. */
  @Override
  public long clear() {
    counters.invalidations.increment();
    shared.forget(Forgotten.cache(cache));
    return UNKNOWN;
  }

  @Override
  public Health health() {
    return shared.health();
  }

  /** Of the entries nothing is known: they are all JVMs', and Redis drops them by itself. */
  @Override
  public TierStatistics statistics() {
    return new TierStatistics(UNKNOWN, UNKNOWN, /* evictions= */ 0, sharedStatistics().expired());
  }

  /** What this JVM did with it. */
  public SharedTierStatistics sharedStatistics() {
    return counters.snapshot(shared.clock().nanos());
  }
}
