package io.larder.benchmarks.runner;

import io.larder.benchmarks.live.LiveRow;
import io.larder.benchmarks.live.LiveWeaving;
import io.larder.benchmarks.paired.Measurement;
import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.startup.Agent;
import io.larder.benchmarks.startup.Application;
import io.larder.benchmarks.startup.Sample;
import io.larder.benchmarks.startup.StartUps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command behind {@code ./benchmarks/run}: measures everything and writes the page. */
public final class Benchmarks {

  private record Series(Jdk jdk, Question question, int threads) {}

  private final Options options;
  private final Layout layout;
  private final List<Jdk> jdks;
  private final Scheduling scheduling;
  private final List<String> failures = new ArrayList<>();

  private Benchmarks(Options options) {
    this.options = options;
    layout = new Layout(Path.of(""));
    jdks = Jdk.found(System.getenv());
    scheduling = options.realTime() ? Scheduling.bestAvailable() : Scheduling.ordinary();
  }

  /** Runs from the directory of the project. */
  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    new Benchmarks(options).run(String.join(" ", args));
  }

  private void run(String arguments) throws IOException {
    Report report = new Report(options, layout.versions(), jdks, scheduling, arguments);
    Map<Series, List<List<Measurement>>> found = measureQuestions();
    for (Jdk jdk : jdks) {
      List<Row> rows = new ArrayList<>();
      found.forEach(
          (series, launches) -> {
            if (series.jdk().equals(jdk) && !launches.isEmpty()) {
              rows.addAll(Row.of(series.question(), series.threads(), launches));
            }
          });
      report.questions(jdk, rows);
    }
    report.failures(failures);
    if (options.startUps() > 0) {
      for (Jdk jdk : jdks) {
        progress("JDK %s: weaving into a running JVM".formatted(jdk.version()));
        report.live(jdk, weaveLive(jdk));
      }
      for (Jdk jdk : jdks) {
        report.startUps(jdk, startUps(jdk, applications(), agents(), options.startUps()));
      }
    }
    if (options.diskStartUps() > 0) {
      DiskStarts starts = new DiskStarts(options, layout);
      for (Jdk jdk : jdks) {
        progress("JDK %s: filling a disk tier".formatted(jdk.version()));
        report.diskStartUps(
            jdk, startUps(jdk, starts.applications(), starts.agents(jdk), options.diskStartUps()));
      }
    }
    Path output = options.output();
    Path directory = output.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.writeString(output, report.text());
    System.out.println("written: " + output);
    if (!failures.isEmpty()) {
      System.err.println("launches that failed: " + String.join("; ", failures));
      System.exit(1);
    }
  }

  /** Goes through all questions once per launch, so that a slow quarter of an hour meets all. */
  private Map<Series, List<List<Measurement>>> measureQuestions() {
    Map<Series, List<List<Measurement>>> found = new LinkedHashMap<>();
    for (Jdk jdk : jdks) {
      for (Question question : options.questions()) {
        for (int threads : question.threads()) {
          found.put(new Series(jdk, question, threads), new ArrayList<>());
        }
      }
    }
    for (int launch = 1; launch <= options.launches(); launch++) {
      for (Map.Entry<Series, List<List<Measurement>>> entry : found.entrySet()) {
        Series series = entry.getKey();
        progress(
            "launch %d of %d, JDK %s: %s"
                .formatted(launch, options.launches(), series.jdk().version(), line(series)));
        try {
          List<Measurement> measurements = launch(series);
          entry.getValue().add(measurements);
          measurements.forEach(one -> progress("    " + Report.plain(one)));
        } catch (IllegalStateException e) {
          // One that fails must not cost the answers to all others.
          failures.add("JDK %s, %s".formatted(series.jdk().version(), line(series)));
          System.err.println(e.getMessage());
        }
      }
    }
    return found;
  }

  private static String line(Series series) {
    return series.question().title()
        + (series.threads() == 1 ? "" : ", %d threads".formatted(series.threads()));
  }

  private List<Measurement> launch(Series series) {
    if (series.question().needsDisk()) {
      Path directory = ScratchDirectory.empty(layout, "disk").resolve("larder");
      return launch(series, "-Dlarder.disk.directory=" + directory);
    }
    if (!series.question().needsRedis()) {
      return launch(series, "-Dquestion.tiers=memory");
    }
    try (LocalRedis redis = new LocalRedis(scheduling.serverPrefix())) {
      return launch(series, "-Dlarder.redis.uri=" + redis.uri());
    }
  }

  private List<Measurement> launch(Series series, String tier) {
    List<String> command =
        new ArrayList<>(scheduling.prefix(series.threads(), series.question().hasHelpers()));
    Optional<Path> configuration =
        series.question().configuration().map(text -> temporary("larder", ".yaml", text));
    command.addAll(
        List.of(
            series.jdk().java(),
            "-XX:ActiveProcessorCount=2",
            "-Xms1g",
            "-Xmx1g",
            // A page of fresh heap costs 1.7 us here, which is 10 ns for each 24 bytes.
            "-XX:+AlwaysPreTouch",
            "-javaagent:" + options.agent(),
            tier,
            configuration.map(file -> "-Dlarder.config=" + file).orElse("-Dquestion=plain"),
            "-cp",
            layout.classPath(),
            Measure.class.getName(),
            series.question().id(),
            Integer.toString(series.threads()),
            Integer.toString(options.rounds())));
    List<String> lines = ChildJvm.run(command);
    List<Measurement> measurements =
        lines.stream().flatMap(line -> Measurement.parse(line).stream()).toList();
    if (measurements.size() < 2) {
      throw new IllegalStateException("no measurements from %s: %s".formatted(command, lines));
    }
    return measurements;
  }

  private static List<Sample> startUps(
      Jdk jdk, List<Application> applications, List<Agent> agents, int rounds) {
    return StartUps.measure(
        jdk.java(),
        applications,
        agents,
        rounds,
        line -> progress("JDK %s: %s".formatted(jdk.version(), line)));
  }

  private List<Application> applications() {
    return List.of(
        new Application(
            Report.HELLO,
            List.of("-cp", layout.classes().toString(), "io.larder.benchmarks.startup.Hello"),
            ""),
        new Application(
            Report.BOOT,
            List.of("-jar", layout.bootApplication().toString(), "--server.port=0"),
            "Started BootShop"));
  }

  private List<Agent> agents() throws IOException {
    return List.of(
        new Agent(Report.NO_AGENT, List.of()),
        new Agent("an empty agent", List.of("-javaagent:" + EmptyAgentJar.write(layout))),
        new Agent(Report.LARDER, List.of("-javaagent:" + options.agent())),
        new Agent(
            Report.RULES,
            List.of("-javaagent:%s=config=%s".formatted(options.agent(), fiftyRules()))),
        new Agent(
            "OpenTelemetry",
            List.of(
                "-javaagent:" + layout.openTelemetry(),
                // Nobody listens; without these it would spend its time on trying to connect.
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=none",
                "-Dotel.logs.exporter=none")));
  }

  /** Names that no application has, as in a file for many services. */
  private static Path fiftyRules() {
    StringBuilder text = new StringBuilder("caches:\n  rules:\n    methods:\n");
    for (int i = 1; i <= 50; i++) {
      text.append(
          "      - com.acme.shop.part%d.PriceDao%d#find(long, String)\n".formatted(i % 7, i));
    }
    return temporary("larder", ".yaml", text.toString());
  }

  private List<LiveRow> weaveLive(Jdk jdk) {
    Path configuration = temporary("larder", ".yaml", LiveWeaving.initialConfiguration());
    Path safepoints = temporary("safepoints", ".log", "");
    List<LiveRow> rows =
        LiveRow.parse(
            ChildJvm.run(
                List.of(
                    jdk.java(),
                    "-Xlog:safepoint:file=" + safepoints,
                    "-javaagent:%s=config=%s;log=warn".formatted(options.agent(), configuration),
                    "-cp",
                    layout.classes().toString(),
                    LiveWeaving.class.getName(),
                    configuration.toString(),
                    safepoints.toString())));
    rows.forEach(row -> progress("    " + row));
    return rows;
  }

  private static Path temporary(String prefix, String suffix, String text) {
    try {
      Path file = Files.createTempFile(prefix, suffix);
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void progress(String line) {
    System.out.println(line);
  }
}
