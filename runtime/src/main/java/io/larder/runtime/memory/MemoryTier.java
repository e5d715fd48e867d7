package io.larder.runtime.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierStatistics;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the heap, kept by Caffeine: W-TinyLFU admission and eviction, expiry after write.
 *
 * <p>A record, because the JIT trusts the fields of records: from a call site that is linked to
 * this tier it calls straight into Caffeine. Time is the runtime's coarse clock, so that a hit with
 * a TTL does not pay for {@code System.nanoTime}. Maintenance runs in the common pool, as
 * Caffeine's own default is: on the caller's thread the JIT would inline it into the hit path,
 * which doubled the cost of a hit in every third JVM. The bounds may be exceeded for a moment.
 *
 * @param entries the entries; read by the hit path
 * @param drops what was dropped and what is held
 * @param smallestWeight what an entry weighs at least, in bytes, so that {@code maximumEntries} of
 *     them fill a bound in bytes; 0 when the bound is in entries
 */
public record MemoryTier(Cache<Object, Entry> entries, Drops drops, int smallestWeight)
    implements Tier {

  /** Counts what leaves the tier. */
  record Drops(LongAdder evictions, LongAdder expiries, LongAdder bytes) {

    private void onRemoval(@Nullable Entry entry, RemovalCause cause) {
      if (cause == RemovalCause.SIZE) {
        evictions.increment();
      } else if (cause == RemovalCause.EXPIRED) {
        expiries.increment();
      }
      if (entry != null) {
        bytes.add(-entry.bytes());
      }
    }
  }

  /** An empty tier. */
  public static MemoryTier create(CachePolicy policy, Clock clock) {
    return create(policy, clock, new Drops(new LongAdder(), new LongAdder(), new LongAdder()));
  }

  /** An empty tier that goes on with this one's counts. */
  public MemoryTier successor(CachePolicy policy, Clock clock) {
    return create(policy, clock, new Drops(drops.evictions, drops.expiries, new LongAdder()));
  }

  private static MemoryTier create(CachePolicy policy, Clock clock, Drops drops) {
    int smallestWeight = smallestWeight(policy);
    Caffeine<Object, Entry> builder =
        Caffeine.newBuilder()
            .removalListener(
                (@Nullable Object key, @Nullable Entry entry, RemovalCause cause) ->
                    drops.onRemoval(entry, cause));
    Duration ttl = policy.ttl();
    if (ttl != null) {
      builder.ticker(clock::coarseNanos).expireAfterWrite(ttl);
    }
    if (smallestWeight > 0) {
      builder
          .maximumWeight(policy.maximumBytes())
          .weigher((Object key, Entry entry) -> Math.max(smallestWeight, entry.bytes()));
    } else {
      builder.maximumSize(maximum(policy));
    }
    return new MemoryTier(builder.build(), drops, smallestWeight);
  }

  /**
   * Takes over a policy without losing an entry.
   *
   * @return {@code false} when that needs a new tier; nothing was changed then
   */
  public boolean adjust(CachePolicy policy) {
    Duration ttl = policy.ttl();
    var expiry = entries.policy().expireAfterWrite();
    if (expiry.isPresent() != (ttl != null) || smallestWeight != smallestWeight(policy)) {
      return false;
    }
    if (ttl != null) {
      expiry.orElseThrow().setExpiresAfter(ttl);
    }
    entries
        .policy()
        .eviction()
        .orElseThrow()
        .setMaximum(smallestWeight > 0 ? policy.maximumBytes() : maximum(policy));
    return true;
  }

  /** Hands over each entry, in no order. */
  public void forEach(BiConsumer<Object, Entry> action) {
    entries.asMap().forEach(action);
  }

  /** Removes the entry only if it is this one. */
  public boolean remove(Object key, Entry entry) {
    return entries.asMap().remove(key, entry);
  }

  /** Stores the entry unless there is one. */
  public void putIfAbsent(Object key, Entry entry) {
    if (entries.asMap().putIfAbsent(key, entry) == null) {
      drops.bytes.add(entry.bytes());
    }
  }

  /** Whether the size of entries matters. */
  public boolean isBoundedInBytes() {
    return smallestWeight > 0;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public @Nullable Entry get(Object key) {
    return entries.getIfPresent(key);
  }

  @Override
  public void put(Object key, Entry entry) {
    drops.bytes.add(entry.bytes());
    entries.put(key, entry);
  }

  @Override
  public boolean remove(Object key) {
    return entries.asMap().remove(key) != null;
  }

  @Override
  public long clear() {
    long removed = 0;
    for (Object key : entries.asMap().keySet()) {
      if (remove(key)) {
        removed++;
      }
    }
    return removed;
  }

  @Override
  public Health health() {
    return Health.UP;
  }

  @Override
  public TierStatistics statistics() {
    entries.cleanUp();
    Map<Object, Entry> map = entries.asMap();
    return new TierStatistics(
        map.size(),
        isBoundedInBytes() ? Math.max(0, drops.bytes.sum()) : -1,
        drops.evictions.sum(),
        drops.expiries.sum());
  }

  private static long maximum(CachePolicy policy) {
    return policy.maximumEntries() == 0 ? Long.MAX_VALUE : policy.maximumEntries();
  }

  private static int smallestWeight(CachePolicy policy) {
    if (policy.maximumBytes() == 0) {
      return 0;
    }
    long share = policy.maximumBytes() / maximum(policy);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, share));
  }
}
