package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import java.util.List;

/** A call whose result the disk has and memory has not, beside MapDB itself. */
final class DiskHit implements Question {

  @Override
  public String id() {
    return "disk-hit";
  }

  @Override
  public String title() {
    return "miss in memory, hit on disk";
  }

  @Override
  public boolean needsDisk() {
    return true;
  }

  @Override
  public List<Contestant> contestants() {
    DiskShop.fill(Shop::find);
    RawMapDb raw = new RawMapDb();
    return List.of(
        new Contestant(RawMapDb.NAME, raw::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(RawMapDb.NAME, 1.3));
  }

  @Override
  public int operations() {
    return 500;
  }

  static final class Shop {

    private static int next;

    private Shop() {}

    @Cached(name = "disk-hit", maximumEntries = 1)
    static Product find(long id) {
      return DiskShop.load(id);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        next = (next + 1) % DiskShop.KEYS;
        found += DiskShop.counts(find(next), next);
      }
      DiskShop.called(operations);
      return found;
    }
  }
}
