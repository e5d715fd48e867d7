package io.larder.runtime.management;

import static io.larder.runtime.management.AttributeDefinition.count;
import static io.larder.runtime.management.AttributeDefinition.number;
import static io.larder.runtime.management.AttributeDefinition.text;

import io.larder.runtime.behind.WriteBehindStatistics;
import io.larder.runtime.disk.DiskFigures;
import io.larder.runtime.disk.DiskMiss;
import io.larder.runtime.disk.DiskState;
import io.larder.runtime.disk.DiskTierStatistics;
import io.larder.runtime.disk.WarmStartFigures;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.BackendState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.SimpleType;
import org.slf4j.Logger;

/** The disk, as it is shown. */
record ShownDisk(DiskView disk) implements ShownBackend {

  private static final Logger logger = Log.logger(ShownDisk.class);

  /** What all caches keep, read at one moment. */
  private record Reading(
      DiskFigures figures, WarmStartFigures warm, WriteBehindStatistics behind) {}

  /** What a cache keeps, read at one moment. */
  private record OfCache(
      DiskState disk,
      DiskTierStatistics figures,
      DiskView.Decisions decisions,
      WriteBehindStatistics behind)
      implements TierReading {

    @Override
    public BackendState state() {
      String reason =
          Stream.of(disk.reason(), figures.notStorableReason(), decisions.whyLocal())
              .filter(each -> each != null && !each.isEmpty())
              .findFirst()
              .orElse("");
      return new ShownState(disk.health(), reason, disk.sinceMillis());
    }
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public String title() {
    return "the disk";
  }

  @Override
  public String place() {
    return "on disk";
  }

  @Override
  public BackendState state() {
    return disk.store().state();
  }

  @Override
  public void setEnabled(boolean enabled) {
    disk.store().setEnabled(enabled);
  }

  @Override
  public String check() {
    return disk.store().check();
  }

  @Override
  public Shown<?> own() {
    List<AttributeDefinition<Reading>> all = new ArrayList<>();
    files().forEach(each -> all.add(each.of(Reading::figures)));
    all.add(
        text(
            "WarmStart",
            "Whether what was used most before the restart is being read ahead, in words",
            reading -> reading.warm.state()));
    all.add(count("WarmStartReadCount", "Results read ahead", reading -> reading.warm.read()));
    all.add(
        count(
            "WarmStartUsedCount",
            "Of these, those asked for since",
            reading -> reading.warm.used()));
    TierAttributes.writeBehind().forEach(each -> all.add(each.of(Reading::behind)));
    TierAttributes.latencies().forEach(each -> all.add(each.of(Reading::figures)));
    return new Shown<>(
        () -> new Reading(disk.store().figures(), disk.warmStart(), disk.writeBehind()), all);
  }

  private static List<AttributeDefinition<DiskFigures>> files() {
    return List.of(
        text(
            "Directory",
            "The place that this JVM has for itself; empty if it has none",
            DiskFigures::place),
        number("FileBytes", "By", "Bytes of all files", DiskFigures::fileBytes),
        number("MaximumBytes", "By", "The bound of these", DiskFigures::maximumBytes),
        number(
            "FreeBytes",
            "By",
            "Bytes that the file system has left; -1 if that is not known",
            DiskFigures::freeBytes),
        number("SegmentCount", "1", "Files that hold results", DiskFigures::segments),
        number(
            "EntryCount",
            "1",
            "Results that are indexed, some of which may have expired or been invalidated",
            DiskFigures::entries),
        AttributeDefinition.gauge(
            "FragmentationRatio",
            SimpleType.DOUBLE,
            "1",
            "The share of bytes whose results were replaced by newer ones, from 0 to 1",
            figures -> Math.round(figures.fragmentation() * 1e4) / 1e4),
        number(
            "TombstoneCount",
            "1",
            "Invalidations that are remembered because results may depend on them",
            DiskFigures::tombstones),
        text("SalvageResult", "What became of the files of the JVM before", DiskFigures::salvage),
        number(
            "SalvagedCount",
            "1",
            "Results found again after an end that was not clean",
            DiskFigures::salvagedEntries),
        text(
            "LastCleanClose",
            "When a JVM last closed the files, in ISO-8601; empty if that is not known",
            figures -> iso(figures.lastCleanCloseMillis())),
        number(
            "OpenMillis",
            "ms",
            "How long it took to open the files; -1 while that is not done",
            DiskFigures::openMillis),
        count("OpeningCount", "How often the files were opened", DiskFigures::openings),
        count(
            "EvictionCount",
            "Results dropped with the oldest file, to stay within MaximumBytes",
            DiskFigures::evictions),
        count(
            "SecondChanceCount",
            "Results kept when their file was dropped, as they were in use",
            DiskFigures::secondChances),
        count("DamagedCount", "Results that were not what was stored", DiskFigures::damaged));
  }

  private static String iso(long millis) {
    return millis == 0 ? "" : Instant.ofEpochMilli(millis).toString();
  }

  @Override
  public List<OperationDefinition> ownOperations() {
    return List.of(
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

  @Override
  public List<DiskMiss> missReasons() {
    return List.of(DiskMiss.values());
  }

  @Override
  public Shown<? extends TierReading> tierOf(String cache) {
    return new Shown<>(
        () ->
            new OfCache(
                disk.store().state(),
                disk.statistics(cache),
                disk.decisions(cache),
                disk.writeBehind()),
        List.of(
            count(
                "SkippedCount",
                "Looks left out, because the method is quicker; not among the misses",
                reading -> reading.decisions.skipped()),
            count(
                "LeftOutCount",
                "Looks left out, because the disk was away, or not in step with other JVMs; not"
                    + " among the misses",
                reading -> reading.decisions.leftOut())));
  }
}
