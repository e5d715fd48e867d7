package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A miss with every call: new keys, in a cache that is full, so that each evicts another. */
final class Miss implements Question {

  private static final String CAFFEINE = "hand-written Caffeine";

  @Override
  public String id() {
    return "miss";
  }

  @Override
  public String title() {
    return "miss, cache full";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant(CAFFEINE, HandWritten::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(CAFFEINE, 1.3));
  }

  @Override
  public int operations() {
    return 3_000;
  }

  @Override
  public List<Integer> threads() {
    return List.of(1, 2);
  }

  @Override
  public boolean expectsHits() {
    return false;
  }

  private static final class HandWritten {
    private static final Cache<Long, String> CACHE =
        Caffeine.newBuilder().maximumSize(10_000).build();

    static long block(int operations) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(CACHE.get(random.nextLong(), Workload::value))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "miss", ttl = "off")
    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(find(random.nextLong()))) {
          found++;
        }
      }
      return found;
    }
  }
}
