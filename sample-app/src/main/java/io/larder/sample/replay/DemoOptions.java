package io.larder.sample.replay;

/**
 * What the user of {@code ./demo} asked for.
 *
 * <p>Uses nothing but the JDK, so that {@code ./demo} can check its arguments with this source file
 * alone, before anything is built.
 *
 * @param help whether to explain instead
 * @param serve whether to serve until interrupted instead of comparing
 * @param redis whether to compare two processes that share a Redis
 * @param requests how many requests to replay, from the first
 * @param threads how many visitors click at the same time
 */
record DemoOptions(boolean help, boolean serve, boolean redis, int requests, int threads) {

  static final int DEFAULT_REQUESTS = 12_000;
  static final int DEFAULT_THREADS = 2;

  /** Fewer, so that three runs take about as long as two. */
  static final int DEFAULT_REQUESTS_WITH_REDIS = 8_000;

  private static final int MOST_REQUESTS = 95_607;
  private static final int MOST_THREADS = 8; // the service has as many

  static final String USAGE =
      """
      usage: ./demo [options]

      Runs a small web shop twice, without and with the Larder agent, replays the same
      recorded requests against both, and prints what the agent changed. Builds what is
      missing first.

        --requests N   replay the first N of the 95,607 recorded requests (default: %,d,
                       with --redis %,d)
        --all          replay all of them
        --threads N    visitors that click at the same time, 1 to %d (default: %d)
        --redis        run the shop in two processes: without the agent, with it, and with
                       it and a Redis that they share; then kill that Redis
        --serve        start the shop with the agent, click now and then, and leave it
                       running for JConsole until Ctrl-C
        --help         print this

      Exit status: 0 when every response was the same with and without Larder, 1 when one
      was not or something failed, 2 for a wrong argument.
      """
          .formatted(DEFAULT_REQUESTS, DEFAULT_REQUESTS_WITH_REDIS, MOST_THREADS, DEFAULT_THREADS);

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException naming the argument, its value and what is right
   */
  static DemoOptions parse(String... arguments) {
    boolean help = false;
    boolean serve = false;
    boolean redis = false;
    boolean all = false;
    int requests = 0;
    int threads = 0;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--help", "-h" -> help = true;
        case "--serve" -> serve = true;
        case "--redis" -> redis = true;
        case "--all" -> all = true;
        case "--requests" -> requests = number(arguments, i++, MOST_REQUESTS);
        case "--threads" -> threads = number(arguments, i++, MOST_THREADS);
        default ->
            throw new IllegalArgumentException(
                ("unknown argument \"%s\"; known: --requests N, --all, --threads N, --redis, --serve,"
                        + " --help")
                    .formatted(arguments[i]));
      }
    }
    if (all && requests != 0) {
      throw new IllegalArgumentException("--all and --requests exclude each other; give one");
    }
    if (serve && (all || redis || requests != 0 || threads != 0)) {
      throw new IllegalArgumentException(
          "--serve compares nothing, so it goes without --all, --requests, --threads and --redis");
    }
    if (redis && requests == 1) {
      throw new IllegalArgumentException(
          "--redis needs two requests or more, half of them for when Redis is killed");
    }
    return new DemoOptions(
        help,
        serve,
        redis,
        all ? MOST_REQUESTS : requests != 0 ? requests : defaultRequests(redis),
        threads == 0 ? DEFAULT_THREADS : threads);
  }

  private static int defaultRequests(boolean redis) {
    return redis ? DEFAULT_REQUESTS_WITH_REDIS : DEFAULT_REQUESTS;
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
      if (parse(arguments).help()) {
        System.out.print(USAGE);
      }
    } catch (IllegalArgumentException wrong) {
      System.err.println("demo: " + wrong.getMessage());
      System.exit(2);
    }
  }
}
