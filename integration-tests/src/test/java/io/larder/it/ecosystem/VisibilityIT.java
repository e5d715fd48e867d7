package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent's jar stands on the application's class path: only the class that the JVM starts, and
 * what that one needs before it has a loader of its own, may be found there.
 */
class VisibilityIT {

  private static final List<String> LIBRARIES =
      List.of(
          "com.github.benmanes.caffeine.cache.Caffeine",
          "com.google.common.collect.ImmutableList",
          "net.bytebuddy.ByteBuddy",
          "org.jspecify.annotations.NullMarked",
          "org.mapdb.DB",
          "org.objectweb.asm.ClassReader",
          "org.slf4j.Logger",
          "org.slf4j.LoggerFactory",
          "redis.clients.jedis.Jedis");

  private static final String HIDDEN = "larder/";
  private static final String CLASS = ".class";

  @TempDir private Path directory;

  @EachJdk
  void application_withTheAgent_seesNothingOfIt(Jdk jdk) throws IOException {
    List<String> names = new ArrayList<>(LIBRARIES);
    names.addAll(packedClasses());
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Sources.compile("visible", List.of(), classes);
    Path list = Files.write(directory.resolve("names"), names);

    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .classPath(classes, Jvm.annotations())
            .main("com.acme.visible.Main")
            .arguments(list.toString())
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).containsEntry("cached", "224").containsEntry("bodies", "2");
    assertThat(outcome.stdout().lines().filter(line -> line.startsWith("visible"))).isEmpty();
    String loadersTimesNames = String.valueOf(3 * names.size());
    assertThat(outcome.facts())
        .containsEntry("looked", loadersTimesNames)
        .containsEntry("hidden", loadersTimesNames);
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  @Test
  void agentJar_classesInTheOpen_areFewAndOurs() throws IOException {
    assertThat(entries().stream().filter(name -> name.endsWith(CLASS)))
        .hasSizeBetween(1, 10)
        .allSatisfy(name -> assertThat(name).startsWith("io/larder/agent/"));
  }

  @Test
  void agentJar_services_areNone() throws IOException {
    assertThat(entries()).noneMatch(name -> name.startsWith("META-INF/services/"));
  }

  /** All classes of the agent but those that it defines in {@code java.lang} on purpose. */
  private static List<String> packedClasses() throws IOException {
    List<String> classes = new ArrayList<>();
    try (JarFile jar = new JarFile(AgentJar.path().toFile())) {
      for (JarEntry hidden : jar.stream().toList()) {
        if (hidden.getName().startsWith(HIDDEN) && hidden.getName().endsWith(".jar")) {
          try (ZipInputStream in = new ZipInputStream(jar.getInputStream(hidden))) {
            addClasses(in, classes);
          }
        }
      }
    }
    assertThat(classes).hasSizeGreaterThan(300);
    return classes;
  }

  private static void addClasses(ZipInputStream jar, List<String> classes) throws IOException {
    for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
      String name = entry.getName();
      if (name.endsWith(CLASS) && !name.startsWith("java/lang/")) {
        classes.add(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
      }
    }
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(AgentJar.path().toFile())) {
      return jar.stream().map(entry -> entry.getName()).toList();
    }
  }
}
