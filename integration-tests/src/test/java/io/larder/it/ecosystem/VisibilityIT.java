package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's jar stands on the application's class path: only the class that the JVM starts, and
 * what that one needs before it has a loader of its own, may be found there.
 */
class VisibilityIT {

  private static final List<String> HIDDEN =
      List.of(
          "com.github.benmanes.caffeine.cache.Caffeine",
          "com.google.common.collect.ImmutableList",
          "net.bytebuddy.ByteBuddy",
          "net.bytebuddy.agent.builder.AgentBuilder",
          "org.jspecify.annotations.NullMarked",
          "org.mapdb.DB",
          "org.slf4j.Logger",
          "org.slf4j.LoggerFactory",
          "redis.clients.jedis.Jedis",
          "io.larder.bootstrap.LarderLink",
          "io.larder.runtime.call.CallSites",
          "io.larder.runtime.model.Tier",
          "io.larder.runtime.policy.MethodSpec");

  @TempDir private Path classes;

  @EachJdk
  void application_withTheAgent_seesNothingOfIt(Jdk jdk) {
    Sources.compile("visible", List.of(), classes);

    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .classPath(classes, Jvm.annotations())
            .main("com.acme.visible.Main")
            .arguments(HIDDEN.toArray(String[]::new))
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).containsEntry("cached", "224").containsEntry("bodies", "2");
    assertThat(outcome.stdout().lines().filter(line -> line.contains(".")))
        .hasSize(3 * HIDDEN.size())
        .allSatisfy(line -> assertThat(line).endsWith("=hidden"));
  }

  @Test
  void agentJar_classesInTheOpen_areFewAndOurs() throws IOException {
    assertThat(entries().stream().filter(name -> name.endsWith(".class")))
        .hasSizeBetween(1, 10)
        .allSatisfy(name -> assertThat(name).startsWith("io/larder/agent/"));
  }

  @Test
  void agentJar_services_areNone() throws IOException {
    assertThat(entries()).noneMatch(name -> name.startsWith("META-INF/services/"));
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(AgentJar.path().toFile())) {
      return jar.stream().map(entry -> entry.getName()).toList();
    }
  }
}
