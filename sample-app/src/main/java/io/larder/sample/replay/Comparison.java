package io.larder.sample.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Sends the same requests to the shop in one line-up after the other. */
final class Comparison {

  /** Lets a stretch of the requests take its course. */
  static final IntConsumer UNDISTURBED = place -> {};

  /** The JIT compiler needs about that many pages before their time stops falling. */
  private static final int WARM_UP_REQUESTS = 2_000;

  private final DemoOptions options;
  private final Path database;
  private final Path directory;
  private final boolean terminal;
  private final PrintStream out;
  private final Trace trace;
  private final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

  /**
   * @param database the catalogue's file
   * @param directory where the logs go
   * @param terminal whether {@code out} is one
   */
  Comparison(
      DemoOptions options,
      Path database,
      Path directory,
      boolean terminal,
      PrintStream out,
      Trace trace) {
    this.options = options;
    this.database = database;
    this.directory = directory;
    this.terminal = terminal;
    this.out = out;
    this.trace = trace;
  }

  /** Says what will be done with the requests. */
  void announce(String how) {
    out.printf(
        "A web shop answers %s%,d recorded requests for product pages%n"
            + "(web12), %s. Its code is the same.%n"
            + "%d %% of these requests ask for a product that an earlier one asked for.%n%n",
        options.requests() == trace.size()
            ? "all "
            : "the first %,d of ".formatted(options.requests()),
        trace.size(),
        how,
        Math.round(100.0 * trace.repeated(options.requests()) / options.requests()));
  }

  /**
   * Runs the shop in a line-up: a fresh JVM, requests to warm up, then those that are measured.
   *
   * @param stretches as many as the requests are divided into; each is told the place, within its
   *     stretch, of each request before that is sent
   * @return one run for each stretch
   */
  List<Run> measure(Lineup lineup, List<IntConsumer> stretches)
      throws IOException, InterruptedException {
    try (Services services = start(lineup)) {
      replay(services, /* start= */ 0, warmUpRequests(), UNDISTURBED, "warm-up");
      services.requireLogged(lineup.mustSay());
      services.clearCaches();
      ServiceReading before = read(services, lineup);
      List<Run> runs = new ArrayList<>();
      for (int number = 0; number < stretches.size(); number++) {
        int start = start(number, stretches);
        Responses responses =
            replay(
                services,
                start,
                start(number + 1, stretches) - start,
                stretches.get(number),
                "measured");
        ServiceReading after = services.read();
        runs.add(new Run(lineup.column(), responses, after.since(before)));
        before = after;
      }
      return runs;
    }
  }

  private int start(int stretch, List<IntConsumer> stretches) {
    return (int) ((long) options.requests() * stretch / stretches.size());
  }

  private int warmUpRequests() {
    return Math.min(WARM_UP_REQUESTS, options.requests());
  }

  /** How {@link #measure} came to its figures. */
  String measuredHow() {
    return "Each run: a fresh JVM, %,d requests to warm up,%n  caches emptied, then measured."
        .formatted(warmUpRequests());
  }

  /** Starts the shop in a line-up, and says so. */
  Services start(Lineup lineup) throws IOException, InterruptedException {
    out.println(lineup.title());
    readWhole(database);
    return Services.start(lineup, database, directory);
  }

  /**
   * Sends requests.
   *
   * @param start the place of the first
   * @param before is told the place, from there, of each before it is sent
   */
  Responses replay(Services services, int start, int count, IntConsumer before, String label)
      throws IOException, InterruptedException {
    return Replay.run(
        services.addresses(),
        trace.from(start),
        count,
        options.threads(),
        before,
        new ProgressBar(out, terminal, label, count));
  }

  /** Sends requests from the first on, and kills the services at the last of them. */
  Responses replayUntilKilled(Services services, int count, String label)
      throws IOException, InterruptedException {
    return Replay.untilKilled(
        services.addresses(),
        trace,
        count,
        options.threads(),
        services::kill,
        new ProgressBar(out, terminal, label, count));
  }

  /**
   * Reads what the services measured.
   *
   * @throws IOException when they have caches without the agent, or none with it
   */
  ServiceReading read(Services services, Lineup lineup) throws IOException {
    ServiceReading reading = services.read();
    if (reading.caches().isEmpty() == lineup.hasAgent()) {
      throw new IOException(
          lineup.hasAgent()
              ? "the agent cached nothing; what it said is in %s/%s*.log"
                  .formatted(directory, lineup.log())
              : "the service has caches although it was started without the agent");
    }
    return reading;
  }

  /**
   * Prints the table, how the figures came about, and whether all responses were the same.
   *
   * @param stretches the runs over each stretch of the requests, first the one that is right
   * @param how how the runs were made
   * @param lineups the line-ups, in words
   * @return whether they were
   */
  boolean conclude(String table, List<List<Run>> stretches, String how, String lineups) {
    out.println();
    out.print(table);
    printConditions(how);
    int start = 0;
    for (List<Run> runs : stretches) {
      if (!isSame(start, runs)) {
        return false;
      }
      start += runs.get(0).responses().count();
    }
    out.printf("%n  All %,d responses are the same, byte for byte, %s.%n", start, lineups);
    return true;
  }

  private void printConditions(String how) {
    out.printf(
        "  %d cores (load %s before the start), Java %s, %s of heap for the shop,%n"
            + "  %d visitors who click at once. %s%n",
        Runtime.getRuntime().availableProcessors(),
        load < 0 ? "unknown" : "%.1f".formatted(load),
        System.getProperty("java.version"),
        ServiceProcess.HEAP,
        options.threads(),
        how);
    if (load >= Runtime.getRuntime().availableProcessors()) {
      out.printf(
          "  Other programs kept this machine busy: do not rely on the times, only on the%n"
              + "  queries and the hit ratios.%n");
    }
  }

  /**
   * @param start the place of the first request
   */
  private boolean isSame(int start, List<Run> runs) {
    for (Run run : runs) {
      int difference = runs.get(0).responses().firstDifference(run.responses());
      if (difference >= 0) {
        out.printf(
            "%n  DIFFERENT: request %,d (%s) was answered differently: %s.%n",
            start + difference + 1, trace.request(start + difference).toPath(), run.name());
        return false;
      }
    }
    return true;
  }

  /** So that the file is in the memory of the operating system for all runs. */
  private static void readWhole(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
