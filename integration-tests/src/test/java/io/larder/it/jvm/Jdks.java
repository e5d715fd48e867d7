package io.larder.it.jvm;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JDKs that each test runs on: the one that runs the build, and a JDK 25 where there is one, in
 * {@code JAVA_HOME_25} or at the usual places.
 */
public final class Jdks {

  private static final int NEWEST = 25;

  private static final List<Jdk> ALL = find();

  private Jdks() {}

  /** At least one. */
  public static List<Jdk> all() {
    return ALL;
  }

  /** The JDK that runs the build. */
  public static Jdk current() {
    return ALL.get(0);
  }

  /** Those of {@link #all()} with at least this feature version; may be none. */
  public static List<Jdk> since(int feature) {
    return ALL.stream().filter(jdk -> jdk.feature() >= feature).toList();
  }

  private static List<Jdk> find() {
    Jdk current = Jdk.in(Path.of(System.getProperty("java.home")));
    List<Jdk> found = new ArrayList<>(List.of(current));
    if (current.feature() != NEWEST) {
      newest().ifPresent(found::add);
    }
    if (found.size() == 1 && current.feature() != NEWEST) {
      System.out.printf(
          "No JDK %d found (JAVA_HOME_%d is not set): the tests run on %s only.%n",
          NEWEST, NEWEST, current);
    }
    return List.copyOf(found);
  }

  private static Optional<Jdk> newest() {
    String named = System.getenv("JAVA_HOME_" + NEWEST);
    if (named != null && !named.isBlank()) {
      Jdk jdk = Jdk.in(Path.of(named));
      if (jdk.feature() != NEWEST) {
        throw new IllegalStateException(
            "JAVA_HOME_" + NEWEST + " names a JDK " + jdk.feature() + ": " + named);
      }
      return Optional.of(jdk);
    }
    Path user = Path.of(System.getProperty("user.home"));
    return List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"),
            Path.of("/Library/Java/JavaVirtualMachines"))
        .stream()
        .flatMap(place -> candidates(place).stream())
        .map(Jdk::in)
        .filter(jdk -> jdk.feature() == NEWEST)
        .findFirst();
  }

  private static List<Path> candidates(Path place) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> homes = Files.newDirectoryStream(place, "*" + NEWEST + "*")) {
        for (Path home : homes) {
          Path bundled = home.resolve("Contents/Home");
          Path root = Files.isDirectory(bundled) ? bundled : home;
          if (Files.isReadable(root.resolve("release"))
              && Files.isExecutable(root.resolve("bin/javac"))) {
            found.add(root);
          }
        }
      } catch (IOException unreadable) {
        System.out.printf("Not searched for a JDK %d: %s%n", NEWEST, unreadable);
      }
    }
    found.sort(null);
    return found;
  }
}
