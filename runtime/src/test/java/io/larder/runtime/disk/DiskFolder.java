package io.larder.runtime.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a store, as tests copy and damage them. */
final class DiskFolder {

  private DiskFolder() {}

  /** All files of the one place in a directory. */
  static List<Path> files(Path directory) {
    while (true) {
      try (Stream<Path> all = Files.walk(directory)) {
        return all.filter(Files::isRegularFile).sorted().toList();
      } catch (UncheckedIOException gone) {
        // A file went while they were listed: once more.
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /**
   * What a JVM that is killed right now leaves: what it wrote to mapped memory is in the files for
   * whoever reads them. Copied again if a file goes meanwhile, as a kill takes no time.
   */
  static Path copyAsKilled(Path directory, Path to) {
    while (!tryCopy(directory, to)) {
      for (Path each : files(to)) {
        delete(each);
      }
    }
    return to;
  }

  private static boolean tryCopy(Path directory, Path to) {
    try {
      for (Path each : files(directory)) {
        Path copy = to.resolve(directory.relativize(each).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Deletes a file. */
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
