package io.larder.sample.replay;

import java.util.List;

/**
 * One way to run the shop.
 *
 * @param title what is shown while it runs
 * @param column its name in the table
 * @param log the name of the file for what it says, without its ending
 * @param processes how many answer the requests in turn
 * @param options of their JVMs; none without the agent
 * @param mustSay what each must have logged when it is warm; may be empty
 */
record Lineup(
    String title, String column, String log, int processes, List<String> options, String mustSay) {

  Lineup {
    options = List.copyOf(options);
  }

  /** One of which nothing is expected. */
  Lineup(String title, String column, String log, int processes, List<String> options) {
    this(title, column, log, processes, options, /* mustSay= */ "");
  }

  boolean hasAgent() {
    return !options.isEmpty();
  }
}
