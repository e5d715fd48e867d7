package io.larder.benchmarks.runner;

import io.larder.benchmarks.live.LiveRow;
import io.larder.benchmarks.paired.Goal;
import io.larder.benchmarks.paired.Measurement;
import io.larder.benchmarks.startup.Sample;
import io.larder.benchmarks.startup.StartUpRow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page, in Markdown. */
final class Report {

  static final String HELLO = "hello-world";
  static final String BOOT = "Spring Boot web application, three annotated classes";
  static final String NO_AGENT = "no agent";
  static final String LARDER = "Larder";
  static final String RULES = "Larder, 50 methods named in larder.yaml";

  private static final double HELLO_LIMIT_MILLIS = 50;
  private static final double BOOT_LIMIT = 1.05;
  private static final double DISK_LIMIT_MILLIS = 50;
  private static final double LIVE_LIMIT_MILLIS = 1_000;
  private static final double PAUSE_LIMIT_MILLIS = 50;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder startUps = new StringBuilder();

  Report(
      Options options,
      List<String> versions,
      List<Jdk> jdks,
      Scheduling scheduling,
      String arguments) {
    text.append(ReportText.INTRODUCTION);
    text.append(
        """

        ## This run

        - Command: `%s`
        - Date: %s
        - Machine: %s
        - Load of the machine by others at the start (1 minute average): %.1f
        - JDKs: %s
        - Compared with: %s
        - %d launches per question, %d measured rounds each after as many to warm up (with a disk five times as many)
        - Scheduling: %s
        """
            .formatted(
                ("./benchmarks/run " + arguments).trim(),
                LocalDate.now(ZoneOffset.UTC),
                Machine.description(),
                Machine.load(),
                jdks.stream().map(Jdk::version).collect(Collectors.joining(", ")),
                String.join(", ", versions),
                options.launches(),
                options.rounds(),
                scheduling.description()));
  }

  /** Adds the answers of one JDK. */
  void questions(Jdk jdk, List<Row> rows) {
    text.append(
        """

        ## Calls, JDK %s

        | question | threads | against | its ns | Larder ns | Larder / it (range) | its B | Larder B | goal | reached |
        |---|---|---|---|---|---|---|---|---|---|
        """
            .formatted(jdk.version()));
    rows.forEach(row -> text.append(line(row)).append('\n'));
  }

  /** Says which launches gave no answer. */
  void failures(List<String> failures) {
    if (!failures.isEmpty()) {
      text.append("\nLaunches that failed and are not counted: ")
          .append(String.join("; ", failures))
          .append(".\n");
    }
  }

  /** Adds what it takes to weave into a running JVM. */
  void live(Jdk jdk, List<LiveRow> rows) {
    text.append(
        """

        ## Weaving into a running JVM, JDK %s

        | change of larder.yaml | methods | loaded classes | ms, median (longest) | longest pause ms | goal | reached |
        |---|---|---|---|---|---|---|
        """
            .formatted(jdk.version()));
    rows.forEach(row -> text.append(line(row)).append('\n'));
  }

  static String line(LiveRow row) {
    boolean one = row.methods() == 1 && row.what().equals("weave");
    return format(
        "| %s | %d | %d | %.0f (%.0f) | %.1f | %s | %s |",
        row.what(),
        row.methods(),
        row.classes(),
        row.medianMillis(),
        row.longestMillis(),
        row.longestPause(),
        one ? "within 1 s, no pause over 50 ms" : "no pause over 50 ms",
        reached(
            row.longestPause() <= PAUSE_LIMIT_MILLIS
                && (!one || row.longestMillis() <= LIVE_LIMIT_MILLIS)));
  }

  /** Adds the start-up times of one JDK. */
  void startUps(Jdk jdk, List<Sample> samples) {
    startUps.append(
        """

        ## Start-up, JDK %s

        | application | agent | starts | wall ms (min) | CPU ms | wall over none | CPU over none | goal | reached |
        |---|---|---|---|---|---|---|---|---|
        """
            .formatted(jdk.version()));
    List<String> agents = samples.stream().map(Sample::agent).distinct().sorted().toList();
    for (String application : List.of(HELLO, BOOT)) {
      agents.stream()
          .map(agent -> StartUpRow.of(application, agent, samples, NO_AGENT))
          .sorted(Comparator.comparingDouble(StartUpRow::wallRatio))
          .forEach(row -> startUps.append(line(row)).append('\n'));
      if (agents.contains(RULES)) {
        StartUpRow over = StartUpRow.of(application, RULES, samples, LARDER);
        startUps.append(
            format(
                "| %s | the same, over Larder without them | %d | %.0f (%.0f) | %.0f"
                    + " | %+.0f ms, %+.1f %% | %+.0f ms | %s | %s |%n",
                application,
                over.starts(),
                over.wallMillis(),
                over.minimumWallMillis(),
                over.cpuMillis(),
                over.moreWallMillis(),
                (over.wallRatio() - 1) * 100,
                over.moreCpuMillis(),
                application.equals(BOOT) ? "within 5 % of without" : "",
                application.equals(BOOT) ? reached(over.wallRatio() <= BOOT_LIMIT) : ""));
      }
    }
  }

  /** Adds what a disk tier costs at start-up on one JDK. */
  void diskStartUps(Jdk jdk, List<Sample> samples) {
    startUps.append(
        """

        ## Start-up with a disk tier, JDK %s

        | application | agent | starts | wall ms (min) | CPU ms | wall over no disk tier | CPU over no disk tier | goal | reached |
        |---|---|---|---|---|---|---|---|---|
        """
            .formatted(jdk.version()));
    for (String application : List.of(HELLO, DiskStarts.CACHED)) {
      for (String agent : List.of(NO_AGENT, DiskStarts.NONE, DiskStarts.EMPTY, DiskStarts.FULL)) {
        StartUpRow row = StartUpRow.of(application, agent, samples, DiskStarts.NONE);
        boolean full = agent.equals(DiskStarts.FULL);
        startUps.append(
            line(
                row,
                full ? "at most 50 ms more" : "",
                full ? reached(row.moreWallMillis() <= DISK_LIMIT_MILLIS) : ""));
        startUps.append('\n');
      }
    }
  }

  String text() {
    return text.toString() + startUps;
  }

  /** A measurement for the terminal. */
  static String plain(Measurement measurement) {
    return format(
        "%-40s %9.2f ns %7.1f B   Larder / it: %.3f",
        measurement.contestant(),
        measurement.nanos(),
        measurement.bytes(),
        measurement.larderRatio());
  }

  static String line(Row row) {
    return format(
        "| %s | %d | %s | %s | %s | %s | %.0f | %.0f | %s | %s |",
        row.question().title(),
        row.threads(),
        row.against(),
        nanos(row.nanos()),
        nanos(row.larderNanos()),
        ratio(row.ratio()),
        row.bytes(),
        row.larderBytes(),
        row.goal().map(Goal::text).orElse(""),
        row.goal()
            .map(
                goal ->
                    reached(goal.isMetBy(row.ratio().median(), row.larderNanos() - row.nanos())))
            .orElse(""));
  }

  static String line(StartUpRow row) {
    boolean larder = row.agent().equals(LARDER);
    boolean hello = row.application().equals(HELLO);
    boolean met =
        hello ? row.moreWallMillis() <= HELLO_LIMIT_MILLIS : row.wallRatio() <= BOOT_LIMIT;
    return line(
        row,
        !larder ? "" : hello ? "within 50 ms of no agent" : "within 5 % of no agent",
        larder ? reached(met) : "");
  }

  private static String line(StartUpRow row, String goal, String reached) {
    return format(
        "| %s | %s | %d | %.0f (%.0f) | %.0f | %+.0f ms, %+.1f %% | %+.0f ms | %s | %s |",
        row.application(),
        row.agent(),
        row.starts(),
        row.wallMillis(),
        row.minimumWallMillis(),
        row.cpuMillis(),
        row.moreWallMillis(),
        (row.wallRatio() - 1) * 100,
        row.moreCpuMillis(),
        goal,
        reached);
  }

  private static String reached(boolean met) {
    return met ? "yes" : "**no**";
  }

  private static String nanos(double nanos) {
    return nanos < 100 ? format("%.2f", nanos) : format("%.0f", nanos);
  }

  private static String ratio(Row.Range ratio) {
    if (ratio.median() >= 0.1) {
      return format("**%.2f** (%.2f - %.2f)", ratio.median(), ratio.minimum(), ratio.maximum());
    }
    return format(
        "**%.4f** (%.4f - %.4f), %.0fx faster",
        ratio.median(), ratio.minimum(), ratio.maximum(), 1 / ratio.median());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
