package io.larder.runtime.shared;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.model.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator asks of the tier that several JVMs share, for all caches. Thread-safe; nothing
 * here throws because of Redis, and no call waits longer than an exchange with it may take.
 */
public final class SharedTiers implements AutoCloseable {

  private final SharedStore shared;
  private final WriteBehind behind;
  private final Map<String, OfCache> caches = new ConcurrentHashMap<>();

  /** A cache's tier, written through or behind, and its pace. */
  private record OfCache(RedisTier tier, Tier later, Pace pace) {}

  /** Takes over both, and closes them. */
  public SharedTiers(SharedStore shared, WriteBehind behind) {
    this.shared = shared;
    this.behind = behind;
  }

  private OfCache of(String cache) {
    return caches.computeIfAbsent(
        cache,
        name -> {
          RedisTier tier = shared.tier(name);
          return new OfCache(tier, behind.over(tier), new Pace());
        });
  }

  /** The tier of a cache, for statistics. */
  public RedisTier tier(String cache) {
    return of(cache).tier;
  }

  /** Notes that a look was left out, because Redis is known to be away. */
  public void away(String cache) {
    of(cache).tier.away();
  }

  /** Notes why results of a cache are not offered to it. */
  public void keptLocal(String cache, String reason) {
    of(cache).tier.keptLocal(reason);
  }

  /** {@link SharedStore#stamp}. */
  public long stamp() {
    return shared.stamp();
  }

  /**
   * The entry of a key, if it counts.
   *
   * @param loadNanos how long a load takes; if Redis takes longer it is left out, but now and then.
   *     0 where nobody knows
   */
  public @Nullable SharedEntry get(TierKey key, long loadNanos) {
    OfCache cache = of(key.cache());
    long start = shared.clock().nanos();
    if (!cache.pace.pays(loadNanos, start)) {
      cache.tier.skipped();
      return null;
    }
    SharedEntry found = cache.tier.read(key);
    long end = shared.clock().nanos();
    cache.pace.took(end - start, end);
    return found;
  }

  /**
   * Stores the result of a load, unless it is outdated.
   *
   * @param entry its lineage names its tags
   * @param stamp from before the load began
   * @param later whether Larder's own thread does it
   */
  public void put(TierKey key, Entry entry, long stamp, boolean later) {
    OfCache cache = of(key.cache());
    (later ? cache.later : cache.tier).put(key, stamped(entry, stamp));
  }

  private static Entry stamped(Entry entry, long stamp) {
    Lineage lineage = entry.lineage();
    List<Tag> tags = lineage == null ? List.of() : lineage.tags();
    long bornAt = lineage == null ? 0 : lineage.bornAt();
    return new Entry(
        entry.value,
        entry.createdNanos(),
        entry.loadNanos(),
        entry.bytes(),
        new Lineage(tags, bornAt, stamp));
  }

  /**
   * Stores what a method that changes things answered; see {@link RedisTier#replace}.
   *
   * @param stamp from before the method ran
   * @return whether it is stored; the key is invalidated in either case
   */
  public boolean replace(TierKey key, Entry entry, long stamp) {
    OfCache cache = of(key.cache());
    return cache.tier.replace(key, stamped(entry, stamp));
  }

  /**
   * Asks to be the one JVM that loads a key; waits for the one that does, and no longer than so.
   */
  public Turn lease(TierKey key, long waitNanos) {
    return shared.leases().awaitTurn(key, of(key.cache()).tier, Duration.ofNanos(waitNanos));
  }

  /**
   * Ends a turn with a result, which is stored unless it is outdated or the lease was lost.
   *
   * @param stamp from before the load began; that of the turn counts if it is later
   */
  public void landed(TierKey key, Turn turn, Entry entry, long stamp) {
    LoadLease lease = turn.lease();
    if (lease == null) {
      put(key, entry, stamp, /* later= */ false);
    } else {
      of(key.cache()).tier.store(key, stamped(entry, lease.stamp()), lease);
    }
  }

  /** {@link SharedStore#invalidate}. */
  public void invalidate(String cache, KeyHash group) {
    of(cache).tier.invalidate(group);
  }

  /** {@link SharedStore#invalidateTag}. */
  public void invalidateTag(String cache, String tag) {
    shared.invalidateTag(cache, tag);
  }

  /** {@link SharedStore#invalidateAll}. */
  public void clear(String cache) {
    of(cache).later.clear();
  }

  /** What waits to be stored. */
  public WriteBehindStatistics writeBehind() {
    return behind.statistics();
  }

  /** How the sharing is. */
  public SharedStatus status() {
    return shared.status();
  }

  /** Stores what waits, for as long as that may take; what comes later is not stored behind. */
  public void flush() {
    behind.close();
  }

  /** Stores what waits, for as long as that may take, and ends the sharing. */
  @Override
  public void close() {
    flush();
    shared.close();
  }
}
