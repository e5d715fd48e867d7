package io.larder.it.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** The packed agent, as a user gets it. */
public final class AgentJar {

  private static final String PROPERTY = "larder.agent.jar";

  private AgentJar() {}

  /** Where it lies; fails when it was not built. */
  public static Path path() {
    @Nullable String named = System.getProperty(PROPERTY);
    if (named == null) {
      throw new IllegalStateException(
          "System property " + PROPERTY + " is not set; start the tests with: mvn verify");
    }
    Path jar = Path.of(named).normalize();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "The packed agent is missing: " + jar + "; build it with: mvn package -pl agent -am");
    }
    if (!isPacked(jar)) {
      throw new IllegalStateException(
          "Not the packed agent, its manifest has no Premain-Class: "
              + jar
              + "; build it with: mvn package -pl agent -am");
    }
    return jar;
  }

  /** The plain jar of the module has the same name until it is packed. */
  private static boolean isPacked(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest != null && manifest.getMainAttributes().getValue("Premain-Class") != null;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the packed agent: " + jar, failure);
    }
  }
}
