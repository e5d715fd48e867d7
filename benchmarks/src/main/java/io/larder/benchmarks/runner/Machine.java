package io.larder.benchmarks.runner;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that measures, as the page describes it. */
final class Machine {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** One line: processors, their model, the operating system. */
  static String description() {
    return "%d processors (%s), %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processorModel(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  /** How many programs wanted a processor in the last minute; negative where unknown. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processorModel() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("model unknown");
    } catch (IOException e) {
      return "model unknown"; // not Linux
    }
  }
}
