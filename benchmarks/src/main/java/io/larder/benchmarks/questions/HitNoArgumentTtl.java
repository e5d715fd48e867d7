package io.larder.benchmarks.questions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.larder.Cached;
import io.larder.benchmarks.paired.Contestant;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.paired.Workload;
import java.time.Duration;
import java.util.List;

/** A hit on a method without parameters whose result lives five minutes. */
final class HitNoArgumentTtl implements Question {

  private static final String CAFFEINE = "hand-written Caffeine + expireAfterWrite";

  @Override
  public String id() {
    return "hit-no-argument-ttl";
  }

  @Override
  public String title() {
    return "hit, no argument, TTL";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(
        new Contestant(CAFFEINE, HandWritten::block), new Contestant("Larder", Shop::block));
  }

  @Override
  public List<Goal> goals() {
    return List.of(Goal.atMost(CAFFEINE, 0.5));
  }

  @Override
  public int operations() {
    return 30_000;
  }

  @Override
  public List<Integer> threads() {
    return List.of(1, 2);
  }

  private static final class HandWritten {
    private static final Cache<Boolean, String> CACHE =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(5)).build();

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(CACHE.get(Boolean.TRUE, key -> Workload.value(1)))) {
          found++;
        }
      }
      return found;
    }
  }

  static final class Shop {

    private Shop() {}

    @Cached(name = "hit-no-argument-ttl", ttl = "5m")
    static String find() {
      return Workload.value(1);
    }

    static long block(int operations) {
      long found = 0;
      for (int i = 0; i < operations; i++) {
        if (Workload.isSentinel(Shop.find())) {
          found++;
        }
      }
      return found;
    }
  }
}
