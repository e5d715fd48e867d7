package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.model.Entry;
import io.larder.runtime.time.Clock;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What several JVMs share, in a map; does what the real tiers promise, and what a test asks for.
 */
final class FakeTiers implements SlowTiers {

  private final Map<TierKey, Stored> stored = new HashMap<>();
  private final Map<String, Long> invalidated = new HashMap<>();
  private long clock;

  private final Clock time;

  FakeTiers(Clock time) {
    this.time = time;
  }

  /** What was asked and told, in order. */
  final List<String> told = new ArrayList<>();

  /** Runs within each look, after the answer is known. */
  Runnable duringGet = () -> {};

  /** Runs within each replacement, before anything is replaced. */
  Runnable duringReplace = () -> {};

  /** Thrown by each call, if there is one. */
  @Nullable RuntimeException failure;

  long longestLifeNanos = Long.MAX_VALUE;

  boolean away;

  /** What there is where {@code redis} is not named; as if there were nothing if it is null. */
  @Nullable FakeTiers kept;

  private boolean reachOthers = true;

  /** Those of one JVM. */
  static FakeTiers ofOne(Clock clock) {
    FakeTiers tiers = new FakeTiers(clock);
    tiers.reachOthers = false;
    return tiers;
  }

  private record Stored(Entry entry, long stamp) {}

  @Override
  public ValueCodec codecOf(String name, @Nullable ClassLoader loader, Type returned) {
    throw new UnsupportedOperationException("keys of these tests have their codec");
  }

  @Override
  public @Nullable SlowTiers among(List<String> names) {
    if (kept != null && names.contains("disk") && !names.contains("redis")) {
      return kept;
    }
    return names.size() > 1 ? this : null;
  }

  @Override
  public boolean reachOthers() {
    return reachOthers;
  }

  @Override
  public synchronized Stamp stamp() {
    return new Stamp(clock, /* kept= */ 0, /* session= */ 0);
  }

  @Override
  public boolean areAway(String cache) {
    return away;
  }

  @Override
  public synchronized void keptLocal(String cache, String reason) {
    tell("kept local: " + reason);
  }

  @Override
  public Refusals refusals(String cache) {
    return new Refusals(0, 0, /* reason= */ null);
  }

  @Override
  public @Nullable Found get(TierKey key, long loadNanos) {
    long start = time.nanos();
    Entry found;
    synchronized (this) {
      tell("get");
      Stored there = stored.get(key);
      long cleared = invalidated.getOrDefault(key.cache(), 0L);
      long forgotten = invalidated.getOrDefault(key.cache() + key.group(), 0L);
      found = there == null || there.stamp < Math.max(cleared, forgotten) ? null : there.entry;
    }
    duringGet.run();
    return found == null ? null : new Found(found, List.of(), time.nanos() - start);
  }

  @Override
  public @Nullable Found newest(TierKey key) {
    return get(key, /* loadNanos= */ 0);
  }

  @Override
  public synchronized void put(TierKey key, Entry entry, Stamp stamp, boolean behind, long waited) {
    tell(behind ? "put behind" : "put through");
    stored.put(key, new Stored(entry, stamp.shared()));
  }

  @Override
  public synchronized void replace(TierKey key, Entry entry, Stamp stamp) {
    tell("replace");
    duringReplace.run();
    stored.put(key, new Stored(entry, ++clock));
  }

  @Override
  public Lease lease(TierKey key, long waitNanos, long waited) {
    tell("lease");
    return new Lease() {
      @Override
      public @Nullable Found found() {
        return null;
      }

      @Override
      public void loaded(Entry entry, Stamp stamp, long waitedNanos) {
        tell("leased load");
        stored.put(key, new Stored(entry, stamp.shared()));
      }

      @Override
      public void released() {
        tell("released");
      }
    };
  }

  @Override
  public Lease tryLease(TierKey key) {
    return lease(key, /* waitNanos= */ 0, /* waited= */ 0);
  }

  @Override
  public synchronized void invalidate(String cache, KeyHash group) {
    tell("invalidate");
    invalidated.put(cache + group, ++clock);
  }

  @Override
  public synchronized void clear(String cache) {
    tell("clear");
    invalidated.put(cache, ++clock);
  }

  @Override
  public synchronized void clearOwn() {
    tell("clear own");
  }

  @Override
  public synchronized void invalidateTag(String cache, String tag) {
    tell("tag");
  }

  @Override
  public long longestLifeNanos() {
    return longestLifeNanos;
  }

  private void tell(String what) {
    told.add(what);
    if (failure != null) {
      throw failure;
    }
  }
}
