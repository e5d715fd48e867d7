package io.larder.runtime.management;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisState;
import io.larder.runtime.shared.MissReason;
import io.larder.runtime.shared.SharedStatus;
import io.larder.runtime.shared.SharedTierStatistics;
import io.larder.runtime.shared.SharedTiers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The MBean of what one cache keeps in Redis. Holds the cache weakly, as {@link CacheMBean}. */
final class TierMBean {

  private static final Logger logger = Log.logger(TierMBean.class);

  private final CacheRegistry.Handle handle;
  private final RedisBackend backend;
  private final SharedTiers tiers;

  private TierMBean(CacheRegistry.Handle handle, RedisBackend backend, SharedTiers tiers) {
    this.handle = handle;
    this.backend = backend;
    this.tiers = tiers;
  }

  /** What is read at one moment. */
  private record Snapshot(
      boolean enabled,
      RedisState state,
      SharedStatus status,
      SharedTierStatistics figures,
      long promotions,
      long promotionDrops,
      long sharedLookups,
      WriteBehindStatistics behind) {

    private Health health() {
      boolean doubtful = state.health() == Health.UP && !status.coherent();
      return enabled ? doubtful ? Health.DEGRADED : state.health() : Health.OFF;
    }

    private String lastError() {
      if (!state.reason().isEmpty()) {
        return state.reason();
      }
      return status.coherent()
          ? Objects.requireNonNullElse(figures.lastProblem(), "")
          : status.reason();
    }
  }

  static TableMBean<?> of(
      CacheRegistry.Handle handle, RedisBackend backend, SharedTiers tiers, boolean writable) {
    TierMBean bean = new TierMBean(handle, backend, tiers);
    return new TableMBean<>(
        "What cache \"" + handle.name() + "\" of Larder shares over Redis",
        bean::snapshot,
        bean.attributes(),
        bean.operations(),
        writable);
  }

  private @Nullable Snapshot snapshot() {
    Cache cache = handle.get();
    return cache == null
        ? null
        : new Snapshot(
            cache.slowTiers() != null && cache.policy().sharing().tiers().contains("redis"),
            backend.state(),
            tiers.status(),
            tiers.tier(handle.name()).sharedStatistics(),
            cache.counters().promotions.sum(),
            cache.memory().promotedEvictions(),
            cache.counters().sharedLookups.sum(),
            tiers.writeBehind());
  }

  private List<AttributeDefinition<Snapshot>> attributes() {
    List<AttributeDefinition<Snapshot>> all = new ArrayList<>();
    all.add(
        text(
            "Health",
            "UP; DEGRADED: some of it works, or other JVMs cannot be heard; DOWN; OFF: this cache"
                + " stays in this JVM",
            snapshot -> snapshot.health().name()));
    all.add(
        text(
            "HealthSince",
            "Since when Redis is as it is, in ISO-8601",
            snapshot -> Instant.ofEpochMilli(snapshot.state.sinceMillis()).toString()));
    all.add(
        text(
            "LastError",
            "What is wrong now, or why a result could not be stored or read the last time, without keys"
                + " or values",
            Snapshot::lastError));
    all.add(
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether this cache is shared. Takes effect at once; the same as its setting tiers",
            Snapshot::enabled,
            value -> setEnabled((Boolean) value)));
    all.add(count("HitCount", "Looks that found a result", SharedTierStatistics::hits));
    all.add(count("MissCount", "Looks that did not", SharedTierStatistics::missCount));
    for (MissReason reason : MissReason.values()) {
      all.add(
          count(
              "Miss" + camelCase(reason) + "Count",
              "Of the misses those because of: " + reason,
              figures -> figures.misses().getOrDefault(reason, 0L)));
    }
    all.add(count("PutCount", "Results that were stored", SharedTierStatistics::puts));
    all.add(
        count(
            "RefusedPutCount",
            "Results not stored, because something they depend on was invalidated meanwhile",
            SharedTierStatistics::refusedPuts));
    all.add(
        count("ErrorCount", "Results that Redis did not take", SharedTierStatistics::failedPuts));
    all.add(
        count(
            "NotStorableCount",
            "Results that have no bytes; LastError says why",
            SharedTierStatistics::notStorable));
    all.add(
        count(
            "InvalidationCount",
            "Invalidations that this JVM passed on",
            SharedTierStatistics::invalidations));
    all.add(
        count(
            "AwaitedLoadCount",
            "Results that another JVM computed while this one waited, as loadOnce has it",
            SharedTierStatistics::awaitedLoads));
    all.add(
        AttributeDefinition.counter(
            "PromotionCount",
            SimpleType.LONG,
            "1",
            "Results that were found and offered to memory",
            snapshot -> snapshot.promotions()));
    all.add(
        AttributeDefinition.counter(
            "PromotionDropCount",
            SimpleType.LONG,
            "1",
            "Of these, those that memory dropped again for its bounds: its admission turned them"
                + " away, or others were asked for more",
            snapshot -> snapshot.promotionDrops()));
    all.add(
        AttributeDefinition.counter(
            "SharedLookupCount",
            SimpleType.LONG,
            "1",
            "Calls that got what another thread of this JVM found; they are among CoalescedCount",
            snapshot -> snapshot.sharedLookups()));
    all.add(micros("ReadP50Micros", "Median of looks", SharedTierStatistics::readP50Nanos));
    all.add(
        micros("ReadP99Micros", "99th percentile of looks", SharedTierStatistics::readP99Nanos));
    all.add(
        micros("WriteP99Micros", "99th percentile of writes", SharedTierStatistics::writeP99Nanos));
    all.add(
        AttributeDefinition.gauge(
            "QueueLength",
            SimpleType.INTEGER,
            "1",
            "Results of all caches that wait to be written",
            snapshot -> snapshot.behind.queued()));
    all.add(
        AttributeDefinition.gauge(
            "OldestQueuedMillis",
            SimpleType.LONG,
            "ms",
            "How long the first of them has waited",
            snapshot -> snapshot.behind.oldestQueuedNanos() / 1_000_000));
    all.add(
        AttributeDefinition.counter(
            "DroppedCount",
            SimpleType.LONG,
            "1",
            "Results of all caches that were not written, because too many waited",
            snapshot -> snapshot.behind.dropped()));
    all.add(
        AttributeDefinition.counter(
            "WrittenBehindCount",
            SimpleType.LONG,
            "1",
            "Results of all caches that were handed to Redis by Larder's thread",
            snapshot -> snapshot.behind.written()));
    all.add(
        AttributeDefinition.counter(
            "CoalescedWriteCount",
            SimpleType.LONG,
            "1",
            "Results of all caches that were not written, because a newer one of the same key came",
            snapshot -> snapshot.behind.coalesced()));
    all.add(
        AttributeDefinition.gauge(
            "PendingInvalidations",
            SimpleType.INTEGER,
            "1",
            "Invalidations of all caches that Redis does not know yet",
            snapshot -> snapshot.status.pendingInvalidations()));
    all.add(
        AttributeDefinition.counter(
            "DoubtCount",
            SimpleType.LONG,
            "1",
            "How often other JVMs could not be heard",
            snapshot -> snapshot.status.doubts()));
    return all;
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "clear",
            "Forgets all results of this cache, here and in all JVMs that share it",
            List.of(
                new OperationDefinition.Parameter(
                    "dryRun",
                    SimpleType.BOOLEAN,
                    "true: only say what would be done; false: do it")),
            /* changes= */ true,
            arguments -> clear((Boolean) arguments[0])));
  }

  private void setEnabled(boolean enabled) {
    handle.override(
        PolicySetting.TIERS,
        String.join(", ", handle.layers().policy().sharing().tiersWith("redis", enabled)));
    logger.info(
        "Cache \"{}\": {} through JMX.",
        handle.name(),
        enabled ? "shared over Redis" : "kept in this JVM");
  }

  private String clear(boolean dryRun) {
    Cache cache = handle.get();
    if (cache == null) {
      return "The cache is gone: its classes were unloaded.";
    }
    if (dryRun) {
      return "Would forget all results of this cache in all JVMs that share it.";
    }
    long removed = cache.invalidateAll();
    logger.info("Cache \"{}\": cleared in all JVMs through JMX.", cache.name());
    return "Forgot all results of this cache in all JVMs; " + removed + " of them in this memory.";
  }

  private static String camelCase(MissReason reason) {
    String name = reason.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static AttributeDefinition<Snapshot> text(
      String name, String description, Function<Snapshot, @Nullable Object> getter) {
    return AttributeDefinition.gauge(name, SimpleType.STRING, "", description, getter);
  }

  private static AttributeDefinition<Snapshot> count(
      String name, String description, ToLongFunction<SharedTierStatistics> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, "1", description, snapshot -> getter.applyAsLong(snapshot.figures));
  }

  private static AttributeDefinition<Snapshot> micros(
      String name, String description, ToLongFunction<SharedTierStatistics> getter) {
    return AttributeDefinition.gauge(
        name,
        SimpleType.DOUBLE,
        "us",
        description + " of the last minute",
        snapshot -> getter.applyAsLong(snapshot.figures) / 1e3);
  }
}
