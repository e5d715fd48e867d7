package io.larder.sample.replay;

import static io.larder.sample.replay.Comparison.UNDISTURBED;

import io.larder.sample.data.CatalogueFile;
import io.larder.sample.data.CatalogueSize;
import io.larder.sample.replay.DemoOptions.Show;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/**
 * What {@code ./demo} runs once all is built: the service in several line-ups, the same requests to
 * each, and the table.
 */
public final class Demo {

  private static final int PROCESSES = 2;

  /**
   * For Redis. Visitors, shops and Redis share this machine's processors, so that 50 ms, enough
   * anywhere else, pass by themselves at times.
   */
  private static final String DEADLINE = "-Dlarder.redis.deadline=1s";

  /** Redis is killed so many requests after the middle, when the visitors are at it again. */
  private static final int KILLED_AT = 100;

  private final DemoOptions options;
  private final Path agent;
  private final Path directory;
  private final boolean terminal;
  private final PrintStream out;
  private final Trace trace;

  private Demo(
      DemoOptions options,
      Path agent,
      Path directory,
      boolean terminal,
      PrintStream out,
      Trace trace) {
    this.options = options;
    this.agent = agent;
    this.directory = directory;
    this.terminal = terminal;
    this.out = out;
    this.trace = trace;
  }

  /**
   * Runs the demo. {@code ./demo} sets the system properties {@code demo.agent} (the agent's jar),
   * {@code demo.directory} (where the database and the logs go) and {@code demo.terminal} (whether
   * standard output is one). Tests set {@code demo.sparse}: a database with less in it is made
   * sooner.
   *
   * @param arguments those of {@code ./demo}
   */
  public static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT); // the same digits everywhere
    int status;
    try {
      DemoOptions options = DemoOptions.parse(arguments);
      if (options.show() == Show.HELP) {
        System.out.print(DemoOptions.USAGE);
        status = 0;
      } else {
        status =
            new Demo(
                    options,
                    Path.of(System.getProperty("demo.agent", "agent/target/larder-agent.jar")),
                    Path.of(System.getProperty("demo.directory", "sample-app/target/demo")),
                    Boolean.getBoolean("demo.terminal"),
                    System.out,
                    Trace.web12())
                .run();
      }
    } catch (IllegalArgumentException wrong) {
      System.err.println("demo: " + wrong.getMessage());
      status = 2;
    } catch (IOException | SQLException failure) {
      if (isExiting()) {
        return; // Ctrl-C has ended the service, so that it no longer answers
      }
      System.err.println("demo: " + failure.getMessage());
      status = 1;
    }
    System.exit(status);
  }

  private static boolean isExiting() {
    try {
      Thread hook = new Thread(() -> {});
      Runtime.getRuntime().addShutdownHook(hook);
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      return true;
    }
  }

  private int run() throws IOException, SQLException, InterruptedException {
    Path database = database();
    if (options.show() == Show.SHOP) {
      serve(database);
      return 0;
    }
    Comparison comparison = new Comparison(options, database, directory, terminal, out, trace);
    boolean same =
        switch (options.show()) {
          case REDIS -> share(comparison);
          case RESTART -> new Restart(comparison, javaAgent(), directory).run(options.requests());
          default -> compare(comparison);
        };
    return same ? 0 : 1;
  }

  private boolean compare(Comparison comparison) throws IOException, InterruptedException {
    comparison.announce("first without, then with the Larder agent");
    List<List<Run>> lineups =
        List.of(
            comparison.measure(
                new Lineup("Without Larder", "without Larder", "without-larder", 1, List.of()),
                List.of(UNDISTURBED)),
            comparison.measure(
                new Lineup("With Larder", "with Larder", "with-larder", 1, List.of(javaAgent())),
                List.of(UNDISTURBED)));
    List<Run> runs = stretch(lineups, 0);
    return comparison.conclude(
        Report.of(runs.get(0), runs.get(1)),
        List.of(runs),
        comparison.measuredHow(),
        "with and without Larder");
  }

  /** Two processes: each for itself, then with a Redis between them until that is killed. */
  private boolean share(Comparison comparison) throws IOException, InterruptedException {
    comparison.announce(
        """
        by two processes in turn: without Larder,
        with it in each, and with a Redis that they share\
        """);
    List<IntConsumer> halves = List.of(UNDISTURBED, UNDISTURBED);
    List<Run> without =
        comparison.measure(
            new Lineup("Without Larder", "no Larder", "two-without", PROCESSES, List.of()), halves);
    List<Run> alone =
        comparison.measure(
            new Lineup(
                "With Larder, each process for itself",
                "memory only",
                "two-alone",
                PROCESSES,
                List.of(javaAgent())),
            halves);
    List<Run> shared;
    try (SharedRedis redis = SharedRedis.start(directory)) {
      IntConsumer killing =
          place -> {
            if (place == Math.min(KILLED_AT, options.requests() / 4)) {
              redis.kill();
            }
          };
      shared =
          comparison.measure(
              new Lineup(
                  "With Larder and a Redis, which is killed in the middle",
                  "with Redis",
                  "two-sharing",
                  PROCESSES,
                  List.of(javaAgent(), "-Dlarder.redis.uri=" + redis.uri(), DEADLINE),
                  /* mustSay= */ "Results are shared with other JVMs"),
              List.of(UNDISTURBED, killing));
    }
    List<List<Run>> lineups = List.of(without, alone, shared);
    List<Run> sharing = stretch(lineups, 0);
    List<Run> killed = stretch(lineups, 1);
    return comparison.conclude(
        SharedReport.of(sharing, killed),
        List.of(sharing, killed),
        comparison.measuredHow(),
        "without Larder, with it,\n  with Redis, and after Redis was killed");
  }

  private static List<Run> stretch(List<List<Run>> lineups, int number) {
    return lineups.stream().map(runs -> runs.get(number)).toList();
  }

  private String javaAgent() {
    return "-javaagent:" + agent;
  }

  /** Made on the first run. */
  private Path database() throws IOException, SQLException {
    CatalogueSize size =
        Boolean.getBoolean("demo.sparse") ? CatalogueSize.SPARSE : CatalogueSize.FULL;
    Path file = CatalogueFile.in(directory, size);
    if (!Files.exists(file)) {
      out.println("Making up the shop's database (once, about half a minute) ...");
      CatalogueFile.create(file, size);
    }
    return file;
  }

  private void serve(Path database) throws IOException, InterruptedException {
    try (ServiceProcess service =
            ServiceProcess.start(List.of(javaAgent()), database, directory.resolve("serve.log"));
        Clicks clicks = new Clicks(service.address(), trace)) {
      clicks.start();
      out.printf(
          "The shop runs with Larder; %d clicks a second come from the recorded requests.%n%n"
              + "  pages       %s%s%n"
              + "  statistics  %s/stats%n"
              + "  process     %d%n"
              + "  JConsole    jconsole %d     then MBeans, io.larder%n%n"
              + "Ctrl-C stops it.%n",
          Clicks.PER_SECOND,
          service.address(),
          trace.request(0).toPath(),
          service.address(),
          service.pid(),
          service.pid());
      service.join();
      throw new IOException("the service ended by itself; see " + directory.resolve("serve.log"));
    }
  }
}
