package io.larder.it.ecosystem;

import static io.larder.it.ecosystem.Unchanged.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two web applications of the same classes in embedded Tomcat, cached by one rule of the file, and
 * a new version of one of them that takes over while requests come.
 */
class TomcatIT {

  private static final String CACHES = "io.larder:type=Cache,name=shop.prices,*";

  @TempDir private static Path directory;

  private static List<Path> libraries = List.of();

  @BeforeAll
  static void compile() throws IOException {
    libraries = Libraries.of("tomcat");
    Sources.compile("tomcat", libraries, directory.resolve("server"));
    for (String deployment : List.of("one-1", "one-2", "two-1")) {
      Path classes = Files.createDirectories(directory.resolve(deployment + "/WEB-INF/classes"));
      Sources.compile("shop", libraries, classes);
      Files.writeString(classes.resolve("shop.txt"), deployment);
    }
  }

  @EachJdk
  void webApplications_oneReplacedUnderRequests_keepTheirOwnResults(Jdk jdk) {
    try (RunningJvm jvm = tomcat(Jvm.of(jdk).agent());
        Console console = Console.attachTo(jvm)) {
      assertHit(console);
      jvm.writeLine("");
      jvm.awaitLine("^replaced=true", SOON);
      assertHit(console);
      Outcome outcome = end(jvm);

      assertAnswers(outcome);
      assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR", "SEVERE");
    }
  }

  @Test
  void webApplications_withoutTheAgent_areTheSame() {
    try (RunningJvm jvm = tomcat(Jvm.of(Jdks.current()))) {
      jvm.writeLine("");
      jvm.awaitLine("^replaced=true", SOON);

      assertAnswers(end(jvm));
    }
  }

  private static RunningJvm tomcat(Jvm jvm) {
    RunningJvm started =
        jvm.directory(directory.resolve("server"))
            // Without these Tomcat cannot look for what an application leaves behind.
            .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
            .option("--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED")
            .classPath(directory.resolve("server"))
            .classPath(libraries.toArray(Path[]::new))
            .main("com.acme.tomcat.Main")
            .arguments(
                Stream.of("one-1", "one-2", "two-1")
                    .map(deployment -> directory.resolve(deployment).toString())
                    .toArray(String[]::new))
            .start();
    started.awaitLine("^ready=true", SOON);
    return started;
  }

  private static Outcome end(RunningJvm jvm) {
    jvm.writeLine("");
    return jvm.waitFor(SOON).requireSuccess();
  }

  private static void assertAnswers(Outcome outcome) {
    assertThat(outcome.facts())
        .containsEntry("collected", "true")
        .containsEntry("one", "problem none")
        .containsEntry("two", "problem none");
  }

  /** Two caches of one name, each with its 20 products, and nearly all requests were hits. */
  private static void assertHit(Console console) {
    await().atMost(SOON).until(() -> console.beans(CACHES).size() == 2);
    Map<String, Object> entries =
        console.beans(CACHES).stream()
            .collect(
                Collectors.toMap(bean -> bean, bean -> console.attribute(bean, "MemoryEntries")));
    assertThat(entries.values()).containsExactly(20L, 20L);
    for (String bean : entries.keySet()) {
      assertThat((long) console.attribute(bean, "HitCount")).isGreaterThan(500);
    }
  }
}
