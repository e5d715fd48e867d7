package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** A hit on a method with two parameters, no time to live; by hand that takes a record. */
final class HitStringInt implements Question {

  private static final String CAFFEINE = "hand-written Caffeine";
  private static final String[] SKUS = Workload.strings();
  private static final int[] STORES = Workload.ints();

  private record Key(String sku, int store) {}

  @Override
  public String id() {
    return "hit-string-int";
  }

  @Override
  public String title() {
    return "hit, (String, int)";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant(CAFFEINE, HandWritten::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(CAFFEINE, 1.5));
  }

  @Override
  public List<Integer> threads() {
    return List.of(1, 2);
  }

  static final class HandWritten {
    private static final Cache<Key, String> CACHE =
        Caffeine.newBuilder().maximumSize(10_000).build();

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(
            CACHE.get(
                new Key(SKUS[i & Workload.MASK], STORES[i & Workload.MASK]),
                key -> Workload.value(key.store())))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "hit-string-int", ttl = "off")
    static String find(String sku, int store) {
      return Workload.value(store);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(Shop.find(SKUS[i & Workload.MASK], STORES[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
