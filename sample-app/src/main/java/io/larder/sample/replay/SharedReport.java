package io.larder.sample.replay;

import java.util.List;

/** The table at the end of the demo with Redis: what it saves, and what its end costs. */
final class SharedReport {

  private SharedReport() {}

  /**
   * The table of the same line-ups over two stretches of requests.
   *
   * @param sharing the last one had Redis
   * @param killed the last one lost it
   */
  static String of(List<Run> sharing, List<Run> killed) {
    return new RunTable(sharing)
            .head("first half: Redis is there")
            .figures()
            .rule()
            .hitRatios()
            .rule()
            .toString()
        + new RunTable(killed).head("second half: Redis killed").figures().rule().hitRatio().rule();
  }
}
