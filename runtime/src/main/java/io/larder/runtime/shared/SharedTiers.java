package io.larder.runtime.shared;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.model.Tier;
import io.larder.runtime.redis.Patience;
import io.larder.runtime.stats.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator asks of the tier that several JVMs share, for all caches. Thread-safe; nothing
 * here throws because of Redis, and no call waits longer for it than it may in all; {@link #lease}
 * also waits for another JVM's load.
 */
public final class SharedTiers implements AutoCloseable {

  private final SharedStore shared;
  private final WriteBehind behind;
  private final long patienceNanos;
  private final Map<String, OfCache> caches = new ConcurrentHashMap<>();

  /** A cache's tier, written through or behind, and its pace. */
  private record OfCache(RedisTier tier, Tier later, Pace pace) {}

  /**
   * Takes over both, and closes them.
   *
   * @param patience how long a call waits for Redis at most, over all its round trips
   */
  public SharedTiers(SharedStore shared, WriteBehind behind, Duration patience) {
    this.shared = shared;
    this.behind = behind;
    this.patienceNanos = patience.toNanos();
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
   * @param nowNanos on the runtime's clock
   */
  public @Nullable SharedEntry get(TierKey key, long loadNanos, long nowNanos) {
    OfCache cache = of(key.cache());
    if (!cache.pace.pays(loadNanos, nowNanos)) {
      cache.tier.skipped();
      return null;
    }
    Patience ofCall = Patience.begin(patienceNanos);
    try {
      SharedEntry found = cache.tier.read(key);
      long end = shared.clock().nanos();
      cache.pace.took(end - nowNanos, end);
      return found;
    } finally {
      ofCall.close();
    }
  }

  /**
   * Stores the result of a load, unless it is outdated.
   *
   * @param entry its lineage names its tags
   * @param stamp from before the load began
   * @param later whether Larder's own thread does it; it does as well when the call has waited for
   *     as long as it may
   * @param waitedNanos how long the call has waited by now
   */
  public void put(TierKey key, Entry entry, long stamp, boolean later, long waitedNanos) {
    OfCache cache = of(key.cache());
    Entry stamped = stamped(entry, stamp);
    if (later) {
      cache.later.put(key, stamped);
      return;
    }
    try (Patience ofCall = Patience.begin(patienceNanos - waitedNanos)) {
      cache.tier.put(key, stamped);
      if (ofCall.isExhausted()) {
        cache.later.put(key, stamped);
      }
    }
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
    Patience ofCall = Patience.begin(patienceNanos);
    try {
      return cache.tier.replace(key, stamped(entry, stamp));
    } finally {
      ofCall.close();
    }
  }

  /**
   * Asks to be the one JVM that loads a key; waits for the one that does, and no longer than so.
   *
   * @param waitedNanos how long the call has waited for Redis by now
   */
  public Turn lease(TierKey key, long waitNanos, long waitedNanos) {
    RedisTier tier = of(key.cache()).tier;
    long start = System.nanoTime();
    Turn turn;
    Patience ofCall = Patience.begin(patienceNanos - waitedNanos);
    try {
      turn = shared.leases().firstTurn(key, tier);
    } finally {
      ofCall.close();
    }
    long askedNanos = System.nanoTime() - start;
    if (!turn.goAhead() && turn.landed() == null) {
      long left = waitNanos - askedNanos;
      Patience ofWait = Patience.begin(left);
      try {
        turn = shared.leases().awaitTurn(key, tier, Duration.ofNanos(left));
      } finally {
        ofWait.close();
      }
    }
    return turn.askedFor(askedNanos);
  }

  /** Asks to be the one JVM that loads a key, without waiting for one that does. */
  public Turn tryLease(TierKey key) {
    return shared.leases().tryTurn(key);
  }

  /**
   * Ends a turn with a result, which is stored unless it is outdated or the lease was lost.
   *
   * @param stamp from before the load began; that of the turn counts if it is later
   * @param waitedNanos how long the call has waited for Redis by now
   */
  public void landed(TierKey key, Turn turn, Entry entry, long stamp, long waitedNanos) {
    LoadLease lease = turn.lease();
    if (lease == null) {
      put(key, entry, stamp, /* later= */ false, waitedNanos);
      return;
    }
    OfCache cache = of(key.cache());
    Entry stamped = stamped(entry, lease.stamp());
    try (Patience ofCall = Patience.begin(patienceNanos - waitedNanos)) {
      cache.tier.store(key, stamped, lease);
      if (ofCall.isExhausted()) {
        cache.later.put(key, stamped); // the lease is given back all the same
      }
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
