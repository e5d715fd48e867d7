package io.larder.it.jvm;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** An installed JDK and its feature version, such as 17. */
public record Jdk(Path home, int feature) {

  /** Reads the version of the JDK in a directory from its {@code release} file. */
  static Jdk in(Path home) {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "Not a JDK, its release file cannot be read: " + home, failure);
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    String feature = version.split("[.+-]", 2)[0];
    try {
      return new Jdk(home.toRealPath(), Integer.parseInt(feature));
    } catch (IOException | NumberFormatException failure) {
      throw new IllegalStateException(
          "JAVA_VERSION in the release file of " + home + " is no version: " + version, failure);
    }
  }

  /** The {@code java} launcher. */
  public Path java() {
    return tool("java");
  }

  /** A tool of the {@code bin} directory, such as {@code javac}. */
  public Path tool(String name) {
    return home.resolve("bin").resolve(name);
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
