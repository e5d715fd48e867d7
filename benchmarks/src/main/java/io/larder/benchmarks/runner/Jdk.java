package io.larder.benchmarks.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to measure on.
 *
 * @param home its directory
 * @param version its version, as in {@code 17.0.15}
 */
public record Jdk(Path home, String version) {

  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");

  /** The program that starts a JVM. */
  public String java() {
    return home.resolve("bin").resolve("java").toString();
  }

  /** The feature version, as in {@code 17}. */
  public int feature() {
    return Runtime.Version.parse(version).feature();
  }

  /** The JDK that runs this and, where one is found, a JDK 25. */
  public static List<Jdk> found(Map<String, String> environment) {
    List<Jdk> jdks = new ArrayList<>();
    jdks.add(at(Path.of(System.getProperty("java.home"))));
    if (jdks.get(0).feature() != 25) {
      candidates(environment)
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> Files.isRegularFile(home.resolve("release")))
          .map(Jdk::at)
          .filter(jdk -> jdk.feature() == 25)
          .findFirst()
          .ifPresent(jdks::add);
    }
    return jdks;
  }

  /** The JDK in a directory, by what its file {@code release} says. */
  public static Jdk at(Path home) {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("not a JDK: " + home + " (it has no file \"release\")", e);
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    return new Jdk(home, version);
  }

  private static Stream<Path> candidates(Map<String, String> environment) {
    List<Path> homes = new ArrayList<>();
    String named = environment.get("JAVA_HOME_25");
    if (named != null) {
      homes.add(Path.of(named));
    }
    if (Files.isDirectory(USUAL_PLACE)) {
      try (Stream<Path> listed = Files.list(USUAL_PLACE)) {
        listed.filter(home -> home.toString().contains("25")).sorted().forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot look for a JDK 25 in " + USUAL_PLACE, e);
      }
    }
    return homes.stream();
  }
}
