package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
        new Contestant("hand-written Caffeine", HandWritten::block),
        new Contestant("Larder without tags", Shop::blockWithoutTags),
        new Contestant("Larder", Shop::block));
  }

  private static final class HandWritten {
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

    @Cached(name = "hit-tagged", ttl = "off", tags = "product:{0}")
    static String find(long key) {
      return Workload.value(key);
    }

    @Cached(name = "hit-untagged", ttl = "off")
    static String findWithoutTags(long key) {
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

    static long blockWithoutTags(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(Shop.findWithoutTags(KEYS[i & Workload.MASK]))) {
          found++;
        }
      }
      return found;
    }
  }
}
