package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A miss of a cache that is kept on disk, beside a miss of one that is not: what the look there and
 * handing the result over cost the application's thread. The bodies take some microseconds, so that
 * Larder looks on disk.
 */
final class DiskPut implements Question {

  private static final String MEMORY = "a cache without a disk tier";

  @Override
  public String id() {
    return "disk-put";
  }

  @Override
  public String title() {
    return "miss, handed over to be written to disk";
  }

  @Override
  public boolean needsDisk() {
    return true;
  }

  @Override
  public boolean hasHelpers() {
    return true;
  }

  @Override
  public List<Contestant> contestants() {
    DiskShop.fill(Shop::probe);
    // Between the blocks the queue empties, else what it drops would be measured.
    Runnable pause = () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    return List.of(
        new Contestant(MEMORY, Shop::blockMemory).after(pause),
        new Contestant("Larder", Shop::block).after(pause));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.nanosMore(MEMORY, 5_000, "at most 5 us more"));
  }

  @Override
  public int operations() {
    return 100;
  }

  @Override
  public boolean expectsHits() {
    return false;
  }

  static final class Shop {

    private static final Product PRODUCT = Product.of(0);

    private static long next;

    private Shop() {}

    @Cached(name = "disk-put", maximumEntries = 1_000)
    static Product kept(long id) {
      return work(id);
    }

    @Cached(name = "disk-put-memory", maximumEntries = 1_000, tiers = "memory")
    static Product inMemory(long id) {
      return work(id);
    }

    @Cached(name = "disk-put-probe", maximumEntries = 1)
    static Product probe(long id) {
      return DiskShop.load(id);
    }

    /** Some microseconds, the same for both. */
    private static Product work(long id) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < 3_000) {
        Thread.onSpinWait();
      }
      return id < 0 ? Product.of(id) : PRODUCT;
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        found += kept(next++).id();
      }
      return found;
    }

    static long blockMemory(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        found += inMemory(next++).id();
      }
      return found;
    }
  }
}
