package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** A hit on a method with one {@code long} whose results have a tag each. */
final class HitTagged implements Question {

  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "hit-tagged";
  }

  @Override
  public String title() {
    return "hit, one long, with a tag";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant("hand-written Caffeine", HitLong.HandWritten::block),
        new Contestant("Larder without tags", HitLong.Shop::block),
        new Contestant("Larder", Shop::block));
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "hit-tagged", ttl = "off", tags = "product:{0}")
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
