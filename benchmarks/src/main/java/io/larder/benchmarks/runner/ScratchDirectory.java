package io.larder.benchmarks.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory below {@code benchmarks/target} for what a launch keeps on disk. */
final class ScratchDirectory {

  private ScratchDirectory() {}

  /** The directory, absolute and empty. */
  static Path empty(Layout layout, String name) {
    Path directory = layout.target().resolve(name).toAbsolutePath();
    try {
      delete(directory);
      return Files.createDirectories(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot empty " + directory, failure);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
