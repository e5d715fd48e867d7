package io.larder.benchmarks.questions;

import io.larder.CacheInvalidate;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/**
 * A method that invalidates a tag, which a thousand results have, or a million. What is looked up
 * in between, one result, is loaded again.
 */
final class TagInvalidation implements Question {

  private static final String FEW = "1,000 results with the tag";
  private static final int THOUSAND = 1_000;
  private static final int MILLION = 1_000_000;

  @Override
  public String id() {
    return "tag-invalidation";
  }

  @Override
  public String title() {
    return "invalidate a tag of 1,000,000 results, and load one of them again";
  }

  @Override
  public List<Contestant> contestants() {
    for (long key = 0; key < MILLION; key++) {
      Shop.ofMany(key);
      if (key < THOUSAND) {
        Shop.ofFew(key);
      }
    }
    return List.of(new Contestant(FEW, Shop::blockOfFew), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(FEW, 2));
  }

  @Override
  public int operations() {
    return 100;
  }

  @Override
  public boolean expectsHits() {
    return false;
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "tag-invalidation", ttl = "off", maximumEntries = 0, tags = "many")
    static String ofMany(long key) {
      return Workload.value(key);
    }

    @Cached(name = "tag-invalidation-few", ttl = "off", maximumEntries = 0, tags = "few")
    static String ofFew(long key) {
      return Workload.value(key);
    }

    @CacheInvalidate(tags = "many")
    static void forgetMany() {}

    @CacheInvalidate(tags = "few")
    static void forgetFew() {}

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        forgetMany();
        if (Workload.isSentinel(ofMany(i))) {
          found++;
        }
      }
      return found;
    }

    static long blockOfFew(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        forgetFew();
        if (Workload.isSentinel(ofFew(i))) {
          found++;
        }
      }
      return found;
    }
  }
}
