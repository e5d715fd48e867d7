package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** A method of the only instance of its class, beside a static method: the receiver is free. */
final class SoleInstance implements Question {

  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "sole-instance";
  }

  @Override
  public String title() {
    return "hit, method of a sole instance";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant("hand-written Caffeine", HitLong.HandWritten::block),
        new Contestant("Larder, static method", HitLong.Shop::block),
        new Contestant("Larder", Shop::block));
  }

  static final class Shop {
    private static final Shop SHOP = new Shop();

    @Cached(name = "sole-instance", ttl = "off")
    String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(SHOP.find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
