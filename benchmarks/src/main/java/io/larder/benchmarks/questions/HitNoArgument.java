package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** A hit on a method without parameters, no time to live; by hand under a constant key. */
final class HitNoArgument implements Question {

  private static final String CAFFEINE = "hand-written Caffeine";

  @Override
  public String id() {
    return "hit-no-argument";
  }

  @Override
  public String title() {
    return "hit, no argument";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant(CAFFEINE, HandWritten::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Integer> threads() {
    return List.of(1, 2);
  }

  private static final class HandWritten {
    private static final Cache<Boolean, String> CACHE =
        Caffeine.newBuilder().maximumSize(10_000).build();

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(CACHE.get(Boolean.TRUE, key -> Workload.value(1)))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "hit-no-argument", ttl = "off")
    static String find() {
      return Workload.value(1);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(Shop.find())) {
          found++;
        }
      }
      return found;
    }
  }
}
