package io.larder.benchmarks.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts an application once and takes the time. */
final class Start {

  private static final long LIMIT_SECONDS = 180;
  private static final double NANOS_PER_MILLI = 1e6;

  private Start() {}

  static Sample once(String java, Application application, Agent agent) {
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(agent.options());
    command.addAll(application.arguments());
    try {
      return application.startedLine().isEmpty()
          ? toItsEnd(command, application, agent)
          : untilStarted(command, application, agent);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting " + application.name(), e);
    }
  }

  /**
   * The shell's {@code time} reports the processor time of a process that has ended to the
   * millisecond; Java can only ask for that of a living one, to ten.
   */
  private static Sample toItsEnd(List<String> command, Application application, Agent agent)
      throws IOException, InterruptedException {
    List<String> timed = new ArrayList<>();
    timed.addAll(List.of("bash", "-c", "TIMEFORMAT='times %3U %3S'; time \"$@\"", "bash"));
    timed.addAll(command);
    long start = System.nanoTime();
    Process process = start(timed);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = reader(process)) {
      reader.lines().forEach(lines::add);
    }
    end(process, application);
    double wall = (System.nanoTime() - start) / NANOS_PER_MILLI;
    String[] times = lines.get(lines.size() - 1).split(" ", -1);
    if (times.length != 3 || !times[0].equals("times") || process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s with %s failed: %s".formatted(application.name(), agent.name(), lines));
    }
    double cpu = (Double.parseDouble(times[1]) + Double.parseDouble(times[2])) * 1000;
    return new Sample(application.name(), agent.name(), wall, cpu);
  }

  private static Sample untilStarted(List<String> command, Application application, Agent agent)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = start(command);
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = reader(process)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.contains(application.startedLine())) {
          double wall = (System.nanoTime() - start) / NANOS_PER_MILLI;
          double cpu = process.info().totalCpuDuration().orElseThrow().toNanos() / NANOS_PER_MILLI;
          return new Sample(application.name(), agent.name(), wall, cpu);
        }
      }
    } finally {
      process.destroy();
      end(process, application);
    }
    throw new IllegalStateException(
        "%s with %s ended before it was up: %s"
            .formatted(application.name(), agent.name(), String.join("\n", lines)));
  }

  /** Starts a program and sees to it that it does not run for ever. */
  private static Process start(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(
            () -> {
              process.descendants().forEach(ProcessHandle::destroyForcibly);
              process.destroyForcibly();
            });
    return process;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void end(Process process, Application application) throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "%s did not end within %d s".formatted(application.name(), LIMIT_SECONDS));
    }
  }
}
