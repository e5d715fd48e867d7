package io.larder.runtime.management;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.disk.DiskMiss;
import io.larder.runtime.disk.DiskState;
import io.larder.runtime.disk.DiskTierStatistics;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.PolicySetting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The MBean of what one cache keeps on disk. Holds the cache weakly, as {@link CacheMBean}. */
final class DiskTierMBean {

  private static final Logger logger = Log.logger(DiskTierMBean.class);

  private final CacheRegistry.Handle handle;
  private final DiskView disk;

  private DiskTierMBean(CacheRegistry.Handle handle, DiskView disk) {
    this.handle = handle;
    this.disk = disk;
  }

  /** What is read at one moment. */
  private record Snapshot(
      boolean enabled,
      DiskState state,
      DiskTierStatistics figures,
      DiskView.Decisions decisions,
      long promotions,
      long promotionDrops,
      long sharedLookups,
      WriteBehindStatistics behind) {

    private Health health() {
      return enabled ? state.health() : Health.OFF;
    }

    private String lastError() {
      return Stream.of(state.reason(), figures.notStorableReason(), decisions.whyLocal())
          .filter(reason -> reason != null && !reason.isEmpty())
          .findFirst()
          .orElse("");
    }
  }

  static TableMBean<?> of(CacheRegistry.Handle handle, DiskView disk, boolean writable) {
    DiskTierMBean bean = new DiskTierMBean(handle, disk);
    return new TableMBean<>(
        "What cache \"" + handle.name() + "\" of Larder keeps on disk",
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
            cache.slowTiers() != null && cache.policy().sharing().tiers().contains("disk"),
            disk.store().state(),
            disk.statistics(handle.name()),
            disk.decisions(handle.name()),
            cache.counters().promotions.sum(),
            cache.memory().promotedEvictions(),
            cache.counters().sharedLookups.sum(),
            disk.writeBehind());
  }

  private List<AttributeDefinition<Snapshot>> attributes() {
    List<AttributeDefinition<Snapshot>> all = new ArrayList<>();
    all.add(
        text(
            "Health",
            "UP; DEGRADED: it is being opened, or only reads; DOWN; OFF: nothing of this cache is"
                + " kept on disk",
            snapshot -> snapshot.health().name()));
    all.add(
        text(
            "HealthSince",
            "Since when the disk is as it is, in ISO-8601",
            snapshot -> Instant.ofEpochMilli(snapshot.state.sinceMillis()).toString()));
    all.add(
        text(
            "LastError",
            "What is wrong now, or why a result could not be stored the last time, without keys or"
                + " values",
            Snapshot::lastError));
    all.add(
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether results of this cache are kept on disk. Takes effect at once; the same as its"
                + " setting tiers",
            Snapshot::enabled,
            value -> setEnabled((Boolean) value)));
    all.add(count("HitCount", "Looks that found a result", DiskTierStatistics::hits));
    all.add(count("MissCount", "Looks that did not", DiskTierStatistics::missCount));
    for (DiskMiss reason : DiskMiss.values()) {
      all.add(
          count(
              "Miss" + camelCase(reason) + "Count",
              "Of the misses those because of: " + reason,
              figures -> figures.misses().getOrDefault(reason, 0L)));
    }
    all.add(
        counter(
            "SkippedCount",
            "Looks left out, because the method is quicker; not among the misses",
            snapshot -> snapshot.decisions.skipped()));
    all.add(
        counter(
            "LeftOutCount",
            "Looks left out, because the disk was away, or not in step with other JVMs; not among"
                + " the misses",
            snapshot -> snapshot.decisions.leftOut()));
    all.add(count("PutCount", "Results that were stored", DiskTierStatistics::puts));
    all.add(
        count(
            "RefusedPutCount",
            "Results not stored, because something they depend on was invalidated meanwhile",
            DiskTierStatistics::refusedPuts));
    all.add(
        count("ErrorCount", "Results that the disk did not take", DiskTierStatistics::failedPuts));
    all.add(
        count(
            "NotStorableCount",
            "Results that have no bytes; LastError says why",
            DiskTierStatistics::notStorable));
    all.add(
        count(
            "InvalidationCount",
            "Invalidations of this cache that are known on disk",
            DiskTierStatistics::invalidations));
    all.add(
        counter(
            "PromotionCount",
            "Results that were found behind memory and offered to it",
            Snapshot::promotions));
    all.add(
        counter(
            "PromotionDropCount",
            "Of these, those that memory dropped again for its bounds: its admission turned them"
                + " away, or others were asked for more",
            Snapshot::promotionDrops));
    all.add(
        counter(
            "SharedLookupCount",
            "Calls that got what another thread of this JVM found; they are among CoalescedCount",
            Snapshot::sharedLookups));
    all.add(micros("ReadP50Micros", "Median of looks", DiskTierStatistics::readP50Nanos));
    all.add(micros("ReadP99Micros", "99th percentile of looks", DiskTierStatistics::readP99Nanos));
    all.add(
        micros("WriteP99Micros", "99th percentile of writes", DiskTierStatistics::writeP99Nanos));
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
        counter(
            "DroppedCount",
            "Results of all caches that were not written, because too many waited",
            snapshot -> snapshot.behind.dropped()));
    return all;
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "clear",
            "Forgets all results of this cache, in memory and in all tiers behind it",
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
        String.join(", ", handle.layers().policy().sharing().tiersWith("disk", enabled)));
    logger.info(
        "Cache \"{}\": {} through JMX.",
        handle.name(),
        enabled ? "kept on disk" : "not kept on disk");
  }

  private String clear(boolean dryRun) {
    Cache cache = handle.get();
    if (cache == null) {
      return "The cache is gone: its classes were unloaded.";
    }
    if (dryRun) {
      return "Would forget all results of this cache, in memory and in all tiers behind it.";
    }
    long removed = cache.invalidateAll();
    logger.info("Cache \"{}\": cleared in all tiers through JMX.", cache.name());
    return "Forgot all results of this cache; " + removed + " of them were in memory.";
  }

  private static String camelCase(DiskMiss reason) {
    String name = reason.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static AttributeDefinition<Snapshot> text(
      String name, String description, Function<Snapshot, @Nullable Object> getter) {
    return AttributeDefinition.gauge(name, SimpleType.STRING, "", description, getter);
  }

  private static AttributeDefinition<Snapshot> counter(
      String name, String description, ToLongFunction<Snapshot> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, "1", description, getter::applyAsLong);
  }

  private static AttributeDefinition<Snapshot> count(
      String name, String description, ToLongFunction<DiskTierStatistics> getter) {
    return counter(name, description, snapshot -> getter.applyAsLong(snapshot.figures));
  }

  private static AttributeDefinition<Snapshot> micros(
      String name, String description, ToLongFunction<DiskTierStatistics> getter) {
    return AttributeDefinition.gauge(
        name,
        SimpleType.DOUBLE,
        "us",
        description + " of the last minute",
        snapshot -> getter.applyAsLong(snapshot.figures) / 1e3);
  }
}
