package io.larder.runtime.management;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.slf4j.Logger;

/** The MBean of Larder as a whole. */
final class LarderMBean {

  private static final Logger logger = Log.logger(LarderMBean.class);
  private static final String CONFIRMATION = "clear all";
  private static final String[] COLUMNS = {
    "cache", "hitRatio", "hits", "misses", "entries", "loadP99Millis", "savedMillis"
  };

  private final CacheRegistry registry;
  private final About about;
  private final String mode;
  private final CompositeType rowType;
  private final TabularType tableType;

  private LarderMBean(CacheRegistry registry, About about, String mode) throws OpenDataException {
    this.registry = registry;
    this.about = about;
    this.mode = mode;
    this.rowType =
        new CompositeType(
            "Cache",
            "One cache",
            COLUMNS,
            new String[] {
              "name",
              "hits in all calls, 0 to 1",
              "calls answered from the cache",
              "calls that found nothing",
              "entries stored now",
              "99th percentile of the loads of the last minute, in milliseconds",
              "time saved by hits, in milliseconds"
            },
            new OpenType<?>[] {
              SimpleType.STRING,
              SimpleType.DOUBLE,
              SimpleType.LONG,
              SimpleType.LONG,
              SimpleType.LONG,
              SimpleType.DOUBLE,
              SimpleType.LONG
            });
    this.tableType = new TabularType("Caches", "All caches", rowType, new String[] {"cache"});
  }

  static TableMBean<List<CacheSnapshot>> of(CacheRegistry registry, About about, String mode)
      throws OpenDataException {
    LarderMBean bean = new LarderMBean(registry, about, mode);
    return new TableMBean<>(
        "Larder, which caches method calls",
        bean::snapshots,
        bean.attributes(),
        bean.operations(),
        mode.equals("full"));
  }

  private List<CacheSnapshot> snapshots() {
    return registry.caches().stream().map(CacheSnapshot::of).toList();
  }

  private List<AttributeDefinition<List<CacheSnapshot>>> attributes() throws OpenDataException {
    ArrayType<String[]> lines = ArrayType.getArrayType(SimpleType.STRING);
    return List.of(
        AttributeDefinition.gauge(
            "Summary", SimpleType.STRING, "", "Larder in one line", this::summary),
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether calls are answered from caches. false: every call goes to its method, and all"
                + " caches are emptied. Takes effect at once",
            caches -> registry.isEnabled(),
            value -> setEnabled((Boolean) value)),
        AttributeDefinition.gauge(
            "Version", SimpleType.STRING, "", "Larder's version", caches -> about.version()),
        AttributeDefinition.gauge(
            "ManagementMode", SimpleType.STRING, "", "full or read-only", caches -> mode),
        AttributeDefinition.gauge(
            "StartTime",
            SimpleType.STRING,
            "",
            "When the JVM started, in ISO-8601",
            caches ->
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                    .toString()),
        AttributeDefinition.gauge(
            "UptimeSeconds",
            SimpleType.LONG,
            "s",
            "How long the JVM has been running",
            caches -> ManagementFactory.getRuntimeMXBean().getUptime() / 1_000),
        AttributeDefinition.gauge(
            "CacheCount", SimpleType.INTEGER, "1", "Caches that are there", List::size),
        AttributeDefinition.counter(
            "InstrumentedMethodCount",
            SimpleType.INTEGER,
            "1",
            "Methods that were woven",
            caches -> about.wovenMethods()),
        AttributeDefinition.counter(
            "InstrumentationFailureCount",
            SimpleType.INTEGER,
            "1",
            "Methods that were to be cached and are not; see RejectedMethods",
            caches -> about.rejectedMethods().size()),
        sum("HitCount", "1", "Calls answered from caches", CacheRegistry.Totals::hits),
        sum("MissCount", "1", "Calls that found nothing", CacheRegistry.Totals::misses),
        AttributeDefinition.gauge(
            "HitRatio",
            SimpleType.DOUBLE,
            "1",
            "Hits in all calls that looked, 0 to 1; NaN before the first",
            caches -> hitRatio()),
        sum(
            "SavedMillis",
            "ms",
            "Time that the hits would have taken at the mean time of a run",
            cache -> cache.savedNanos() / 1_000_000),
        AttributeDefinition.gauge("Caches", tableType, "", "All caches, one row each", this::table),
        AttributeDefinition.gauge(
            "RecentEvents",
            lines,
            "",
            "The last 100 lines of Larder's log, newest first; never with keys or values",
            caches -> Log.recentLines().toArray(String[]::new)),
        AttributeDefinition.gauge(
            "RejectedMethods",
            lines,
            "",
            "Methods that were to be cached and are not, each with the reason",
            caches -> about.rejectedMethods().toArray(String[]::new)));
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "clearAll",
            "Forgets all entries of all caches",
            List.of(
                new OperationDefinition.Parameter(
                    "confirm", SimpleType.STRING, "type: " + CONFIRMATION)),
            /* changes= */ true,
            arguments -> clearAll((String) arguments[0])),
        new OperationDefinition(
            "setLogLevel",
            "Sets what Larder writes to standard error, until the JVM ends",
            List.of(
                new OperationDefinition.Parameter(
                    "level", SimpleType.STRING, "trace, debug, info, warn, error or off")),
            /* changes= */ true,
            arguments -> setLogLevel((String) arguments[0])),
        new OperationDefinition(
            "report",
            "All caches as text, a line each",
            List.of(),
            /* changes= */ false,
            arguments -> report()));
  }

  private void setEnabled(boolean enabled) {
    registry.setEnabled(enabled);
    logger.info("Larder was switched {} through JMX.", enabled ? "on" : "off");
  }

  private String clearAll(String confirm) {
    if (!confirm.strip().equals(CONFIRMATION)) {
      throw new IllegalArgumentException(
          "confirm must be \"" + CONFIRMATION + "\": \"" + confirm + "\"");
    }
    long removed = registry.caches().stream().mapToLong(Cache::invalidateAll).sum();
    logger.info("All caches were cleared through JMX, {} entries removed.", removed);
    return "Removed " + removed + " entries.";
  }

  private static String setLogLevel(String level) {
    Log.setLevel(level);
    return "Larder writes " + level.strip() + " and above to standard error.";
  }

  private String report() {
    return snapshots().stream()
        .map(cache -> cache.name() + ": " + cache.summary())
        .collect(Collectors.joining("\n"));
  }

  private String summary(List<CacheSnapshot> caches) {
    long off = caches.stream().filter(cache -> !cache.enabled()).count();
    return (registry.isEnabled() ? "" : "OFF, ")
        + caches.size()
        + (caches.size() == 1 ? " cache" : " caches")
        + (off == 0 ? "" : ", " + off + " OFF")
        + ", hit ratio "
        + hitRatio();
  }

  private double hitRatio() {
    CacheRegistry.Totals totals = registry.totals();
    return CacheSnapshot.ratio(totals.hits(), totals.misses());
  }

  private TabularData table(List<CacheSnapshot> caches) {
    TabularDataSupport table = new TabularDataSupport(tableType);
    for (CacheSnapshot cache : caches) {
      Object[] row = {
        cache.name(),
        cache.hitRatio(),
        cache.hits(),
        cache.misses(),
        cache.memory().entries(),
        cache.loadP99Millis(),
        cache.savedNanos() / 1_000_000
      };
      if (!table.containsKey(new Object[] {cache.name()})) { // one name in two class loaders
        table.put(row(row));
      }
    }
    return table;
  }

  private CompositeDataSupport row(Object[] values) {
    try {
      return new CompositeDataSupport(rowType, COLUMNS, values);
    } catch (OpenDataException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private AttributeDefinition<List<CacheSnapshot>> sum(
      String name, String unit, String description, ToLongFunction<CacheRegistry.Totals> value) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, unit, description, caches -> value.applyAsLong(registry.totals()));
  }
}
