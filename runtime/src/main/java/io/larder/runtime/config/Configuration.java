package io.larder.runtime.config;

import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.RedisOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file says; immutable.
 *
 * @param switches of the agent as a whole
 * @param disk what is kept on disk, if anything is
 * @param redis how Redis is reached, if it is
 * @param defaults for caches of which neither an annotation nor the file says more
 * @param caches in the order of the file, each name once
 * @param exclusions methods that are never cached, whatever else is said
 */
public record Configuration(
    Switches switches,
    DiskOptions disk,
    RedisOptions redis,
    PolicySettings defaults,
    List<CacheRule> caches,
    List<MethodPattern> exclusions) {

  /** Nothing is said. */
  public static final Configuration EMPTY =
      new Configuration(
          Switches.NONE,
          DiskOptions.NONE,
          RedisOptions.NONE,
          PolicySettings.NONE,
          List.of(),
          List.of());

  /** Copies the lists. */
  public Configuration {
    caches = List.copyOf(caches);
    exclusions = List.copyOf(exclusions);
  }

  /**
   * The settings that the agent's arguments have, too. Each is {@code null} where nothing is said.
   *
   * @param enabled whether anything is cached
   * @param log how much is logged: {@code debug}, {@code info}, {@code warn}, {@code error} or
   *     {@code off}
   * @param management what JMX shows and takes: {@code off}, {@code read-only} or {@code full}
   * @param watch how often the file is looked at; {@link Duration#ZERO} for never
   */
  public record Switches(
      @Nullable Boolean enabled,
      @Nullable String log,
      @Nullable String management,
      @Nullable Duration watch) {

    /** Nothing is said. */
    public static final Switches NONE = new Switches(null, null, null, null);
  }
}
