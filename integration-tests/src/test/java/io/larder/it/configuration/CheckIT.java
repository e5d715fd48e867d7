package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.SourceCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file would match, without running anything. */
class CheckIT {

  @TempDir private Path directory;

  @Test
  void check_directory_namesTheMethodsOfEachRule() {
    Path file =
        write(
            directory.resolve("larder.yaml"),
            """
            caches:
              prices:
                methods:
                  - com.acme.Dao+#find*
                  - com.acme.*#all
                  - com.acme.PriceDao#fnd
                invalidatedBy: com.acme.PriceDao#save
                putBy: com.acme.PriceDao#save
            exclude: com.acme.PriceDao#findSecret
            """);

    Outcome outcome = check(file, classes());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.stdout())
        .isEqualTo(
            """
            larder.yaml:4: com.acme.Dao+#find*
              com.acme.PriceDao#findSecret() is left alone: larder.yaml leaves it alone
              com.acme.PriceDao#find(long) is cached in "prices"
            larder.yaml:5: com.acme.*#all
              com.acme.PriceDao#all() is refused: its result, java.util.stream.Stream, is not cached: a stream can be consumed only once; return a collection
            larder.yaml:6: com.acme.PriceDao#fnd
              matches nothing here
            larder.yaml:7: com.acme.PriceDao#save
              com.acme.PriceDao#save(long) invalidates "prices"
            larder.yaml:8: com.acme.PriceDao#save
              com.acme.PriceDao#save(long) is refused: it returns nothing that could be cached (void); what is there for its key is forgotten
              com.acme.PriceDao#save(long) invalidates "prices"
            """);
  }

  /** The interface in a library inside, the class beside it, as Spring Boot packs them. */
  @Test
  void check_executableJar_looksIntoItsClassesAndLibraries() throws IOException {
    Path file =
        write(directory.resolve("larder.yaml"), "caches: {prices: {methods: com.acme.Dao+#find}}");
    Path classes = classes();
    Path jar =
        Files.write(
            directory.resolve("service.jar"),
            jarOf(
                Map.of(
                    "BOOT-INF/classes/", new byte[0],
                    "BOOT-INF/classes/com/acme/PriceDao.class", read(classes, "PriceDao"),
                    "BOOT-INF/lib/dao.jar",
                        jarOf(Map.of("com/acme/Dao.class", read(classes, "Dao"))))));
    Files.createDirectory(directory.resolve("empty"));

    Outcome outcome = check(file, jar, directory.resolve("empty"));
    assertThat(outcome.requireSuccess().stdout())
        .isEqualTo(
            """
            larder.yaml:1: com.acme.Dao+#find
              com.acme.PriceDao#find(long) is cached in "prices"
            """);
    assertThat(check(file, directory.resolve("*")).stdout()).isEqualTo(outcome.stdout());
  }

  @Test
  void check_wrongFile_saysAllThatIsWrong() {
    Outcome outcome = check(write(directory.resolve("my.yaml"), "tll: 5m\nlog: inf\n"), directory);

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.stdout().lines()).hasSize(2).allMatch(line -> line.startsWith("my.yaml:"));
    assertThat(check(directory.resolve("gone.yaml"), directory).stderr())
        .isEqualTo("there is no " + directory.resolve("gone.yaml") + "\n");
  }

  private static Outcome check(Path file, Path... classPath) {
    StringBuilder entries = new StringBuilder();
    for (Path entry : classPath) {
      entries.append(entries.isEmpty() ? "" : java.io.File.pathSeparator).append(entry);
    }
    return Jvm.of(Jdks.current())
        .jar(AgentJar.path())
        .arguments("check", file.toString(), "--classpath", entries.toString())
        .run();
  }

  private Path classes() {
    return SourceCode.compile(
        directory.resolve("classes"),
        Map.of(
            "com/acme/Dao.java",
            """
            package com.acme;
            public interface Dao {
              int find(long id);
            }
            """,
            "com/acme/PriceDao.java",
            """
            package com.acme;
            public class PriceDao implements Dao {
              public int find(long id) { return 1; }
              private int findSecret() { return 2; }
              java.util.stream.Stream<String> all() { return java.util.stream.Stream.of(); }
              void save(long id) {}
            }
            """));
  }

  private static byte[] read(Path classes, String name) throws IOException {
    return Files.readAllBytes(classes.resolve("com/acme/" + name + ".class"));
  }

  private static byte[] jarOf(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : new LinkedHashMap<>(entries).entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return bytes.toByteArray();
  }
}
