package io.larder.sample.replay;

import static io.larder.sample.replay.Comparison.UNDISTURBED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demo of a restart: the shop is killed while visitors wait for their pages, and the first
 * thousand requests to its next process are measured, with and without what it had kept on disk.
 */
final class Restart {

  private static final int MEASURED = 1_000;

  private final Comparison comparison;
  private final String javaAgent;
  private final Path disk;

  /**
   * @param javaAgent the option of a JVM that has the agent
   * @param directory where the directory of the disk tier is made anew
   */
  Restart(Comparison comparison, String javaAgent, Path directory) {
    this.comparison = comparison;
    this.javaAgent = javaAgent;
    this.disk = directory.resolve("restart-disk").toAbsolutePath().normalize();
  }

  /** Whether all responses were the same, before and after. */
  boolean run(int requests) throws IOException, InterruptedException {
    comparison.announce(
        """
        first by a shop with Larder that is killed on the way; the
        last after a new start: with what it kept on disk, with nothing, and without
        Larder\
        """);
    int measured = Math.min(MEASURED, requests / 2);
    Responses beforeKill = beforeKill(requests - measured);
    // Those that the kill left without an answer are asked for again.
    int start = beforeKill.count();
    Run warm =
        restarted(
            lineup("Started again with what is on disk", "warm start", "restart-warm", onDisk()),
            start,
            measured);
    Run cold =
        restarted(
            lineup("Started again with nothing", "cold start", "restart-cold", List.of(javaAgent)),
            start,
            measured);
    Lineup plain = lineup("Without Larder", "no Larder", "restart-without", List.of());
    Run without = restarted(plain, start, measured);
    Responses expected;
    try (Services services = comparison.start(plain)) {
      expected = comparison.replay(services, 0, start, UNDISTURBED, "compared");
    }
    List<Run> restarts = List.of(without, cold, warm);
    return comparison.conclude(
        RestartReport.of(restarts),
        List.of(
            List.of(
                new Run(plain.column(), expected, ServiceReading.NONE),
                new Run("with Larder, before the kill", beforeKill, ServiceReading.NONE)),
            restarts),
        """
        Each run: a fresh JVM, measured from its first
          request on. The shop with the disk was killed (kill -9) after %,d requests.\
        """
            .formatted(start),
        "without Larder,\n  with it before the kill, and after a cold and a warm start");
  }

  private Responses beforeKill(int count) throws IOException, InterruptedException {
    deleteDisk();
    Lineup lineup =
        lineup("With Larder and a disk tier, killed at the end", "", "restart-killed", onDisk());
    try (Services services = comparison.start(lineup)) {
      Responses responses = comparison.replayUntilKilled(services, count, "killed");
      services.requireLogged(lineup.mustSay());
      return responses;
    }
  }

  private Run restarted(Lineup lineup, int start, int count)
      throws IOException, InterruptedException {
    try (Services services = comparison.start(lineup)) {
      Responses responses = comparison.replay(services, start, count, UNDISTURBED, "measured");
      ServiceReading reading = comparison.read(services, lineup);
      services.requireLogged(lineup.mustSay());
      return new Run(lineup.column(), responses, reading);
    }
  }

  private Lineup lineup(String title, String column, String log, List<String> options) {
    return new Lineup(
        title,
        column,
        log,
        /* processes= */ 1,
        options,
        /* mustSay= */ options.size() > 1 ? "Results are kept on disk in " + disk : "");
  }

  private List<String> onDisk() {
    return List.of(javaAgent, "-Dlarder.disk.directory=" + disk);
  }

  private void deleteDisk() throws IOException {
    if (Files.exists(disk)) {
      try (Stream<Path> files = Files.walk(disk)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
