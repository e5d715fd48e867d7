package io.larder.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.coordinator.SlowTiers.Found;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.shared.SharedTierStatistics;
import io.larder.runtime.time.Clock;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What stands behind the memory of one JVM: a place on disk, and a Redis if there is one. */
final class KeptNode implements AutoCloseable {

  static final String CACHE = "prices";

  static final Clock SYSTEM =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long coarseNanos() {
          return nanos();
        }
      };

  final DiskTiers disk;
  final @Nullable RedisTiers redis;
  final SlowTiers all;

  /** A node that is ready; its clock is the system's. */
  KeptNode(Path directory, @Nullable String uri, DiskOptions more) {
    this(directory, uri, more, new CacheRegistry(SYSTEM, new ReferenceQueue<>()));
  }

  KeptNode(Path directory, @Nullable String uri, DiskOptions more, CacheRegistry registry) {
    ForgettingHere here = new ForgettingHere(registry);
    DiskOptions options =
        more.with(DiskSetting.DIRECTORY, directory.toString())
            .with(DiskSetting.MAXIMUM_BYTES, "16MB");
    disk = DiskTiers.open(options, SYSTEM, here);
    if (uri == null) {
      redis = null;
      all = disk;
    } else {
      Hearing hearing = new Hearing(disk, options.fallback(), SYSTEM, here);
      RedisTiers opened =
          RedisTiers.open(
              hearing,
              RedisOptions.NONE.with(RedisSetting.URI, uri).with(RedisSetting.DEADLINE, "5s"),
              SYSTEM);
      redis = opened;
      all = LayeredTiers.of(opened, disk, hearing, new ResultCodecs(List.of()));
    }
    disk.store().tier("nobody").get(key("k")); // or it would wait half a second before it opens
    await().atMost(Duration.ofSeconds(30)).until(() -> disk.store().state().health() == Health.UP);
    awaitCoherence();
  }

  /** Others are heard, if there is a way. */
  void awaitCoherence() {
    if (redis != null) {
      await().atMost(Duration.ofSeconds(30)).until(() -> all.longestLifeNanos() == Long.MAX_VALUE);
    }
  }

  /** These of its tiers. */
  SlowTiers among(String... names) {
    return Objects.requireNonNull(
        all.among(Stream.concat(Stream.of("memory"), Stream.of(names)).toList()));
  }

  TierKey key(String text) {
    try {
      return new TierKey(
          CACHE,
          KeyHash.of(text.getBytes(UTF_8)),
          KeyHash.of(("of " + text).getBytes(UTF_8)),
          all.codecOf("string", /* loader= */ null, String.class),
          /* ttlMillis= */ 0);
    } catch (NotStorableException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static Entry entry(String value, String... tags) {
    List<Tag> named = Stream.of(tags).map(Tag::new).toList();
    return new Entry(
        value, SYSTEM.nanos(), /* loadNanos= */ 5, /* bytes= */ 0, new Lineage(named, 0, 0));
  }

  /** Stores what was loaded just now, and waits until it is there. */
  void put(SlowTiers tiers, String key, String value, String... tags) {
    tiers.put(
        key(key), entry(value, tags), tiers.stamp(), /* behind= */ false, /* waitedNanos= */ 0);
    awaitWritten();
  }

  /** All that was handed over is written. */
  void awaitWritten() {
    await().until(() -> disk.writeBehind().queued() == 0);
  }

  /** What tiers have under a key. */
  @Nullable String get(SlowTiers tiers, String key) {
    return valueOf(tiers.get(key(key), /* loadNanos= */ 0));
  }

  /** What the disk has under a key of a cache that has both, and Redis is not asked. */
  @Nullable String onDisk(String key) {
    long before = redisLooks();
    String found = get(among("disk", "redis"), key);
    return redisLooks() == before ? found : null;
  }

  private long redisLooks() {
    SharedTierStatistics figures =
        Objects.requireNonNull(redis).shared().tier(CACHE).sharedStatistics();
    return figures.hits() + figures.missCount();
  }

  private static @Nullable String valueOf(@Nullable Found found) {
    return found == null ? null : (String) found.entry().value;
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
    }
    disk.close();
  }
}
