package io.larder.benchmarks.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How the JVMs that measure are started: on a core of their own with real-time priority where the
 * system grants that, which keeps other programs out of the measured blocks.
 *
 * @param prefix what stands before the command; empty for ordinary scheduling
 */
record Scheduling(List<String> prefix) {

  private static final List<String> REAL_TIME = List.of("chrt", "-r", "1", "taskset", "-c", "1");

  static Scheduling ordinary() {
    return new Scheduling(List.of());
  }

  /** The best this machine offers for one thread. */
  static Scheduling bestAvailable() {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      return ordinary();
    }
    List<String> probe = new ArrayList<>(REAL_TIME);
    probe.add("true");
    try {
      Process process = new ProcessBuilder(probe).redirectErrorStream(true).start();
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? new Scheduling(REAL_TIME) : ordinary();
    } catch (IOException e) {
      return ordinary(); // the programs are not there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ordinary();
    }
  }

  String description() {
    return prefix.isEmpty() ? "ordinary scheduling" : "`" + String.join(" ", prefix) + "`";
  }
}
