package io.larder.sample.replay;

import java.util.List;

/** The table at the end of the demo with Redis: what it saves, and what its end costs. */
final class SharedReport {

  private SharedReport() {}

  /**
   * The table of several line-ups over the same two stretches of requests.
   *
   * @param lineups the last one had Redis in the first stretch, and lost it in the second
   */
  static String of(List<List<Run>> lineups) {
    RunTable sharing = new RunTable(lineups.stream().map(runs -> runs.get(0)).toList());
    RunTable killed = new RunTable(lineups.stream().map(runs -> runs.get(1)).toList());
    figures(sharing.head("first half: Redis is there")).rule().hitRatios().rule();
    figures(killed.head("second half: Redis killed")).rule().hitRatio().rule();
    return sharing.toString() + killed;
  }

  private static RunTable figures(RunTable table) {
    return table
        .pagesPerSecond()
        .responseTime("response time p50", 50)
        .responseTime("response time p99", 99)
        .responseTime("  slowest", 100)
        .databaseTime()
        .databaseQueries();
  }
}
