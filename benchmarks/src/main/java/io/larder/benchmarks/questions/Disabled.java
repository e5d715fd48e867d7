package io.larder.benchmarks.questions;

import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/**
 * A cache that was used and then switched off through JMX, beside a method that was never woven.
 */
final class Disabled implements Question {

  private static final String PLAIN = "the plain method";
  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "disabled";
  }

  @Override
  public String title() {
    return "cache switched off";
  }

  @Override
  public List<Contestant> contestants() {
    Shop.block(1_000_000);
    LarderMBeans.switchOff(id());
    return List.of(new Contestant(PLAIN, Plain::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.equal(PLAIN));
  }

  @Override
  public int operations() {
    return 1_000_000;
  }

  private static final class Plain {

    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "disabled")
    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
