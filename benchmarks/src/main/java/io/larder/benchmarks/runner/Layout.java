package io.larder.benchmarks.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the build put what is measured.
 *
 * @param root the directory of the project
 */
record Layout(Path root) {

  private static final List<String> NAMED_VERSIONS =
      List.of("caffeine", "spring-context", "spring-boot", "jetcache-core");

  Path bootApplication() {
    return only(target(), "larder-benchmarks", "-boot");
  }

  Path openTelemetry() {
    return only(target().resolve("peers"), "opentelemetry-javaagent", "");
  }

  Path classes() {
    return present(target().resolve("classes"));
  }

  Path target() {
    return root.resolve("benchmarks/target");
  }

  /** The class path of the JVMs that measure. */
  String classPath() {
    return classes() + System.getProperty("path.separator") + target().resolve("lib") + "/*";
  }

  /** What is compared with, with versions, as the files are named. */
  List<String> versions() {
    Stream<Path> libraries =
        NAMED_VERSIONS.stream().map(name -> only(target().resolve("lib"), name, ""));
    return Stream.concat(libraries, Stream.of(openTelemetry()))
        .map(file -> file.getFileName().toString().replace(".jar", ""))
        .toList();
  }

  private static Path only(Path directory, String name, String classifier) {
    Pattern pattern = Pattern.compile(name + "-[0-9][^/]*" + classifier + "\\.jar");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> pattern.matcher(file.getFileName().toString()).matches())
          .findFirst()
          .orElseThrow(() -> missing(directory.resolve(name + "-*" + classifier + ".jar")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  private static Path present(Path path) {
    if (!Files.exists(path)) {
      throw missing(path);
    }
    return path;
  }

  private static IllegalStateException missing(Path path) {
    return new IllegalStateException(
        path + " is missing; ./benchmarks/run without --no-build makes it");
  }
}
