package io.larder.runtime.management;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.disk.DiskFigures;
import io.larder.runtime.disk.DiskState;
import io.larder.runtime.disk.WarmStartFigures;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import javax.management.openmbean.SimpleType;
import org.slf4j.Logger;

/** The MBean of what several caches share: the files on disk. */
final class DiskBackendMBean {

  private static final Logger logger = Log.logger(DiskBackendMBean.class);

  private final DiskView disk;

  private DiskBackendMBean(DiskView disk) {
    this.disk = disk;
  }

  /** What is read at one moment. */
  private record Snapshot(
      DiskState state, DiskFigures figures, WarmStartFigures warm, WriteBehindStatistics behind) {}

  static TableMBean<?> of(DiskView disk, boolean writable) {
    DiskBackendMBean bean = new DiskBackendMBean(disk);
    return new TableMBean<>(
        "What Larder keeps on disk",
        () ->
            new Snapshot(
                disk.store().state(), disk.store().figures(), disk.warmStart(), disk.writeBehind()),
        bean.attributes(),
        bean.operations(),
        writable);
  }

  private List<AttributeDefinition<Snapshot>> attributes() {
    return List.of(
        text(
            "Directory",
            "The place that this JVM has for itself; empty if it has none",
            snapshot -> snapshot.figures.place()),
        text(
            "Health",
            "UP; DEGRADED: it is being opened, or only reads, see LastError; DOWN: caches go on"
                + " without; OFF: switched off",
            snapshot -> snapshot.state.health().name()),
        text(
            "HealthSince",
            "Since when it is so, in ISO-8601",
            snapshot -> Instant.ofEpochMilli(snapshot.state.sinceMillis()).toString()),
        text(
            "LastError",
            "What is wrong now, without keys or values; empty for nothing",
            snapshot -> snapshot.state.reason()),
        AttributeDefinition.setting(
            "Enabled",
            SimpleType.BOOLEAN,
            "true",
            "Whether the disk is asked. Takes effect at once; what is invalidated while it is off is"
                + " forgotten there, too",
            snapshot -> snapshot.state.health() != Health.OFF,
            value -> setEnabled((Boolean) value)),
        gauge("FileBytes", "By", "Bytes of all files", DiskFigures::fileBytes),
        gauge("MaximumBytes", "By", "The bound of these", DiskFigures::maximumBytes),
        gauge(
            "FreeBytes",
            "By",
            "Bytes that the file system has left; -1 if that is not known",
            DiskFigures::freeBytes),
        gauge("SegmentCount", "1", "Files that hold results", DiskFigures::segments),
        gauge(
            "EntryCount",
            "1",
            "Results that are indexed, some of which may have expired or been invalidated",
            DiskFigures::entries),
        AttributeDefinition.gauge(
            "FragmentationRatio",
            SimpleType.DOUBLE,
            "1",
            "The share of bytes whose results were replaced by newer ones, from 0 to 1",
            snapshot -> Math.round(snapshot.figures.fragmentation() * 1e4) / 1e4),
        gauge(
            "TombstoneCount",
            "1",
            "Invalidations that are remembered because results may depend on them",
            DiskFigures::tombstones),
        text(
            "SalvageResult",
            "What became of the files of the JVM before",
            snapshot -> snapshot.figures.salvage()),
        gauge(
            "SalvagedCount",
            "1",
            "Results found again after an end that was not clean",
            DiskFigures::salvagedEntries),
        text(
            "LastCleanClose",
            "When a JVM last closed the files, in ISO-8601; empty if that is not known",
            snapshot -> iso(snapshot.figures.lastCleanCloseMillis())),
        gauge(
            "OpenMillis",
            "ms",
            "How long it took to open the files; -1 while that is not done",
            DiskFigures::openMillis),
        text(
            "WarmStart",
            "Whether what was used most before the restart is being read ahead, in words",
            snapshot -> snapshot.warm.state()),
        warm("WarmStartReadCount", "Results read ahead", WarmStartFigures::read),
        warm("WarmStartUsedCount", "Of these, those asked for since", WarmStartFigures::used),
        counter("OpeningCount", "How often the files were opened", DiskFigures::openings),
        counter(
            "EvictionCount",
            "Results dropped with the oldest file, to stay within MaximumBytes",
            DiskFigures::evictions),
        counter(
            "SecondChanceCount",
            "Results kept when their file was dropped, as they were in use",
            DiskFigures::secondChances),
        counter("DamagedCount", "Results that were not what was stored", DiskFigures::damaged),
        behind(
            "QueueLength", "1", "Results that wait to be written", WriteBehindStatistics::queued),
        behind(
            "OldestQueuedMillis",
            "ms",
            "How long the first of them has waited",
            statistics -> statistics.oldestQueuedNanos() / 1_000_000),
        counterBehind(
            "DroppedCount",
            "Results not written, because too many waited or the end came",
            WriteBehindStatistics::dropped),
        micros("ReadP50Micros", "Median of looks of the last minute", DiskFigures::readP50Nanos),
        micros(
            "ReadP99Micros",
            "99th percentile of looks of the last minute",
            DiskFigures::readP99Nanos),
        micros("WriteP50Micros", "Median of writes of the last minute", DiskFigures::writeP50Nanos),
        micros(
            "WriteP99Micros",
            "99th percentile of writes of the last minute",
            DiskFigures::writeP99Nanos));
  }

  private List<OperationDefinition> operations() {
    return List.of(
        new OperationDefinition(
            "check",
            "Looks at all files now, and says what it found; may take seconds",
            List.of(),
            /* changes= */ false,
            arguments -> disk.store().check()),
        new OperationDefinition(
            "compact",
            "Drops what does not count any more, and says how much that was; may take seconds",
            List.of(),
            /* changes= */ true,
            arguments -> compact()));
  }

  private String compact() {
    String done = disk.store().compact();
    logger.info("The disk was compacted through JMX: {}", done);
    return done;
  }

  private void setEnabled(boolean enabled) {
    disk.store().setEnabled(enabled);
    logger.info("The disk was switched {} through JMX.", enabled ? "on" : "off");
  }

  private static String iso(long millis) {
    return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
  }

  private static AttributeDefinition<Snapshot> text(
      String name, String description, Function<Snapshot, String> getter) {
    return AttributeDefinition.gauge(name, SimpleType.STRING, "", description, getter::apply);
  }

  private static AttributeDefinition<Snapshot> gauge(
      String name, String unit, String description, ToLongFunction<DiskFigures> getter) {
    return AttributeDefinition.gauge(
        name, SimpleType.LONG, unit, description, all -> getter.applyAsLong(all.figures));
  }

  private static AttributeDefinition<Snapshot> counter(
      String name, String description, ToLongFunction<DiskFigures> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, "1", description, all -> getter.applyAsLong(all.figures));
  }

  private static AttributeDefinition<Snapshot> warm(
      String name, String description, ToLongFunction<WarmStartFigures> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, "1", description, all -> getter.applyAsLong(all.warm));
  }

  private static AttributeDefinition<Snapshot> behind(
      String name, String unit, String description, ToLongFunction<WriteBehindStatistics> getter) {
    return AttributeDefinition.gauge(
        name, SimpleType.LONG, unit, description, all -> getter.applyAsLong(all.behind));
  }

  private static AttributeDefinition<Snapshot> counterBehind(
      String name, String description, ToLongFunction<WriteBehindStatistics> getter) {
    return AttributeDefinition.counter(
        name, SimpleType.LONG, "1", description, all -> getter.applyAsLong(all.behind));
  }

  private static AttributeDefinition<Snapshot> micros(
      String name, String description, ToLongFunction<DiskFigures> getter) {
    return AttributeDefinition.gauge(
        name, SimpleType.DOUBLE, "us", description, all -> getter.applyAsLong(all.figures) / 1e3);
  }
}
