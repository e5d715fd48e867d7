package io.larder.runtime.management;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.DurationText;
import io.larder.runtime.policy.PolicyLayers;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.SizeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The MBean of one cache. Holds the cache weakly: an MBean server would keep it for ever. */
final class CacheMBean {

  private static final Logger logger = Log.logger(CacheMBean.class);
  private static final FlatTable SETTINGS =
      new FlatTable("Settings", List.of("setting", "value", "origin"), SimpleType.STRING);

  private final CacheHandle handle;

  private CacheMBean(CacheHandle handle) {
    this.handle = handle;
  }

  static TableMBean<CacheSnapshot> of(CacheHandle handle, boolean writable)
      throws OpenDataException {
    CacheMBean bean = new CacheMBean(handle);
    return new TableMBean<>(
        "Cache \"" + handle.name() + "\" of Larder",
        bean::snapshot,
        bean.attributes(),
        bean.operations(),
        writable);
  }

  private @Nullable CacheSnapshot snapshot() {
    Cache cache = handle.get();
    return cache == null ? null : CacheSnapshot.of(cache);
  }

  private List<AttributeDefinition<CacheSnapshot>> attributes() throws OpenDataException {
    List<AttributeDefinition<CacheSnapshot>> all = new ArrayList<>();
    all.addAll(identity());
    all.addAll(CacheCountAttributes.all());
    all.addAll(figuresAndSettings());
    return all;
  }

  private List<AttributeDefinition<CacheSnapshot>> identity() throws OpenDataException {
    return List.of(
        AttributeDefinition.gauge(
            "Summary", SimpleType.STRING, "", "The cache in one line", CacheSnapshot::summary),
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether calls are answered from the cache. Takes effect at once; off also forgets all"
                + " entries",
            CacheSnapshot::enabled,
            value -> setEnabled((Boolean) value)),
        AttributeDefinition.gauge(
            "Methods",
            ArrayType.getArrayType(SimpleType.STRING),
            "",
            "The methods that the cache serves",
            CacheSnapshot::methods));
  }

  private List<AttributeDefinition<CacheSnapshot>> figuresAndSettings() {
    return List.of(
        AttributeDefinition.gauge(
            "HitRatio",
            SimpleType.DOUBLE,
            "1",
            "Hits in all calls that looked, 0 to 1; NaN before the first",
            CacheSnapshot::hitRatio),
        millis("LoadMeanMillis", "Mean time of a run that returned", CacheSnapshot::loadMeanMillis),
        millis(
            "LoadP50Millis",
            "Median time of a run in the last minute",
            CacheSnapshot::loadP50Millis),
        millis(
            "LoadP95Millis",
            "95th percentile of the runs of the last minute",
            CacheSnapshot::loadP95Millis),
        millis(
            "LoadP99Millis",
            "99th percentile of the runs of the last minute",
            CacheSnapshot::loadP99Millis),
        AttributeDefinition.counter(
            "SavedMillis",
            SimpleType.LONG,
            "ms",
            "Time that the hits saved: in memory the mean time of a run each, in Redis what the run took"
                + " less the look",
            snapshot -> snapshot.savedNanos() / 1_000_000),
        AttributeDefinition.gauge(
            "MemoryEntries",
            SimpleType.LONG,
            "1",
            "Entries stored now",
            snapshot -> snapshot.memory().entries()),
        AttributeDefinition.gauge(
            "MemoryBytes",
            SimpleType.LONG,
            "By",
            "Their estimated size, each at least MaximumBytes / MaximumEntries; -1 unless MaximumBytes is"
                + " set",
            snapshot -> snapshot.memory().bytes()),
        AttributeDefinition.setting(
            "MaximumEntries",
            SimpleType.LONG,
            "10000",
            "How many entries are kept at most; 0 for no limit. Takes effect at once",
            snapshot -> snapshot.policy().maximumEntries(),
            value -> change(PolicySetting.MAXIMUM_ENTRIES, String.valueOf(value))),
        AttributeDefinition.setting(
            "MaximumBytes",
            SimpleType.STRING,
            "off",
            "How much memory the entries may take by estimate, such as 64MB; or off. Takes effect at"
                + " once",
            snapshot -> SizeText.format(snapshot.policy().maximumBytes()),
            value -> change(PolicySetting.MAXIMUM_BYTES, (String) value)),
        AttributeDefinition.gauge(
            "MaximumBytesValue",
            SimpleType.LONG,
            "By",
            "MaximumBytes as a number; 0 for off",
            snapshot -> snapshot.policy().maximumBytes()),
        AttributeDefinition.setting(
            "Ttl",
            SimpleType.STRING,
            "5m",
            "How long an entry is served, such as 30s, 5m or PT30S; or off. Takes effect at once,"
                + " also for entries that are there",
            snapshot -> DurationText.format(snapshot.policy().ttl()),
            value -> change(PolicySetting.TTL, (String) value)),
        AttributeDefinition.gauge(
            "TtlSeconds",
            SimpleType.DOUBLE,
            "s",
            "Ttl as a number; -1 for off",
            snapshot -> seconds(snapshot.policy().ttl())),
        AttributeDefinition.setting(
            "RefreshAfter",
            SimpleType.STRING,
            "off",
            "How old an entry is when a hit has it loaded anew in the background, such as 1m, shorter"
                + " than Ttl; or off. Takes effect at once, also for entries that are there",
            snapshot -> DurationText.format(snapshot.policy().refreshAfter()),
            value -> change(PolicySetting.REFRESH_AFTER, (String) value)),
        AttributeDefinition.gauge(
            "Settings",
            SETTINGS.type(),
            "",
            "What holds and who said so: default, annotation, larder.yaml:line, environment, system"
                + " property or JMX",
            snapshot -> settings()),
        AttributeDefinition.gauge(
            "LastError",
            SimpleType.STRING,
            "",
            "The last failure that made a call run uncached, without keys or values; empty for none",
            snapshot -> snapshot.lastError() == null ? "" : snapshot.lastError()));
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "clear",
            "Forgets all entries; loads that are under way are not stored",
            List.of(
                new OperationDefinition.Parameter(
                    "dryRun",
                    SimpleType.BOOLEAN,
                    "true: only say what would be done; false: do it")),
            /* changes= */ true,
            arguments -> clear((Boolean) arguments[0])),
        new OperationDefinition(
            "invalidateTag",
            "Forgets the entries of this cache that have a tag; loads that are under way are not"
                + " stored",
            List.of(
                new OperationDefinition.Parameter(
                    "tag", SimpleType.STRING, "The tag, such as product:17"),
                new OperationDefinition.Parameter(
                    "dryRun",
                    SimpleType.BOOLEAN,
                    "true: only say what would be done, which looks at all entries; false: do it")),
            /* changes= */ true,
            arguments -> invalidateTag((String) arguments[0], (Boolean) arguments[1])),
        new OperationDefinition(
            "resetSettings",
            "Takes back what was set here; what the configuration and annotations say holds again",
            List.of(),
            /* changes= */ true,
            arguments -> resetSettings()));
  }

  private void setEnabled(boolean enabled) {
    cache(); // or an error that says that it is gone
    handle.overrideEnabled(enabled);
    logger.info("Cache \"{}\": switched {} through JMX.", handle.name(), enabled ? "on" : "off");
  }

  private TabularData settings() {
    PolicyLayers layers = handle.layers();
    CachePolicy policy = layers.policy();
    return SETTINGS.of(
        Arrays.stream(PolicySetting.values())
            .map(
                setting ->
                    new Object[] {setting.key(), setting.read(policy), layers.originOf(setting)})
            .toList());
  }

  private String resetSettings() {
    CachePolicy before = cache().policy();
    handle.clearOverrides();
    CachePolicy after = cache().policy();
    logger.info(
        "Cache \"{}\": settings made through JMX taken back: {}; before: {}.",
        handle.name(),
        after,
        before);
    return "Holds again: " + after + ".";
  }

  private String clear(boolean dryRun) {
    Cache cache = cache();
    if (dryRun) {
      return "Would remove " + cache.memory().statistics().entries() + " entries.";
    }
    long removed = cache.invalidateAll();
    logger.info("Cache \"{}\": cleared through JMX, {} entries removed.", cache.name(), removed);
    return "Removed " + removed + " entries.";
  }

  /** Tags may hold keys, so that none is logged or repeated. */
  private String invalidateTag(String tag, boolean dryRun) {
    Cache cache = cache();
    if (dryRun) {
      long entries = cache.memory().count(entry -> isOutdatedBy(tag, entry));
      return "Would forget " + entries + " entries.";
    }
    boolean known = cache.invalidateTag(tag);
    if (known) {
      logger.info("Cache \"{}\": the entries of a tag forgotten through JMX.", cache.name());
    }
    return known ? "Forgot the entries with this tag." : "No entry has this tag.";
  }

  private static boolean isOutdatedBy(String tag, Entry entry) {
    Lineage lineage = entry.lineage();
    return lineage != null && lineage.isAlive() && lineage.has(tag);
  }

  private void change(PolicySetting setting, String value) {
    Cache cache = cache();
    CachePolicy before = cache.policy();
    handle.override(setting, value);
    CachePolicy after = cache.policy();
    if (!after.equals(before)) {
      logger.info(
          "Cache \"{}\": {} set through JMX: {}; before: {}.",
          cache.name(),
          setting.key(),
          after,
          before);
    }
  }

  private Cache cache() {
    Cache cache = handle.get();
    if (cache == null) {
      throw new IllegalArgumentException(
          "cache \"" + handle.name() + "\" is gone: its classes were unloaded");
    }
    return cache;
  }

  private static AttributeDefinition<CacheSnapshot> millis(
      String name, String description, Function<CacheSnapshot, @Nullable Object> getter) {
    return AttributeDefinition.gauge(name, SimpleType.DOUBLE, "ms", description, getter);
  }

  private static double seconds(@Nullable Duration duration) {
    return duration == null ? -1 : duration.toMillis() / 1_000.0;
  }
}
