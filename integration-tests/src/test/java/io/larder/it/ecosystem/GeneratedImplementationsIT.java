package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.docs.Page;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Interfaces whose implementation is made when the application runs, named in {@code larder.yaml}
 * as the page on frameworks has it.
 */
class GeneratedImplementationsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static Path classes;

  private static List<Path> libraries = List.of();

  @TempDir private Path directory;

  @BeforeAll
  static void compile() {
    libraries = Libraries.of("generated");
    Sources.compile("generated", libraries, classes);
  }

  @EachJdk
  void proxies_namedByTheirInterface_areCached(Jdk jdk) throws IOException {
    Outcome without = application(jdk, "Proxies").run().requireSuccess();
    configure(page("## A proxy of the JDK"));
    Outcome with = application(jdk, "Proxies").agent().run().requireSuccess();

    for (String same :
        List.of(
            "found",
            "currencies",
            "streams",
            "required",
            "saved",
            "other",
            "sameClass",
            "thrown",
            "object",
            "discounts",
            "lambda")) {
      assertThat(with.fact(same)).as(same).isEqualTo(without.fact(same));
    }
    assertThat(without.fact("calls")).isEqualTo("12");
    assertThat(with.fact("calls")).isEqualTo("7");
    assertThat(with.fact("rates.statistics")).matches("[1-9]\\d* hits, \\d+ misses");
    assertThat(with.larderLines()).noneMatch(line -> line.contains("WARN"));
  }

  @EachJdk
  void proxies_ofInterfacesThatAreNotPublic_areCached(Jdk jdk) throws IOException {
    configure(
        """
        caches:
          rates:
            methods:
              - com.acme.generated.Proxies$Discounts+#of
        """);
    Outcome outcome = application(jdk, "Proxies").agent().run().requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("discounts", "3 3")
        .containsEntry("discounts.calls", "1")
        .containsEntry("lambda", "1 2")
        .containsEntry("rates.statistics", "1 hits, 1 misses");
  }

  /** What a rule does that names the interface as if it had bodies, or means a lambda. */
  @Test
  void interfaces_namedWithoutPlus_areRefusedWithTheLineToWrite() throws IOException {
    configure(
        """
        caches:
          rates:
            methods:
              - com.acme.generated.Rates#find
        """);
    Jvm jvm = application(Jdks.current(), "Proxies").agent().arguments("wait");
    try (RunningJvm running = jvm.start()) {
      running.awaitLine("^ready=true", SOON);
      Outcome explained =
          Jvm.of(Jdks.current())
              .jar(AgentJar.path())
              .arguments("explain", Long.toString(running.pid()))
              .run()
              .requireSuccess();
      running.writeLine("");
      Outcome outcome = running.waitFor(SOON).requireSuccess();

      String reason =
          "it is abstract; put + behind the class to name the methods that implement it:"
              + " com.acme.generated.Rates+#find";
      assertThat(outcome.fact("calls")).isEqualTo("12");
      assertThat(outcome.larderLines())
          .contains(
              "[larder] WARN com.acme.generated.Rates#find(String) stays uncached: "
                  + reason
                  + " (larder.yaml:4)");
      assertThat(explained.stdout()).contains("REFUSED", reason);
    }
  }

  @EachJdk
  void myBatisMappers_namedByTheirInterface_areCached(Jdk jdk) throws IOException {
    Outcome without = application(jdk, "MyBatis").run().requireSuccess();
    configure(page("## MyBatis"));
    Outcome with = application(jdk, "MyBatis").agent().run().requireSuccess();

    for (String same : List.of("found", "products", "updated", "foundThen", "ofSessions")) {
      assertThat(with.fact(same)).as(same).isEqualTo(without.fact(same));
    }
    assertThat(without.facts())
        .containsEntry("queries", "5")
        .containsEntry("queriesThen", "7")
        .containsEntry("queriesOfSessions", "3");
    assertThat(with.facts())
        .containsEntry("queries", "3")
        .containsEntry("queriesThen", "4")
        .containsEntry("queriesOfSessions", "1")
        .containsEntry("prices.statistics", "5 hits, 5 misses");
    assertThat(with.larderLines()).noneMatch(line -> line.contains("WARN"));
  }

  @EachJdk
  void feignClients_namedByTheirInterface_areCached(Jdk jdk) throws IOException {
    Outcome without = application(jdk, "FeignClients").run().requireSuccess();
    configure(page("## Feign"));
    Outcome with = application(jdk, "FeignClients").agent().run().requireSuccess();

    for (String same :
        List.of("rates", "saved", "ratesThen", "otherServer", "thrown", "response0", "response1")) {
      assertThat(with.fact(same)).as(same).isEqualTo(without.fact(same));
    }
    assertThat(without.facts()).containsEntry("requests", "2").containsEntry("requestsThen", "5");
    assertThat(with.facts())
        .containsEntry("requests", "1")
        .containsEntry("requestsThen", "3")
        .containsEntry("rates.statistics", "3 hits, 5 misses");
    assertThat(with.larderLines()).noneMatch(line -> line.contains("WARN"));
  }

  @Test
  void feignResponses_named_areRefused() throws IOException {
    configure(
        """
        caches:
          rates:
            methods:
              - com.acme.generated.RatesClient+#rateResponse
        """);
    Outcome outcome = application(Jdks.current(), "FeignClients").agent().run().requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("response0", "1.15")
        .containsEntry("response1", "1.15");
    assertThat(outcome.larderLines())
        .anyMatch(
            line ->
                line.endsWith(
                    "#rateResponse(String) stays uncached: its result, feign.Response, is not"
                        + " cached: an AutoCloseable is an open resource; return what it is read"
                        + " into (larder.yaml:4)"));
  }

  private static String page(String heading) {
    return Page.of("docs/frameworks.md").section(heading).blocks("yaml").get(0);
  }

  private void configure(String yaml) throws IOException {
    Files.writeString(directory.resolve("larder.yaml"), yaml);
  }

  private Jvm application(Jdk jdk, String main) {
    return Jvm.of(jdk)
        .directory(directory)
        .classPath(classes, Jvm.annotations())
        .classPath(libraries.toArray(Path[]::new))
        .main("com.acme.generated." + main);
  }
}
