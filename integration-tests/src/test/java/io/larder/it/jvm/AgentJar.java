package io.larder.it.jvm;

import java.nio.file.Files;
import java.nio.file.Path;
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
    return jar;
  }
}
