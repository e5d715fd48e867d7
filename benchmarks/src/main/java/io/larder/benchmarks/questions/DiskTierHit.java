package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.runtime.codec.EnvelopeFormat;
import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.disk.DiskSettings;
import io.larder.runtime.disk.DiskStore;
import io.larder.runtime.disk.DiskTier;
import io.larder.runtime.model.Entry;
import io.larder.runtime.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Larder's disk tier itself, without the call, the key's hash and the memory before it, beside
 * MapDB itself.
 */
final class DiskTierHit implements Question {

  @Override
  public String id() {
    return "disk-tier";
  }

  @Override
  public String title() {
    return "the disk tier itself, hit";
  }

  @Override
  public boolean needsDisk() {
    return true;
  }

  @Override
  public boolean isWoven() {
    return false;
  }

  @Override
  public List<Contestant> contestants() {
    RawMapDb raw = new RawMapDb();
    Asked asked = new Asked();
    return List.of(
        new Contestant(RawMapDb.NAME, raw::block), new Contestant("Larder", asked::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(RawMapDb.NAME, 1.3));
  }

  @Override
  public int operations() {
    return 500;
  }

  private static final class Asked {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final TierKey[] keys = new TierKey[DiskShop.KEYS];
    private final DiskTier tier;
    private int next;

    Asked() {
      Clock clock = new ExactClock();
      DiskStore store =
          DiskStore.open(DiskSettings.of(RawDisk.directory("tier")), EnvelopeFormat.plain(), clock);
      tier = store.tier("disk-tier");
      StoredProducts products = new StoredProducts();
      for (int id = 0; id < DiskShop.KEYS; id++) {
        KeyHash hash = hash(id);
        keys[id] = new TierKey("disk-tier", hash, hash, products.codec(), /* ttlMillis= */ 0);
        store(id, clock);
      }
    }

    private static KeyHash hash(long id) {
      try {
        return KeyCodec.group(id);
      } catch (NotStorableException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    /** Until it is stored: the first cannot before the store is open. */
    private void store(int id, Clock clock) {
      long deadline = clock.nanos() + PATIENCE_NANOS;
      while (!tier.store(keys[id], new Entry(Product.of(id), clock.nanos(), 1_000, 0))) {
        if (clock.nanos() - deadline > 0) {
          throw new IllegalStateException("nothing can be stored on disk");
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }

    long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        next = (next + 1) % DiskShop.KEYS;
        Entry entry = tier.get(keys[next]);
        found += entry == null ? 0 : DiskShop.counts(entry.value, next);
      }
      if (found < operations / 2) {
        throw new IllegalStateException("the disk tier found only " + found);
      }
      return found;
    }
  }
}
