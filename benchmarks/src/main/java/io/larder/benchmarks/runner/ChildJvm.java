package io.larder.benchmarks.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and returns what it printed. */
final class ChildJvm {

  private static final long LIMIT_MINUTES = 10;

  private ChildJvm() {}

  /**
   * The lines on standard output.
   *
   * @throws IllegalStateException when the program fails or does not end; the text has the command
   *     and what it printed
   */
  static List<String> run(List<String> command) {
    try {
      Path output = Files.createTempFile("larder-benchmark", ".out");
      Path errors = Files.createTempFile("larder-benchmark", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          throw failure(command, "did not end within " + LIMIT_MINUTES + " min", errors);
        }
        if (process.exitValue() != 0) {
          throw failure(command, "ended with " + process.exitValue(), errors);
        }
        return Files.readAllLines(output);
      } finally {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  private static IllegalStateException failure(List<String> command, String what, Path errors)
      throws IOException {
    return new IllegalStateException(
        "%s%n%s%n%s".formatted(what, String.join(" ", command), Files.readString(errors)));
  }
}
