package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import org.slf4j.Logger;

/** The MBean of Larder as a whole. */
final class LarderMBean {

  private static final Logger logger = Log.logger(LarderMBean.class);
  private static final String CONFIRMATION = "clear all";
  private static final FlatTable CACHES =
      new FlatTable(
          "Caches",
          List.of("cache", "hitRatio", "hits", "misses", "entries", "loadP99Millis", "savedMillis"),
          SimpleType.STRING,
          SimpleType.DOUBLE,
          SimpleType.LONG,
          SimpleType.LONG,
          SimpleType.LONG,
          SimpleType.DOUBLE,
          SimpleType.LONG);

  private final CacheRegistry registry;
  private static final FlatTable HISTORY =
      new FlatTable(
          "ConfigurationHistory",
          List.of("version", "appliedAt", "source", "changes"),
          SimpleType.INTEGER,
          SimpleType.STRING,
          SimpleType.STRING,
          SimpleType.STRING);
  private static final FlatTable METHODS =
      new FlatTable(
          "Methods", List.of("method", "origin", "state", "cache", "reason"), SimpleType.STRING);

  private final AgentControl agent;
  private final String version;
  private final String mode;
  private final Supplier<String> notWell;

  private LarderMBean(
      CacheRegistry registry,
      AgentControl agent,
      String version,
      String mode,
      Supplier<String> notWell) {
    this.registry = registry;
    this.agent = agent;
    this.version = version;
    this.mode = mode;
    this.notWell = notWell;
  }

  /**
   * The MBean.
   *
   * @param notWell what caches share and is not well, to be added to a line
   */
  static TableMBean<List<CacheSnapshot>> of(
      CacheRegistry registry,
      AgentControl agent,
      String version,
      String mode,
      Supplier<String> notWell)
      throws OpenDataException {
    LarderMBean bean = new LarderMBean(registry, agent, version, mode, notWell);
    return new TableMBean<>(
        "Larder, which caches method calls",
        bean::snapshots,
        bean.attributes(),
        bean.operations(),
        mode.equals("full"),
        new MBeanNotificationInfo(
            new String[] {"larder.config.reloaded", "larder.config.failed"},
            Notification.class.getName(),
            "The configuration file was applied, or is wrong and was not"),
        new MBeanNotificationInfo(
            new String[] {"larder.tier.up", "larder.tier.degraded", "larder.tier.down"},
            Notification.class.getName(),
            "A tier that caches share works, works in part, or does not"));
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
            "Version", SimpleType.STRING, "", "Larder's version", caches -> version),
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
            caches -> agent.wovenMethods()),
        AttributeDefinition.counter(
            "InstrumentationFailureCount",
            SimpleType.INTEGER,
            "1",
            "Methods that were to be cached and are not; see RejectedMethods",
            caches -> agent.rejectedMethods().size()),
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
        AttributeDefinition.gauge(
            "Caches", CACHES.type(), "", "All caches, one row each", LarderMBean::table),
        AttributeDefinition.gauge(
            "ConfigurationSource",
            SimpleType.STRING,
            "",
            "The file that larder.yaml was read from; none when there is none",
            caches -> agent.configurationSource()),
        AttributeDefinition.gauge(
            "ConfigurationHistory",
            HISTORY.type(),
            "",
            "The configurations that were applied; rollback(version) takes one again",
            caches -> history()),
        AttributeDefinition.gauge(
            "Methods",
            METHODS.type(),
            "",
            "Each method that is annotated or named: what becomes of it, and why",
            caches -> methods()),
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
            caches -> agent.rejectedMethods().toArray(String[]::new)));
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
            "reloadConfiguration",
            "Reads the configuration file now, and applies it as a whole or not at all",
            List.of(),
            /* changes= */ true,
            arguments -> agent.reloadConfiguration()),
        new OperationDefinition(
            "rollback",
            "Applies a configuration of ConfigurationHistory again, until the file changes",
            List.of(
                new OperationDefinition.Parameter(
                    "version", SimpleType.INTEGER, "a version of ConfigurationHistory")),
            /* changes= */ true,
            arguments -> agent.rollback((Integer) arguments[0])),
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

  private TabularData history() {
    return HISTORY.of(
        agent.configurationHistory().stream()
            .map(
                version ->
                    new Object[] {
                      version.number(),
                      version.appliedAt().toString(),
                      version.source(),
                      version.changes()
                    })
            .toList());
  }

  private TabularData methods() {
    return METHODS.of(
        agent.methods().stream()
            .map(
                method ->
                    new Object[] {
                      method.method(),
                      method.origin(),
                      method.state(),
                      method.cache(),
                      method.reason()
                    })
            .toList());
  }

  private void setEnabled(boolean enabled) {
    registry.overrideEnabled(enabled);
    logger.info("Larder was switched {} through JMX.", enabled ? "on" : "off");
  }

  private String clearAll(String confirm) {
    if (!confirm.strip().equals(CONFIRMATION)) {
      throw new IllegalArgumentException(
          "confirm must be \"" + CONFIRMATION + "\": \"" + confirm + "\"");
    }
    long removed = registry.invalidateAll(registry.caches());
    logger.info("All caches were cleared through JMX, {} entries removed.", removed);
    return "Removed " + removed + " entries.";
  }

  private static String setLogLevel(String level) {
    Log.overrideLevel(level);
    logger.info("Log level set through JMX: {}.", level.strip());
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
        + hitRatio()
        + notWell.get();
  }

  private double hitRatio() {
    CacheRegistry.Totals totals = registry.totals();
    return CacheSnapshot.ratio(totals.hits(), totals.misses());
  }

  /** One row for a name, also when two class loaders use it. */
  private static TabularData table(List<CacheSnapshot> caches) {
    return CACHES.of(
        caches.stream()
            .map(
                cache ->
                    new Object[] {
                      cache.name(),
                      cache.hitRatio(),
                      cache.hits(),
                      cache.misses(),
                      cache.memory().entries(),
                      cache.loadP99Millis(),
                      cache.savedNanos() / 1_000_000
                    })
            .toList());
  }

  private AttributeDefinition<List<CacheSnapshot>> sum(
      String name, String unit, String description, ToLongFunction<CacheRegistry.Totals> value) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, unit, description, caches -> value.applyAsLong(registry.totals()));
  }
}
