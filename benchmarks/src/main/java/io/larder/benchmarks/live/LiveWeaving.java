package io.larder.benchmarks.live;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Weaves methods into this JVM, which has many classes, and takes them out again, by changing the
 * configuration. Started with the agent, a configuration that it may write, and the JVM's log of
 * safepoints in a file; prints a line for each step.
 */
public final class LiveWeaving {

  private static final int CLASSES = 10_000;
  private static final int REPETITIONS = 5;
  private static final Pattern PAUSE = Pattern.compile("Safepoint \"(\\w+)\".*Total:\\s+(\\d+) ns");

  private final Path configuration;
  private final Path safepoints;
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  private LiveWeaving(Path configuration, Path safepoints) {
    this.configuration = configuration;
    this.safepoints = safepoints;
  }

  /** Arguments: the configuration, the log of safepoints. */
  public static void main(String[] arguments) throws Exception {
    LiveWeaving measured = new LiveWeaving(Path.of(arguments[0]), Path.of(arguments[1]));
    ManyClasses classes = new ManyClasses();
    classes.load(CLASSES);
    measured.awaitLarder();
    for (int methods : List.of(1, 100, 1_000)) {
      List<String> names = new ArrayList<>();
      for (int number = 1; number <= methods; number++) {
        names.add(ManyClasses.name(number * (CLASSES / methods)) + "#find(long)");
      }
      for (int i = 0; i < REPETITIONS; i++) {
        measured.step("weave", methods, names);
        measured.step("unweave", methods, List.of());
      }
    }
  }

  /** Its MBean comes a moment after the first class that may have something to cache. */
  private void awaitLarder() throws JMException, InterruptedException {
    Numbered00000.find(1);
    for (int i = 0; i < 300 && !server.isRegistered(larder()); i++) {
      Thread.sleep(100);
    }
  }

  /** What the configuration must say when the JVM starts. */
  public static String initialConfiguration() {
    return configuration(List.of(ManyClasses.name(0) + "#find(long)"));
  }

  private static String configuration(List<String> methods) {
    StringBuilder text = new StringBuilder("watch: off\n");
    if (!methods.isEmpty()) {
      text.append("caches:\n  live:\n    methods:\n");
      methods.forEach(method -> text.append("      - ").append(method).append('\n'));
    }
    return text.toString();
  }

  private void step(String what, int methods, List<String> names) throws JMException, IOException {
    Files.writeString(configuration, configuration(names));
    int before = pauses().size();
    long start = System.nanoTime();
    String answer = reload();
    double millis = (System.nanoTime() - start) / 1e6;
    if (!answer.contains(" applied as version ")) {
      throw new IllegalStateException(answer);
    }
    List<Double> all = pauses();
    double longest =
        all.subList(before, all.size()).stream().mapToDouble(Double::doubleValue).max().orElse(0);
    System.out.println(LiveRow.line(what, methods, CLASSES, millis, longest));
  }

  private static ObjectName larder() throws JMException {
    return new ObjectName("io.larder:type=Larder");
  }

  private String reload() throws JMException {
    return (String) server.invoke(larder(), "reloadConfiguration", new Object[0], new String[0]);
  }

  /** How long the JVM stood still, in milliseconds, each time so far. */
  private List<Double> pauses() throws IOException {
    List<Double> pauses = new ArrayList<>();
    for (String line : Files.readAllLines(safepoints)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        pauses.add(Long.parseLong(pause.group(2)) / 1e6);
      }
    }
    return pauses;
  }
}
