package io.larder.sample.replay;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the user of {@code ./demo} asked for.
 *
 * <p>Uses nothing but the JDK, so that {@code ./demo} can check its arguments with this source file
 * alone, before anything is built.
 *
 * @param show what to show
 * @param requests how many requests to replay, from the first
 * @param threads how many visitors click at the same time
 */
record DemoOptions(Show show, int requests, int threads) {

  /** The things that {@code ./demo} can show. */
  enum Show {
    /** The shop without and with Larder. */
    LARDER(12_000),
    /** Two processes that share a Redis. Fewer, so that three runs take about as long as two. */
    REDIS(8_000),
    /** A kill and a restart. Most of these requests are sent twice only. */
    RESTART(6_000),
    /** The shop, for JConsole. */
    SHOP(12_000),
    /** How to use it. */
    HELP(12_000);

    private final int requests;

    /**
     * @param requests how many to replay if no number is given
     */
    Show(int requests) {
      this.requests = requests;
    }
  }

  static final int DEFAULT_THREADS = 2;

  private static final int MOST_REQUESTS = 95_607;
  private static final int MOST_THREADS = 8; // the service has as many

  static final String USAGE =
      """
      usage: ./demo [options]

      Runs a small web shop twice, without and with the Larder agent, replays the same
      recorded requests against both, and prints what the agent changed. Builds what is
      missing first.

        --requests N   replay the first N of the 95,607 recorded requests (default: %,d,
                       with --redis %,d, with --restart %,d)
        --all          replay all of them
        --threads N    visitors that click at the same time, 1 to %d (default: %d)
        --redis        run the shop in two processes: without the agent, with it, and with
                       it and a Redis that they share; then kill that Redis
        --restart      kill the shop in the midst of its work and start it again: without
                       the agent, with it, and with it and what it had kept on disk
        --serve        start the shop with the agent, click now and then, and leave it
                       running for JConsole until Ctrl-C
        --help         print this

      Exit status: 0 when every response was the same with and without Larder, 1 when one
      was not or something failed, 2 for a wrong argument.
      """
          .formatted(
              Show.LARDER.requests,
              Show.REDIS.requests,
              Show.RESTART.requests,
              MOST_THREADS,
              DEFAULT_THREADS);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the argument, its value and what is right
   */
  static DemoOptions parse(String... arguments) {
    Set<Show> shows = EnumSet.noneOf(Show.class);
    boolean all = false;
    int requests = 0;
    int threads = 0;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--help", "-h" -> shows.add(Show.HELP);
        case "--serve" -> shows.add(Show.SHOP);
        case "--redis" -> shows.add(Show.REDIS);
        case "--restart" -> shows.add(Show.RESTART);
        case "--all" -> all = true;
        case "--requests" -> requests = number(arguments, i++, MOST_REQUESTS);
        case "--threads" -> threads = number(arguments, i++, MOST_THREADS);
        default ->
            throw new IllegalArgumentException(
                ("unknown argument \"%s\"; known: --requests N, --all, --threads N, --redis,"
                        + " --restart, --serve, --help")
                    .formatted(arguments[i]));
      }
    }
    if (all && requests != 0) {
      throw new IllegalArgumentException("--all and --requests exclude each other; give one");
    }
    Show show = show(shows, all || requests != 0 || threads != 0);
    if (requests == 1 && (show == Show.REDIS || show == Show.RESTART)) {
      throw new IllegalArgumentException(
          "--redis and --restart need two requests or more, some of them for when something was"
              + " killed");
    }
    return new DemoOptions(
        show,
        all ? MOST_REQUESTS : requests != 0 ? requests : show.requests,
        threads == 0 ? DEFAULT_THREADS : threads);
  }

  private static Show show(Set<Show> shows, boolean numbers) {
    if (shows.contains(Show.HELP)) {
      return Show.HELP;
    }
    if (shows.contains(Show.SHOP) && (shows.size() > 1 || numbers)) {
      throw new IllegalArgumentException(
          "--serve compares nothing, so it goes without --all, --requests, --threads, --redis and"
              + " --restart");
    }
    if (shows.size() > 1) {
      throw new IllegalArgumentException("--redis and --restart exclude each other; give one");
    }
    return shows.isEmpty() ? Show.LARDER : shows.iterator().next();
  }

  private static int number(String[] arguments, int option, int most) {
    String rule = "%s must be a number from 1 to %,d".formatted(arguments[option], most);
    if (option + 1 == arguments.length) {
      throw new IllegalArgumentException(rule + "; there is none");
    }
    String value = arguments[option + 1];
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new IllegalArgumentException(rule + ": " + value);
  }

  /** Checks the arguments, for {@code ./demo}: exits with 0 to go on, 2 when one is wrong. */
  public static void main(String[] arguments) {
    try {
      if (parse(arguments).show() == Show.HELP) {
        System.out.print(USAGE);
      }
    } catch (IllegalArgumentException wrong) {
      System.err.println("demo: " + wrong.getMessage());
      System.exit(2);
    }
  }
}
