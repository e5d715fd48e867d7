package io.larder.sample.replay;

import java.util.List;

/** The table at the end of the demo of a restart: the first requests after it. */
final class RestartReport {

  private RestartReport() {}

  /** The table of several starts over the same requests, the last of them a warm one. */
  static String of(List<Run> starts) {
    int requests = starts.get(0).responses().count();
    return new RunTable(starts)
        .head(RunTable.format("first %,d after the start", requests))
        .figures()
        .rule()
        .hitRatios()
        .rule()
        .toString();
  }
}
