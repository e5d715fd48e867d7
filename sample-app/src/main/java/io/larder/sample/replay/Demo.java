package io.larder.sample.replay;

import io.larder.sample.data.CatalogueFile;
import io.larder.sample.data.CatalogueSize;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./demo} runs once all is built: the service without and with the agent, the same
 * requests to both, and the table.
 */
public final class Demo {

  /** The JIT compiler needs about that many pages before their time stops falling. */
  private static final int WARM_UP_REQUESTS = 2_000;

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
   * standard output is one).
   *
   * @param arguments those of {@code ./demo}
   */
  public static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT); // the same digits everywhere
    int status;
    try {
      DemoOptions options = DemoOptions.parse(arguments);
      if (options.help()) {
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
    if (options.serve()) {
      serve(database);
      return 0;
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(
        "A web shop answers %s%,d recorded requests for product pages%n"
            + "(web12), first without, then with the Larder agent. Its code is the same.%n"
            + "%d %% of these requests ask for a product that an earlier one asked for.%n%n",
        options.requests() == trace.size()
            ? "all "
            : "the first %,d of ".formatted(options.requests()),
        trace.size(),
        Math.round(100.0 * trace.repeated(options.requests()) / options.requests()));
    Run without = measure(null, database, "Without Larder");
    Run with = measure(agent, database, "With Larder");
    out.println();
    out.print(Report.of(without, with));
    return conclude(without, with, load);
  }

  /** Made on the first run. */
  private Path database() throws IOException, SQLException {
    Path file = CatalogueFile.in(directory, CatalogueSize.FULL);
    if (!Files.exists(file)) {
      out.println("Making up the shop's database (once, about half a minute) ...");
      CatalogueFile.create(file, CatalogueSize.FULL);
    }
    return file;
  }

  private Run measure(@Nullable Path agent, Path database, String name)
      throws IOException, InterruptedException {
    out.println(name);
    readWhole(database);
    Path log = directory.resolve(agent == null ? "without-larder.log" : "with-larder.log");
    try (ServiceProcess service = ServiceProcess.start(agent, database, log)) {
      replay(service, warmUpRequests(), "warm-up");
      service.clearCaches();
      ServiceReading before = service.read();
      if (before.caches().isEmpty() != (agent == null)) {
        throw new IOException(
            agent == null
                ? "the service has caches although it was started without the agent"
                : "the agent cached nothing; what it said is in " + log);
      }
      Responses responses = replay(service, options.requests(), "measured");
      return new Run(responses, service.read().since(before));
    }
  }

  private Responses replay(ServiceProcess service, int requests, String label)
      throws IOException, InterruptedException {
    return Replay.run(
        service.address(),
        trace,
        requests,
        options.threads(),
        new ProgressBar(out, terminal, label, requests));
  }

  private int warmUpRequests() {
    return Math.min(WARM_UP_REQUESTS, options.requests());
  }

  private int conclude(Run without, Run with, double load) {
    out.printf(
        "  %d cores (load %s before the start), Java %s, %s of heap for the shop,%n"
            + "  %d visitors who click at once. Each run: a fresh JVM, %,d requests to warm up,%n"
            + "  caches emptied, then measured.%n",
        Runtime.getRuntime().availableProcessors(),
        load < 0 ? "unknown" : "%.1f".formatted(load),
        System.getProperty("java.version"),
        ServiceProcess.HEAP,
        options.threads(),
        warmUpRequests());
    if (load >= Runtime.getRuntime().availableProcessors()) {
      out.printf(
          "  Other programs kept this machine busy: do not rely on the times, only on the%n"
              + "  queries and the hit ratios.%n");
    }
    int difference = without.responses().firstDifference(with.responses());
    if (difference < 0) {
      out.printf(
          "%n  All %,d responses are the same, byte for byte, with and without Larder.%n",
          with.responses().count());
      return 0;
    }
    out.printf(
        "%n  DIFFERENT: request %,d (%s) was answered differently with Larder.%n",
        difference + 1, trace.request(difference).toPath());
    return 1;
  }

  private void serve(Path database) throws IOException, InterruptedException {
    try (ServiceProcess service =
            ServiceProcess.start(agent, database, directory.resolve("serve.log"));
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

  /** So that the file is in the memory of the operating system for both runs. */
  private static void readWhole(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
