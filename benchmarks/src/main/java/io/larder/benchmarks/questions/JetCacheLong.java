package io.larder.benchmarks.questions;

import com.alicp.jetcache.anno.CacheType;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** The same method cached by JetCache and by Larder, with one {@code long}. */
final class JetCacheLong implements Question {

  private static final String PEER = "JetCache @Cached on Caffeine (proxy)";
  private static final long[] KEYS = Workload.longs();

  @Override
  public String id() {
    return "jetcache-long";
  }

  @Override
  public String title() {
    return "JetCache, one long";
  }

  @Override
  public String cache() {
    return new HitLong().id();
  }

  @Override
  public List<Contestant> contestants() {
    PeerShop shop = JetCacheContext.bean(PeerShop.class);
    shop.find(1);
    shop.find(1);
    if (PeerShop.bodies != 1) {
      throw new IllegalStateException(
          PEER + " ran the body " + PeerShop.bodies + " times in 2 calls");
    }
    return List.of(
        new Contestant("hand-written Caffeine", HitLong.HandWritten::block),
        new Contestant(PEER, operations -> block(shop, operations), /* slowness= */ 50),
        new Contestant("Larder", HitLong.Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.timesFaster(PEER, 60));
  }

  private static long block(PeerShop shop, int operations) {
    long found = 0;
    for (int i = 0; i < operations; i++) {
      if (Workload.isSentinel(shop.find(KEYS[i & Workload.MASK]))) {
        found++;
      }
    }
    return found;
  }

  /** The method as the peer caches it; open, because the peer makes a subclass. */
  static class PeerShop {
    private static int bodies;

    @com.alicp.jetcache.anno.Cached(name = "shop-", cacheType = CacheType.LOCAL)
    public String find(long key) {
      bodies++;
      return Workload.value(key);
    }
  }
}
