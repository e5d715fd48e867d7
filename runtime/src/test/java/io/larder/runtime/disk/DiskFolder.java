package io.larder.runtime.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store, as tests copy and damage them. */
final class DiskFolder {

  private DiskFolder() {}

  /** All files of the one place in a directory. */
  static List<Path> files(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * What a JVM that is killed right now leaves: what it wrote to mapped memory is in the files for
   * whoever reads them.
   */
  static Path copyAsKilled(Path directory, Path to) {
    try {
      for (Path each : files(directory)) {
        Path copy = to.resolve(directory.relativize(each).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
      return to;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
