package io.larder.it.ecosystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars that the build copied for the launched applications. */
final class Libraries {

  private static final String PROPERTY = "larder.it.libs";

  private Libraries() {}

  /** All jars of a set, sorted by name. */
  static List<Path> of(String set) {
    String root = System.getProperty(PROPERTY);
    if (root == null) {
      throw new IllegalStateException(
          "System property " + PROPERTY + " is not set; start the tests with: mvn verify");
    }
    Path directory = Path.of(root, set);
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("No jars in " + directory + "; copy them with: mvn verify", e);
    }
  }

  /** The only jar of a set. */
  static Path only(String set) {
    List<Path> jars = of(set);
    if (jars.size() != 1) {
      throw new IllegalStateException("One jar expected for " + set + ", found " + jars);
    }
    return jars.get(0);
  }
}
