package io.larder.runtime;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.InvalidationListener;
import io.larder.runtime.logging.Log;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisState;
import io.larder.runtime.shared.SharedTierStatistics;
import io.larder.runtime.stats.CacheCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The agent's side of {@code io.larder.Larder}, for one request. Takes and gives only what every
 * class loader knows.
 */
final class Facade {

  private static final Logger logger = Log.logger(Facade.class);

  private final List<Cache> caches;
  private final CacheRegistry registry;
  private final @Nullable RedisTiers redis;

  /**
   * For a request.
   *
   * @param caches those that who asks may reach
   * @param redis {@code null} when nothing is shared
   */
  Facade(List<Cache> caches, CacheRegistry registry, @Nullable RedisTiers redis) {
    this.caches = caches;
    this.registry = registry;
    this.redis = redis;
  }

  /** The answer; {@code null} to operations of a newer facade. */
  @Nullable Object answer(String operation, Object[] arguments) {
    return switch (operation) {
      case "active" -> true;
      case "invalidateAll" -> caches.stream().mapToLong(Cache::invalidateAll).sum();
      case "cacheNames" -> caches.stream().map(Cache::name).distinct().toArray(String[]::new);
      case "invalidate" -> invalidate((String) arguments[0], (Object[]) arguments[1]);
      case "invalidateCache" -> invalidateCache((String) arguments[0]);
      case "invalidateTag" -> registry.invalidateTag(caches, (String) arguments[0]);
      case "statistics" -> sum(named(arguments[0]).stream().map(Cache::statistics).toList());
      case "tierStatistics" -> tierStatistics(arguments[0], (String) arguments[1]);
      case "tierStatus", "checkTier", "setTierEnabled" -> {
        RedisTiers named = tier(arguments[0]);
        yield named == null ? null : ofBackend(named.backend(), operation, arguments);
      }
      default -> null;
    };
  }

  private static @Nullable Object ofBackend(
      RedisBackend backend, String operation, Object[] arguments) {
    if (operation.equals("checkTier")) {
      return backend.check();
    }
    if (operation.equals("setTierEnabled")) {
      boolean enabled = (boolean) arguments[1];
      backend.setEnabled(enabled);
      logger.info("Redis was switched {} by the application.", enabled ? "on" : "off");
      return true;
    }
    RedisState state = backend.state();
    return Map.of(
        "health", state.health().name(),
        "reason", state.reason(),
        "sinceMillis", state.sinceMillis());
  }

  private List<Cache> named(Object name) {
    return caches.stream().filter(cache -> cache.name().equals(name)).toList();
  }

  private long invalidate(String name, @Nullable Object[] key) {
    List<Cache> here = named(name);
    InvalidationListener others = registry.invalidationListener();
    if (here.isEmpty() && others != null) { // this JVM never called the method; others may have
      others.invalidatedKey(name, key);
    }
    return here.stream().mapToLong(cache -> cache.invalidate(key)).sum();
  }

  private long invalidateCache(String name) {
    List<Cache> here = named(name);
    InvalidationListener others = registry.invalidationListener();
    if (here.isEmpty() && others != null) { // as above
      others.invalidatedAll(name);
    }
    return here.stream().mapToLong(Cache::invalidateAll).sum();
  }

  private @Nullable Map<String, Number> tierStatistics(Object tier, String name) {
    List<Cache> here = named(name);
    if (tier.equals("memory")) {
      return sum(here.stream().map(Facade::ofMemory).toList());
    }
    RedisTiers shared = tier(tier);
    return shared == null || here.isEmpty() ? null : ofShared(shared, name);
  }

  private static Map<String, Number> ofMemory(Cache cache) {
    CacheCounters counters = cache.counters();
    return Map.of(
        "hits", counters.calls.hits(),
        "misses", counters.calls.misses(),
        "puts", counters.calls.puts() + counters.promotions.sum());
  }

  private static Map<String, Number> ofShared(RedisTiers shared, String name) {
    SharedTierStatistics figures = shared.shared().tier(name).sharedStatistics();
    return Map.of(
        "hits", figures.hits(),
        "misses", figures.missCount(),
        "puts", figures.puts(),
        "putFailures", figures.offered() - figures.puts());
  }

  private @Nullable RedisTiers tier(Object name) {
    return name.equals("redis") ? redis : null;
  }

  /** {@code null} of nothing. */
  private static @Nullable Map<String, Number> sum(List<Map<String, Number>> all) {
    return all.stream().reduce(Facade::sum).orElse(null);
  }

  private static Map<String, Number> sum(Map<String, Number> one, Map<String, Number> other) {
    Map<String, Number> sum = new HashMap<>(one);
    other.forEach((name, value) -> sum.merge(name, value, (a, b) -> a.longValue() + b.longValue()));
    return sum;
  }
}
