package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.util.List;
import org.springframework.cache.annotation.Cacheable;

/** The same method cached by Spring and by Larder, with two parameters. */
final class SpringStringInt implements Question {

  private static final String PEER = "Spring @Cacheable on Caffeine (proxy)";
  private static final String[] SKUS = Workload.strings();
  private static final int[] STORES = Workload.ints();

  @Override
  public String id() {
    return "spring-string-int";
  }

  @Override
  public String title() {
    return "Spring, (String, int)";
  }

  @Override
  public String cache() {
    return new HitStringInt().id();
  }

  @Override
  public List<Contestant> contestants() {
    PeerShop shop = SpringContext.bean(PeerShop.class);
    shop.find("sku", 1);
    shop.find("sku", 1);
    if (PeerShop.bodies != 1) {
      throw new IllegalStateException(
          PEER + " ran the body " + PeerShop.bodies + " times in 2 calls");
    }
    return List.of(
        new Contestant("hand-written Caffeine", HitStringInt.HandWritten::block),
        new Contestant(PEER, operations -> block(shop, operations), /* slowness= */ 20),
        new Contestant("Larder", HitStringInt.Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.timesFaster(PEER, 30));
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

    @Cacheable("shop")
    public String find(String sku, int store) {
      bodies++;
      return Workload.value(store);
    }
  }
}
