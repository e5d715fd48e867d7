package io.larder.runtime;

import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.TierFigures;
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

  /** How it is. */
  BackendState state();

  /** What it did for a cache. */
  TierFigures figures(String cache);

  /** How it is, by the names that the facade knows. */
  default Map<String, Object> status() {
    BackendState state = state();
    return Map.of(
        "health", state.health().name(),
        "reason", state.reason(),
        "sinceMillis", state.sinceMillis());
  }

  /** What it did for a cache, by the names that the facade knows. */
  default Map<String, Number> statistics(String cache) {
    TierFigures figures = figures(cache);
    return Map.of(
        "hits", figures.hits(),
        "misses", figures.missCount(),
        "puts", figures.puts(),
        "putFailures", figures.offered() - figures.puts());
  }

  /** Redis. */
  record OfRedis(RedisTiers tiers) implements FacadeTier {

    @Override
    public String title() {
      return "Redis";
    }

    @Override
    public String check() {
      return tiers.backend().check();
    }

    @Override
    public void setEnabled(boolean enabled) {
      tiers.backend().setEnabled(enabled);
    }

    @Override
    public BackendState state() {
      return tiers.backend().state();
    }

    @Override
    public TierFigures figures(String cache) {
      return tiers.shared().tier(cache).sharedStatistics();
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
    public BackendState state() {
      return tiers.store().state();
    }

    @Override
    public TierFigures figures(String cache) {
      return tiers.statistics(cache);
    }
  }
}
