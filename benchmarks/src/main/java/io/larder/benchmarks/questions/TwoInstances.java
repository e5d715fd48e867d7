package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** Two instances of a class, called in turn; by hand each has a cache of its own in a field. */
final class TwoInstances implements Question {

  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "two-instances";
  }

  @Override
  public String title() {
    return "hit, class with two instances";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant("hand-written Caffeine, one per instance", HandWritten::block),
        new Contestant("Larder", Shop::block));
  }

  private static final class HandWritten {
    private static final HandWritten[] SHOPS = {new HandWritten(), new HandWritten()};

    private final Cache<Long, String> cache = Caffeine.newBuilder().maximumSize(10_000).build();

    String find(long key) {
      return cache.get(key, Workload::value);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(SHOPS[i & 1].find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {
    private static final Shop[] SHOPS = {new Shop(), new Shop()};

    @Cached(name = "two-instances", ttl = "off")
    String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(SHOPS[i & 1].find(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
