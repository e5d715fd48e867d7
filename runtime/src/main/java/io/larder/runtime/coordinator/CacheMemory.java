package io.larder.runtime.coordinator;

import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.memory.ObjectSize;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.policy.CachePolicy;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one cache: its tier, and the one before while entries move from that to this.
 * Thread-safe; what replaces the tier is called under the cache's lock.
 */
final class CacheMemory {

  private final Cache cache;

  /** All that may stand behind the memory, if anything does. */
  private final @Nullable SlowTiers slowTiers;

  /** What does. Racy on purpose: who finds the choice of another policy makes its own. */
  private Choice choice = new Choice(List.of(), /* tiers= */ null);

  /** Written under the cache's lock. */
  private volatile MemoryTier tier;

  /** Whose entries {@link #tier} has beside those that were loaded. Written as that is. */
  private volatile @Nullable SlowTiers behindTier;

  /** The tier before {@link #tier} while its entries move over. Written under the cache's lock. */
  private volatile @Nullable MemoryTier retiring;

  /** What stands behind the memory where a policy names these tiers. */
  private record Choice(List<String> names, @Nullable SlowTiers tiers) {}

  /** An empty memory. */
  CacheMemory(Cache cache, CachePolicy policy, @Nullable SlowTiers slowTiers) {
    this.cache = cache;
    this.slowTiers = slowTiers;
    SlowTiers behind = slowTiers(policy);
    this.behindTier = behind;
    this.tier = MemoryTier.create(policy, cache.clock(), haveOwnLives(policy, behind));
    boundLives(tier);
  }

  /** Where the entries are; replaced when a policy needs another kind. */
  MemoryTier tier() {
    return tier;
  }

  /** What stands behind it under a policy; {@code null} when results stay in memory. */
  @SuppressWarnings("ReferenceEquality") // mostly it is this very list
  @Nullable SlowTiers slowTiers(CachePolicy policy) {
    SlowTiers all = slowTiers;
    if (all == null) {
      return null;
    }
    List<String> names = policy.sharing().tiers();
    Choice made = choice;
    if (made.names != names) {
      made = new Choice(names, all.among(names));
      choice = made;
    }
    return made.tiers;
  }

  /**
   * Whether entries have lives of their own. Where none ends they do not: Caffeine would take a
   * sixteenth of a hit on disk to keep account of them.
   */
  private static boolean haveOwnLives(CachePolicy policy, @Nullable SlowTiers behind) {
    return behind != null && (policy.ttl() != null || behind.reachOthers());
  }

  /** Takes over a policy; see {@link Cache#setPolicy}. */
  void setPolicy(CachePolicy wanted) {
    MemoryTier before = tier;
    SlowTiers behind = slowTiers(wanted);
    boolean staysBehind = behindTier == behind;
    if (staysBehind && before.adjust(wanted)) {
      return;
    }
    MemoryTier after = before.successor(wanted, cache.clock(), haveOwnLives(wanted, behind));
    behindTier = behind;
    boundLives(after);
    if (!staysBehind) { // what is there was not kept in step with others, or will not be
      tier = after;
      boundLives(after); // again, if they changed before the tier could be seen
      cache.relink();
      cache.invalidateKeys(key -> true);
      before.clear();
      return;
    }
    retiring = before;
    tier = after;
    boundLives(after);
    cache.relink();
    boolean[] entered = ReentryGuard.enter();
    try {
      before.copyTo(after, wanted.ttl(), cache.clock().nanos());
      retiring = null;
      before.clear();
    } catch (Throwable problem) { // of a key's equals: what was not copied is forgotten
      cache.problem(problem);
    } finally {
      ReentryGuard.exit(entered);
      retiring = null;
    }
    grown();
  }

  /**
   * Begins with an empty tier.
   *
   * @return how many entries there were, about
   */
  long startAfresh(CachePolicy policy) {
    MemoryTier before = tier;
    MemoryTier after = before.successor(policy, cache.clock(), before.hasOwnLives());
    boundLives(after);
    tier = after;
    boundLives(after); // again, if they changed before the tier could be seen
    cache.relink();
    return before.statistics().entries();
  }

  /** Takes over how long results may be kept from now on. */
  void boundLives() {
    boundLives(tier);
  }

  private void boundLives(MemoryTier bounded) {
    SlowTiers tiers = behindTier;
    bounded.setLongestLife(tiers == null ? Long.MAX_VALUE : tiers.longestLifeNanos());
  }

  /** Makes the entry for a result. */
  Entry entryOf(@Nullable Object value, long nowNanos, long loadNanos, @Nullable Lineage lineage) {
    int bytes = tier.isBoundedInBytes() ? ObjectSize.of(value) : 0;
    return new Entry(value, nowNanos, loadNanos, bytes, lineage);
  }

  void store(Object key, Entry entry) {
    if (!(key instanceof Key)) { // a value of the JDK, whose equals calls nobody
      storeWhereEntriesAre(key, entry);
      return;
    }
    boolean[] entered = ReentryGuard.enter();
    try {
      storeWhereEntriesAre(key, entry);
    } finally {
      ReentryGuard.exit(entered);
    }
  }

  /** Again, if the tier was replaced meanwhile: the next one may have what was there before. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  private void storeWhereEntriesAre(Object key, Entry entry) {
    MemoryTier current;
    do {
      current = tier;
      current.put(key, entry);
    } while (current != tier);
  }

  /** Links anew once there are more entries than a front is good for. */
  void grown() {
    MemoryTier grown = tier;
    if (grown.outgrow()) {
      try {
        cache.relink();
      } catch (Throwable problem) { // at the end of the stack: the next load tries again
        grown.staySmall();
        throw problem;
      }
      grown.dropFronts(); // who still reads one called before it was dropped
    }
  }

  /** Whether there is anything under a key, alive or not. */
  boolean contains(Object key) {
    MemoryTier old = retiring; // before the tier that entries move to
    return (old != null && old.keys().contains(key)) || tier.keys().contains(key);
  }

  /** Removes from the tier before first, from where entries may be on their way to the next. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  boolean remove(Object key) {
    boolean removed = false;
    MemoryTier current;
    do {
      current = tier;
      MemoryTier old = retiring;
      removed |= old != null && old.remove(key);
      removed |= current.remove(key);
    } while (current != tier);
    return removed;
  }

  /** As {@link #remove} for all keys that pass; answers how many entries there were. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  long removeKeys(Predicate<Object> keys) {
    long removed = 0;
    MemoryTier current;
    do {
      current = tier; // before the tier that retires: that one is set first
      MemoryTier old = retiring;
      removed += old == null ? 0 : old.removeKeys(keys, this::remove);
      removed += current.removeKeys(keys, this::remove);
    } while (current != tier);
    return removed;
  }

  /** After the tags, so that a front that notes an entry meanwhile sees that it is outdated. */
  @SuppressWarnings("ReferenceEquality") // this very tier
  void clearFronts() {
    MemoryTier current;
    do {
      current = tier;
      MemoryTier old = retiring;
      if (old != null) {
        old.clearFronts();
      }
      current.clearFronts();
    } while (current != tier);
  }
}
