package io.larder.benchmarks.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How the JVMs that measure are started: with real-time priority where the system grants that,
 * which keeps other programs out of the measured blocks; with one thread on a core of their own.
 *
 * @param priority what stands before the command; empty for ordinary scheduling
 * @param oneCore what stands behind that when one thread measures
 */
record Scheduling(List<String> priority, List<String> oneCore) {

  private static final List<String> REAL_TIME = List.of("chrt", "-r", "1");
  private static final List<String> FIRST_CORE = List.of("taskset", "-c", "0");
  private static final List<String> SECOND_CORE = List.of("taskset", "-c", "1");

  static Scheduling ordinary() {
    return new Scheduling(List.of(), List.of());
  }

  /** The best this machine offers. */
  static Scheduling bestAvailable() {
    Scheduling best = new Scheduling(REAL_TIME, SECOND_CORE);
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return ordinary();
    }
    List<String> probe = new ArrayList<>(best.prefix(1));
    probe.add("true");
    try {
      Process process = new ProcessBuilder(probe).redirectErrorStream(true).start();
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? best : ordinary();
    } catch (IOException e) {
      return ordinary(); // the programs are not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ordinary();
    }
  }

  /** What stands before a command that measures with so many threads. */
  List<String> prefix(int threads) {
    return prefix(threads, /* hasHelpers= */ false);
  }

  /**
   * What stands before a command that measures.
   *
   * @param hasHelpers whether other threads work for those that are measured
   */
  List<String> prefix(int threads, boolean hasHelpers) {
    List<String> prefix = new ArrayList<>(priority);
    if (threads == 1 && !hasHelpers) {
      prefix.addAll(oneCore);
    }
    return prefix;
  }

  /** What stands before the command of a server that the measured thread talks to. */
  List<String> serverPrefix() {
    List<String> prefix = new ArrayList<>(priority);
    if (!priority.isEmpty()) {
      prefix.addAll(FIRST_CORE);
    }
    return prefix;
  }

  String description() {
    return priority.isEmpty()
        ? "ordinary scheduling"
        : "`%s` with one thread, `%s` with two"
            .formatted(String.join(" ", prefix(1)), String.join(" ", prefix(2)));
  }
}
