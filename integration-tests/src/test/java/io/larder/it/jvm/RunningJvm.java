package io.larder.it.jvm;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A started JVM whose output is captured. Closing destroys that process, those that it started and
 * no other; a JVM that has ended may be closed as well.
 */
public final class RunningJvm implements AutoCloseable {

  private final String command;
  private final Process process;
  private final BufferedWriter stdin;
  private final Capture stdout;
  private final Capture stderr;

  RunningJvm(String command, Process process) {
    this.command = command;
    this.process = process;
    this.stdin = process.outputWriter();
    this.stdout = new Capture("stdout-of-" + process.pid(), process.getInputStream());
    this.stderr = new Capture("stderr-of-" + process.pid(), process.getErrorStream());
  }

  public long pid() {
    return process.pid();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Waits for a line of standard output in which the regular expression is found. Searches behind
   * the line found last, so that lines are found in their order.
   */
  public Matcher awaitLine(String regex, Duration atMost) {
    return await(stdout, "stdout", regex, atMost);
  }

  /** Waits for a line of standard error, as {@link #awaitLine} does. */
  public Matcher awaitErrorLine(String regex, Duration atMost) {
    return await(stderr, "stderr", regex, atMost);
  }

  private Matcher await(Capture capture, String name, String regex, Duration atMost) {
    try {
      return capture
          .await(Pattern.compile(regex), atMost)
          .orElseThrow(
              () ->
                  new AssertionError(
                      "No line like \""
                          + regex
                          + "\" on "
                          + name
                          + " within "
                          + atMost
                          + " of "
                          + soFar()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for \"" + regex + "\"", interrupted);
    }
  }

  /** Writes a line to the standard input. */
  public void writeLine(String line) {
    try {
      stdin.write(line);
      stdin.write('\n');
      stdin.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write to the standard input of " + soFar(), failure);
    }
  }

  /** Waits for the end; fails, and destroys the process, when it takes longer. */
  public Outcome waitFor(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        String dump = ThreadDump.of(process);
        close();
        throw new AssertionError("Not ended within " + atMost + ": " + soFar() + dump);
      }
      stdout.awaitEnd();
      stderr.awaitEnd();
      return new Outcome(command, process.exitValue(), stdout.text(), stderr.text());
    } catch (InterruptedException interrupted) {
      close();
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for the end of " + command, interrupted);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Outcome soFar() {
    return new Outcome(
        command, process.isAlive() ? -1 : process.exitValue(), stdout.text(), stderr.text());
  }
}
