package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An executable jar of Spring Boot, whose classes come from a loader that reads nested jars. */
class SpringBootIT {

  @TempDir private static Path directory;

  private static Path jar = Path.of("");
  private static Path plainJar = Path.of("");

  @BeforeAll
  static void pack() throws IOException {
    List<Path> libraries = Libraries.of("spring-boot");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Sources.compile("boot", libraries, classes);
    List<Path> nested = new ArrayList<>(libraries);
    nested.add(Jvm.annotations());
    jar = BootJar.pack(directory.resolve("boot.jar"), "com.acme.boot.Main", classes, nested);

    Path plain = Files.createDirectory(directory.resolve("plain"));
    Sources.compile("plain", libraries, plain);
    plainJar =
        BootJar.pack(directory.resolve("plain.jar"), "com.acme.plain.Main", plain, libraries);
  }

  @EachJdk
  void services_withTheAgent_areCached(Jdk jdk) {
    Outcome outcome = Jvm.of(jdk).agent().jar(jar).run().requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("loader", "org.springframework.boot.loader.launch.LaunchedClassLoader")
        .containsEntry("catalogue", "product 7, product 7, product 8")
        .containsEntry("catalogue.bodies", "2")
        .containsEntry("prices", "21.00, 21.00, 24.00")
        .containsEntry("prices.bodies", "2")
        .containsEntry("prices.intercepted", "3");
    assertThat(outcome.fact("prices.class")).startsWith("Prices$$SpringCGLIB$$");
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR", "Exception");
  }

  @EachJdk
  void service_namedInTheFile_isCached(Jdk jdk) {
    Unchanged.assertSameAndCached(
        jdk,
        jvm ->
            jvm.directory(directory.resolve("plain"))
                .option("-Dspring.main.log-startup-info=false", "-Dspring.main.banner-mode=off")
                .jar(plainJar),
        Map.of("names", 2L));
  }

  @EachJdk
  void services_withTheAgentSwitchedOff_areNotCached(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .systemProperty("larder.enabled", "false")
            .jar(jar)
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("catalogue", "product 7, product 7, product 8")
        .containsEntry("catalogue.bodies", "3")
        .containsEntry("prices", "21.00, 21.00, 24.00")
        .containsEntry("prices.bodies", "3");
  }
}
