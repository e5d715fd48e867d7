package io.larder.runtime;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
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
  private final Backing backing;

  /**
   * For a request.
   *
   * @param caches those that who asks may reach
   * @param backing what stands behind their memory
   */
  Facade(List<Cache> caches, CacheRegistry registry, Backing backing) {
    this.caches = caches;
    this.registry = registry;
    this.backing = backing;
  }

  /** The answer; {@code null} to operations of a newer facade. */
  @Nullable Object answer(String operation, Object[] arguments) {
    return switch (operation) {
      case "active" -> true;
      case "invalidateAll" -> registry.invalidateAll(caches);
      case "cacheNames" -> caches.stream().map(Cache::name).distinct().toArray(String[]::new);
      case "invalidate" -> invalidate((String) arguments[0], (Object[]) arguments[1]);
      case "invalidateCache" -> invalidateCache((String) arguments[0]);
      case "invalidateTag" -> registry.invalidateTag(caches, (String) arguments[0]);
      case "statistics" -> sum(named(arguments[0]).stream().map(Cache::statistics).toList());
      case "tierStatistics" -> tierStatistics(arguments[0], (String) arguments[1]);
      case "tierStatus", "checkTier", "setTierEnabled" -> {
        FacadeTier named = FacadeTier.of((String) arguments[0], backing);
        yield named == null ? null : ofTier(named, operation, arguments);
      }
      default -> null;
    };
  }

  private static Object ofTier(FacadeTier tier, String operation, Object[] arguments) {
    if (operation.equals("checkTier")) {
      return tier.check();
    }
    if (operation.equals("setTierEnabled")) {
      boolean enabled = (boolean) arguments[1];
      tier.setEnabled(enabled);
      logger.info("{} was switched {} by the application.", tier.title(), enabled ? "on" : "off");
      return true;
    }
    return tier.status();
  }

  private List<Cache> named(Object name) {
    return caches.stream().filter(cache -> cache.name().equals(name)).toList();
  }

  private long invalidate(String name, @Nullable Object[] key) {
    List<Cache> here = named(name);
    if (here.isEmpty()) { // this JVM never called the method; others may have
      registry.tellOthers(others -> others.invalidatedKey(name, key));
    }
    return here.stream().mapToLong(cache -> cache.invalidate(key)).sum();
  }

  private long invalidateCache(String name) {
    List<Cache> here = named(name);
    if (here.isEmpty()) { // as above
      registry.tellOthers(others -> others.invalidatedAll(name));
    }
    return here.stream().mapToLong(Cache::invalidateAll).sum();
  }

  private @Nullable Map<String, Number> tierStatistics(Object tier, String name) {
    List<Cache> here = named(name);
    if (tier.equals("memory")) {
      return sum(here.stream().map(Facade::ofMemory).toList());
    }
    FacadeTier named = FacadeTier.of((String) tier, backing);
    return named == null || here.isEmpty() ? null : named.statistics(name);
  }

  private static Map<String, Number> ofMemory(Cache cache) {
    CacheCounters counters = cache.counters();
    return Map.of(
        "hits", counters.calls.hits(),
        "misses", counters.calls.misses(),
        "puts", counters.calls.puts() + counters.promotions.sum());
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
