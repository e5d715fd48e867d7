package io.larder.benchmarks.questions;

import com.alicp.jetcache.anno.CacheType;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;

/** The same method cached by JetCache and by Larder, with two parameters. */
final class JetCacheStringInt implements Question {

  private static final String PEER = "JetCache @Cached on Caffeine (proxy)";
  private static final String[] SKUS = Workload.strings();
  private static final int[] STORES = Workload.ints();

  @Override
  public String id() {
    return "jetcache-string-int";
  }

  @Override
  public String title() {
    return "JetCache, (String, int)";
  }

  @Override
  public String cache() {
    return new HitStringInt().id();
  }

  @Override
  public List<Contestant> contestants() {
    PeerShop shop = JetCacheContext.bean(PeerShop.class);
    shop.find("sku", 1);
    shop.find("sku", 1);
    if (PeerShop.bodies != 1) {
      throw new IllegalStateException(
          PEER + " ran the body " + PeerShop.bodies + " times in 2 calls");
    }
    return List.of(
        new Contestant("hand-written Caffeine", HitStringInt.HandWritten::block),
        new Contestant(PEER, operations -> block(shop, operations), /* slowness= */ 50),
        new Contestant("Larder", HitStringInt.Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.timesFaster(PEER, 60));
  }

  private static long block(PeerShop shop, int operations) {
    long found = 0;
    for (int i = 0; i < operations; i++) {
      if (Workload.isSentinel(shop.find(SKUS[i & Workload.MASK], STORES[i & Workload.MASK]))) {
        found++;
      }
    }
    return found;
  }

  /** The method as the peer caches it; open, because the peer makes a subclass. */
  static class PeerShop {
    private static int bodies;

    @com.alicp.jetcache.anno.Cached(name = "shop-", cacheType = CacheType.LOCAL)
    public String find(String sku, int store) {
      bodies++;
      return Workload.value(store);
    }
  }
}
