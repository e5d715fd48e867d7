package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** A hit on a method with one {@code long} that is called with far more keys than a front holds. */
final class HitLongMany implements Question {

  private static final String CAFFEINE = "hand-written Caffeine";
  private static final int MASK = (1 << 14) - 1;
  private static final long[] KEYS = new Random(42).longs(MASK + 1).toArray();

  @Override
  public String id() {
    return "hit-long-many";
  }

  @Override
  public String title() {
    return "hit, one long, 16,384 keys";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant(CAFFEINE, HandWritten::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public int operations() {
    return 1 << 16;
  }

  /** Else entries would lie in memory in the order in which they are asked for. */
  private static LongStream inAnotherOrder() {
    return LongStream.of(KEYS).sorted();
  }

  private static final class HandWritten {
    private static final Cache<Long, String> CACHE =
        Caffeine.newBuilder().maximumSize(20_000).build();

    static {
      inAnotherOrder().forEach(key -> CACHE.put(key, Workload.value(key)));
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(CACHE.get(KEYS[i & MASK], Workload::value))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    static {
      inAnotherOrder().forEach(Shop::find);
    }

    private Shop() {}

    @Cached(name = "hit-long-many", ttl = "off", maximumEntries = 20_000)
    static String find(long key) {
      return Workload.value(key);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(Shop.find(KEYS[i & MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
