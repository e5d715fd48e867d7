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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the heap, kept by Caffeine: W-TinyLFU admission and eviction, expiry after write.
 *
 * <p>A record, because the JIT trusts the fields of records: from a call site that is linked to
 * this tier it calls straight into Caffeine or a front. Time is the runtime's coarse clock, so that
 * a hit with a TTL does not pay for {@code System.nanoTime}. Maintenance has a thread of its own
 * that ends when it is idle, so that the bounds may be exceeded for a moment.
 *
 * @param entries the entries; read by the hit path
 * @param fronts repeat its answers within a tick of the clock, one for each method
 * @param removals of entries, one by one
 * @param small whether there are few enough entries for a front
 * @param ticker what Caffeine takes for the time
 * @param drops what was dropped
 * @param lifetimes how long each entry lives, where that is not the same for all; else {@code null}
 * @param smallestWeight what an entry weighs at least, in bytes, so that {@code maximumEntries} of
 *     them fill a bound in bytes; 0 when the bound is in entries
 */
public record MemoryTier(
    Cache<Object, Entry> entries,
    List<Front> fronts,
    Removals removals,
    AtomicBoolean small,
    TierTicker ticker,
    Drops drops,
    @Nullable Lifetimes lifetimes,
    int smallestWeight)
    implements Tier {

  /** To look into a front in vain costs more than it gains, and with so many it often is. */
  private static final int MOST_ENTRIES_FOR_A_FRONT = 2_048;

  /**
   * Caffeine's maintenance. Not the common pool: to ask for it fixes its size before the
   * application may have set it. Not the caller's thread: the JIT would inline it into the hit
   * path, which doubled the cost of a hit in every third JVM.
   */
  private static final Maintenance MAINTENANCE = new Maintenance();

  /**
   * Ends the maintenance of all tiers, for good; what is left to do is done by who calls a tier.
   */
  public static void stop() {
    MAINTENANCE.stop();
  }

  /** Counts what leaves the tier by itself. */
  record Drops(LongAdder otherEvictions, LongAdder promotedEvictions, LongAdder expiries) {

    private Drops() {
      this(new LongAdder(), new LongAdder(), new LongAdder());
    }

    private void count(@Nullable Entry entry, RemovalCause cause) {
      if (cause == RemovalCause.EXPIRED) {
        expiries.increment();
      } else {
        (entry != null && entry.isPromoted() ? promotedEvictions : otherEvictions).increment();
      }
    }

    private long evictions() {
      return promotedEvictions.sum() + otherEvictions.sum();
    }
  }

  /**
   * An empty tier.
   *
   * @param ownLives whether entries have lives of their own, as some come from slower tiers and
   *     have an age when they arrive, or as others may bound them
   */
  public static MemoryTier create(CachePolicy policy, Clock clock, boolean ownLives) {
    return create(policy, clock, ownLives, new Drops());
  }

  /** An empty tier that goes on with this one's counts; as {@link #create}. */
  public MemoryTier successor(CachePolicy policy, Clock clock, boolean ownLives) {
    return create(policy, clock, ownLives, drops);
  }

  private static MemoryTier create(CachePolicy policy, Clock clock, boolean ownLives, Drops drops) {
    TierTicker ticker = new TierTicker(clock);
    List<Front> fronts = new CopyOnWriteArrayList<>();
    int smallestWeight = smallestWeight(policy);
    Caffeine<Object, Entry> builder =
        Caffeine.newBuilder()
            .executor(MAINTENANCE)
            .evictionListener(
                (@Nullable Object key, @Nullable Entry entry, RemovalCause cause) -> {
                  drops.count(entry, cause);
                  if (key != null) { // as always: keys are held strongly
                    fronts.forEach(front -> front.forget(key));
                  }
                });
    Duration ttl = policy.ttl();
    Lifetimes lifetimes = ownLives ? new Lifetimes(ttl) : null;
    if (lifetimes != null) {
      builder.ticker(ticker).expireAfter(lifetimes);
    } else if (ttl != null) {
      builder.ticker(ticker).expireAfterWrite(ttl);
    }
    if (smallestWeight > 0) {
      builder
          .maximumWeight(maximumWeight(policy))
          .weigher((Object key, Entry entry) -> Math.max(smallestWeight, entry.bytes()));
    } else {
      builder.maximumSize(maximum(policy));
    }
    Cache<Object, Entry> entries = builder.build();
    return new MemoryTier(
        entries,
        fronts,
        new Removals(entries),
        new AtomicBoolean(true),
        ticker,
        drops,
        lifetimes,
        smallestWeight);
  }

  /**
   * Takes over a policy without losing an entry.
   *
   * @return {@code false} when that needs a new tier; nothing was changed then
   */
  public boolean adjust(CachePolicy policy) {
    Duration ttl = policy.ttl();
    var expiry = entries.policy().expireAfterWrite();
    boolean sameExpiry =
        lifetimes == null ? expiry.isPresent() == (ttl != null) : lifetimes.isFor(ttl);
    if (!sameExpiry || smallestWeight != smallestWeight(policy)) {
      return false;
    }
    if (lifetimes == null && ttl != null) {
      expiry.orElseThrow().setExpiresAfter(ttl);
    }
    entries
        .policy()
        .eviction()
        .orElseThrow()
        .setMaximum(smallestWeight > 0 ? maximumWeight(policy) : maximum(policy));
    return true;
  }

  /**
   * Copies the entries to another tier, oldest first, each with the age it has. One that is removed
   * here meanwhile, and then there, is in neither when both calls have returned.
   *
   * @param ttl the other tier's; entries that are older are left behind
   */
  public void copyTo(MemoryTier other, @Nullable Duration ttl, long nowNanos) {
    List<Map.Entry<Object, Entry>> all = new ArrayList<>(entries.asMap().entrySet());
    all.sort(Comparator.comparingLong(each -> each.getValue().createdNanos() - nowNanos));
    for (Map.Entry<Object, Entry> each : all) {
      if (ttl != null && each.getValue().isExpired(ttl, nowNanos)) {
        continue;
      }
      // Inside this tier's computation, which a removal from this tier waits for.
      entries
          .asMap()
          .computeIfPresent(
              each.getKey(),
              (key, entry) -> {
                other.ticker.at(
                    entry.createdNanos(), () -> other.entries.asMap().putIfAbsent(key, entry));
                return entry;
              });
    }
  }

  /**
   * Has entries that are stored from now on live no longer than this, whatever their policy says;
   * for a tier whose entries have lives of their own.
   *
   * @param nanos {@link Long#MAX_VALUE} for no bound; 0 to store nothing
   */
  public void setLongestLife(long nanos) {
    if (lifetimes != null) {
      lifetimes.setLongest(nanos);
    }
  }

  /** The keys, as a view that may be iterated while others write. */
  public Set<Object> keys() {
    return entries.asMap().keySet();
  }

  /**
   * Removes the entries under some keys.
   *
   * @param keys tells which
   * @param removal removes a key from this tier, and answers whether it was there
   * @return how many were there
   */
  public long removeKeys(Predicate<Object> keys, Predicate<Object> removal) {
    long removed = 0;
    for (Object key : keys()) {
      removed += keys.test(key) && removal.test(key) ? 1 : 0;
    }
    removals.await(keys);
    fronts.forEach(Front::clear); // also of what was evicted in this tick
    return removed;
  }

  /** Whether entries have lives of their own. */
  public boolean hasOwnLives() {
    return lifetimes != null;
  }

  /** Has the fronts repeat nothing of what the tier answered before. */
  public void clearFronts() {
    fronts.forEach(Front::clear);
  }

  /** How many entries pass; looks at all of them. */
  public long count(Predicate<Entry> wanted) {
    return entries.asMap().values().stream().filter(wanted).count();
  }

  /** Whether the size of entries matters. */
  public boolean isBoundedInBytes() {
    return smallestWeight > 0;
  }

  @Override
  public String name() {
    return "memory";
  }

  /** Whether a front pays. */
  public boolean isSmall() {
    return small.get();
  }

  /**
   * A front for the calls of one method, which from now on forgets what the tier forgets.
   *
   * @param keyClass of its keys; {@code null} for arguments that are their own keys
   * @see #isSmall
   */
  public Front newFront(@Nullable Class<?> keyClass) {
    Front front = Front.create(keyClass, entries, ticker.clock());
    fronts.add(front);
    return front;
  }

  /**
   * Ends {@link #isSmall} when there are too many entries.
   *
   * @return whether this call did
   */
  public boolean outgrow() {
    return small.get()
        && entries.estimatedSize() > MOST_ENTRIES_FOR_A_FRONT
        && small.compareAndSet(true, false);
  }

  /** Forgets a front, when no call goes through it any more. */
  public void drop(Front front) {
    fronts.remove(front);
  }

  /** Forgets the fronts, when no call goes through them any more. */
  public void dropFronts() {
    fronts.clear();
  }

  /** Takes {@link #outgrow} back, when what was to follow it failed. */
  public void staySmall() {
    small.set(true);
  }

  @Override
  public @Nullable Entry get(Object key) {
    return entries.getIfPresent(key);
  }

  @Override
  public void put(Object key, Entry entry) {
    entries.put(key, entry);
    for (Front front : fronts) {
      front.forget(key);
      front.sweep();
    }
  }

  @Override
  public boolean remove(Object key) {
    boolean removed = removals.remove(key);
    fronts.forEach(
        front ->
            front.forget(key)); // even if there was none: what was evicted may still be repeated
    return removed;
  }

  @Override
  public long clear() {
    return removeKeys(key -> true, this::remove);
  }

  /** The keys of the entries that are used most, hottest first, as far as that is known. */
  public List<Object> hottest(int most) {
    return entries
        .policy()
        .eviction()
        .orElseThrow()
        .hottest(hot -> hot.limit(most).<Object>map(Map.Entry::getKey).toList());
  }

  /** Entries from slower tiers that were dropped to keep within the bounds. */
  public long promotedEvictions() {
    return drops.promotedEvictions.sum();
  }

  @Override
  public Health health() {
    return Health.UP;
  }

  @Override
  public TierStatistics statistics() {
    entries.cleanUp();
    long bytes = entries.policy().eviction().orElseThrow().weightedSize().orElse(/* other= */ -1);
    return new TierStatistics(
        entries.asMap().size(), bytes, drops.evictions(), drops.expiries.sum());
  }

  private static long maximum(CachePolicy policy) {
    return policy.maximumEntries() == 0 ? Long.MAX_VALUE : policy.maximumEntries();
  }

  /** Rounded up, so that never more than the maximum in entries fit. */
  private static int smallestWeight(CachePolicy policy) {
    if (policy.maximumBytes() == 0) {
      return 0;
    }
    long share = (policy.maximumBytes() - 1) / maximum(policy) + 1;
    return (int) Math.min(Integer.MAX_VALUE, share);
  }

  private static long maximumWeight(CachePolicy policy) {
    long most = maximum(policy);
    long weight = smallestWeight(policy);
    return most > Long.MAX_VALUE / weight
        ? policy.maximumBytes()
        : Math.min(policy.maximumBytes(), most * weight);
  }
}
