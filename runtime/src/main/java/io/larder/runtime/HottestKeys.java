package io.larder.runtime;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.disk.WarmStart.HotKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is used most of all caches that are kept on disk, hottest first. Thread-safe. */
final class HottestKeys implements Supplier<List<HotKey>> {

  /** Of the results in memory; more of them would mostly not be asked for in time. */
  private static final double SHARE = 0.1;

  /** Of one cache: to find them takes its lock. */
  private static final int MOST = 10_000;

  private final CacheRegistry registry;

  /** Of these caches. */
  HottestKeys(CacheRegistry registry) {
    this.registry = registry;
  }

  @Override
  public List<HotKey> get() {
    List<HotKey> all = new ArrayList<>();
    for (Cache cache : registry.caches()) {
      if (cache.policy().sharing().tiers().contains("disk")) {
        int most = (int) Math.ceil(SHARE * cache.memory().statistics().entries());
        cache
            .hottest(Math.min(MOST, most))
            .forEach(identity -> all.add(new HotKey(cache.name(), identity)));
      }
    }
    return all;
  }
}
