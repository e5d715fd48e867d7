package io.larder.runtime;

import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.disk.DiskState;
import io.larder.runtime.disk.DiskTierStatistics;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisState;
import io.larder.runtime.shared.SharedTierStatistics;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tier behind memory, as the application's facade sees it. */
interface FacadeTier {

  /** The tier of a name; {@code null} if there is none. */
  static @Nullable FacadeTier of(String name, Backing backing) {
    return switch (name) {
      case "redis" -> {
        RedisTiers redis = backing.redis();
        yield redis == null ? null : new OfRedis(redis);
      }
      case "disk" -> {
        DiskTiers disk = backing.disk();
        yield disk == null ? null : new OfDisk(disk);
      }
      default -> null;
    };
  }

  /** As a sentence begins with it. */
  String title();

  /** What it says of itself when it is asked something. */
  String check();

  /** Switches it. */
  void setEnabled(boolean enabled);

  /** How it is, by the names that the facade knows. */
  Map<String, Object> status();

  /** What it did for a cache, by the names that the facade knows. */
  Map<String, Number> statistics(String cache);

  private static Map<String, Object> status(Health health, String reason, long sinceMillis) {
    return Map.of("health", health.name(), "reason", reason, "sinceMillis", sinceMillis);
  }

  private static Map<String, Number> statistics(long hits, long misses, long puts, long failures) {
    return Map.of("hits", hits, "misses", misses, "puts", puts, "putFailures", failures);
  }

  /** Redis. */
  record OfRedis(RedisTiers tiers) implements FacadeTier {

    private RedisBackend backend() {
      return tiers.backend();
    }

    @Override
    public String title() {
      return "Redis";
    }

    @Override
    public String check() {
      return backend().check();
    }

    @Override
    public void setEnabled(boolean enabled) {
      backend().setEnabled(enabled);
    }

    @Override
    public Map<String, Object> status() {
      RedisState state = backend().state();
      return FacadeTier.status(state.health(), state.reason(), state.sinceMillis());
    }

    @Override
    public Map<String, Number> statistics(String cache) {
      SharedTierStatistics figures = tiers.shared().tier(cache).sharedStatistics();
      return FacadeTier.statistics(
          figures.hits(), figures.missCount(), figures.puts(), figures.offered() - figures.puts());
    }
  }

  /** The disk. */
  record OfDisk(DiskTiers tiers) implements FacadeTier {

    @Override
    public String title() {
      return "The disk";
    }

    @Override
    public String check() {
      return tiers.store().check();
    }

    @Override
    public void setEnabled(boolean enabled) {
      tiers.store().setEnabled(enabled);
    }

    @Override
    public Map<String, Object> status() {
      DiskState state = tiers.store().state();
      return FacadeTier.status(state.health(), state.reason(), state.sinceMillis());
    }

    @Override
    public Map<String, Number> statistics(String cache) {
      DiskTierStatistics figures = tiers.statistics(cache);
      SlowTiers.Refusals offered = tiers.refusals(cache);
      return FacadeTier.statistics(
          figures.hits(), figures.missCount(), figures.puts(), offered.offered() - figures.puts());
    }
  }
}
