package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** A hit on a method with one {@code long}, no time to live. */
final class HitLong implements Question {

  private static final String CAFFEINE = "hand-written Caffeine";
  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "hit-long";
  }

  @Override
  public String title() {
    return "hit, one long";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant(CAFFEINE, HandWritten::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(CAFFEINE, 1.25));
  }

  @Override
  public List<Integer> threads() {
    return List.of(1, 2);
  }

  static final class HandWritten {
    private static final Cache<Long, String> CACHE =
        Caffeine.newBuilder().maximumSize(10_000).build();

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(CACHE.get(KEYS[i & Workload.MASK], Workload::value))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "hit-long", ttl = "off")
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
