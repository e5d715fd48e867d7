package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** A hit on a method with one {@code long} whose results are refreshed. */
final class HitRefreshed implements Question {

  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "hit-refreshed";
  }

  @Override
  public String title() {
    return "hit, one long, with refreshAfter";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant("hand-written Caffeine", HitLongTtl.HandWritten::block),
        new Contestant("Larder without refreshAfter", HitLongTtl.Shop::block),
        new Contestant("Larder", Shop::block));
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "hit-refreshed", ttl = "1h", refreshAfter = "50m")
    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(Shop.find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
