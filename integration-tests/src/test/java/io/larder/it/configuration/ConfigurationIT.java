package io.larder.it.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.configuration.Shop;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What {@code larder.yaml} makes of an application that was compiled without Larder. */
class ConfigurationIT {

  private static final String SQUARE =
      """
      caches:
        squares:
          methods: io.larder.it.apps.configuration.Shop#square(int)
      """;

  @TempDir private Path directory;

  @EachJdk
  void file_inEachPlace_isFound(Jdk jdk) {
    Path file = write("elsewhere/my.yaml", SQUARE);
    Path working = write("working/larder.yaml", SQUARE).getParent();

    assertThat(squares(shop(jdk).agentArguments("config=" + file))).isEqualTo("9 1");
    assertThat(squares(shop(jdk).systemProperty("larder.config", file.toString())))
        .isEqualTo("9 1");
    assertThat(squares(shop(jdk).environment("LARDER_CONFIG", file.toString()))).isEqualTo("9 1");
    assertThat(squares(shop(jdk).directory(working))).isEqualTo("9 1");
    assertThat(squares(shop(jdk).directory(directory))).isEqualTo("9 2");
  }

  @EachJdk
  void file_inSeveralPlaces_theStrongestHolds(Jdk jdk) {
    Path working = write("working/larder.yaml", SQUARE).getParent();
    Jvm jvm =
        shop(jdk)
            .directory(working)
            .environment("LARDER_CONFIG", write("variable.yaml", SQUARE).toString());
    assertThat(applied(jvm)).containsExactly("variable.yaml");
    jvm.systemProperty("larder.config", write("property.yaml", SQUARE).toString());
    assertThat(applied(jvm)).containsExactly("property.yaml");
    jvm.agentArguments("config=" + write("argument.yaml", SQUARE));
    assertThat(applied(jvm)).containsExactly("argument.yaml");
  }

  @EachJdk
  void patterns_ofAllKinds_reachPrivateStaticFinalAndInheritedMethods(Jdk jdk) {
    Outcome outcome =
        run(
            jdk,
            """
            caches:
              exact:
                methods: io.larder.it.apps.configuration.Shop#square(int)
              wildcards:
                methods: io.larder..configuration.Sql*#ro*(..)
              subtypes:
                methods: io.larder.it.apps.configuration.Catalogue+#*
              own-annotation:
                methods: "@io.larder.it.apps.configuration.Slow"
              nested:
                methods: io.larder.it.apps.configuration.Shop$Late#cube
            """,
            "square 3",
            "square 3",
            "page 7",
            "page 7",
            "title 7 en",
            "title 7 en",
            "title 7 de",
            "author 7",
            "author 7",
            "slow 4",
            "slow 4",
            "late 2",
            "late 2");

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "square", "9 1",
                "page", "page of row 7 1",
                "title", "7 in de 2",
                "author", "author of 7 1",
                "slow", "-4 1",
                "late", "8 1"));
    assertThat(outcome.larderLines()).noneMatch(line -> line.contains(" WARN "));
  }

  @EachJdk
  void key_byNamePositionAndProperty_makesCallsEqual(Jdk jdk) {
    String[] calls = {"greet 1 Ada", "greet 1 Eve", "greet 2 Eve"};
    String cache =
        """
        caches:
          greetings:
            methods:
              - method: io.larder.it.apps.configuration.Shop#greet
                key: %s
        """;

    assertThat(run(jdk, cache.formatted("user.id"), calls).fact("greet"))
        .isEqualTo("Hello Eve 3 2");
    assertThat(run(jdk, cache.formatted("0.name"), calls).fact("greet")).isEqualTo("Hello Eve 3 2");
    assertThat(run(jdk, cache.formatted("[words, user.name, 0.id]"), calls).fact("greet"))
        .isEqualTo("Hello Eve 3 3");
    assertThat(run(jdk, cache.formatted("words"), calls).fact("greet")).isEqualTo("Hello Ada 3 1");
    assertThat(run(jdk, cache.formatted("[]"), calls).fact("greet")).isEqualTo("Hello Ada 3 1");
  }

  @EachJdk
  void unless_holds_theResultIsNotStored(Jdk jdk) {
    String file =
        """
        caches:
          searches:
            methods:
              - method: io.larder.it.apps.configuration.Shop#search
                unless: result.empty
        """;

    assertThat(run(jdk, file, "search -1", "search -1").fact("search")).isEqualTo("[] 2");
    assertThat(run(jdk, file, "search 5", "search 5").fact("search")).isEqualTo("[5] 1");
  }

  @EachJdk
  void invalidatedBy_oneKeyOrAll_isForgottenWhenTheMethodReturns(Jdk jdk) {
    String file =
        """
        caches:
          stock:
            methods: io.larder.it.apps.configuration.Shop#stock
            invalidatedBy:
              - method: io.larder.it.apps.configuration.Shop#sell
                key: product
              - io.larder.it.apps.configuration.Shop#deliver
        """;
    String[] sold = {"stock 1", "stock 2", "sell 1", "stock 2", "stock 1"};
    String[] delivered = {"stock 1", "stock 2", "deliver", "stock 1", "stock 2"};

    assertThat(run(jdk, file, sold).facts())
        .containsEntry("stock", "1:9 3") // and 2 was still there
        .containsEntry("sell", "4 1");
    assertThat(run(jdk, file, delivered).facts()).containsEntry("stock", "2:110 4");
  }

  @EachJdk
  void invalidatedBy_beforeOrOnFailure_isForgottenThen(Jdk jdk) {
    String file =
        """
        caches:
          stock:
            methods: io.larder.it.apps.configuration.Shop#stock
            invalidatedBy:
              - method: io.larder.it.apps.configuration.Shop#spoil
                %s
        """;
    String[] calls = {"stock 1", "spoil 1", "stock 1"};

    assertThat(run(jdk, file.formatted("key: product"), calls).facts())
        .containsEntry("spoil", "spoilt 1:10 1")
        .containsEntry("stock", "1:10 1");
    assertThat(run(jdk, file.formatted("when: before"), calls).facts())
        .containsEntry("spoil", "spoilt 1:0 1")
        .containsEntry("stock", "1:0 2");
    assertThat(run(jdk, file.formatted("onFailure: true"), calls).facts())
        .containsEntry("spoil", "spoilt 1:10 1")
        .containsEntry("stock", "1:0 2");
  }

  @EachJdk
  void tags_ofArgumentsAndResults_areForgottenTogether(Jdk jdk) {
    String file =
        """
        caches:
          stock:
            methods:
              - method: io.larder.it.apps.configuration.Shop#stock
                tags: ["product:{product}", "text:{result}", stock]
            invalidatedBy:
              - method: io.larder.it.apps.configuration.Shop#sell
                tags: %s
        """;
    String[] calls = {"stock 1", "stock 2", "sell 1", "stock 1", "stock 2"};

    assertThat(run(jdk, file.formatted("\"product:{0}\""), calls).fact("stock"))
        .isEqualTo("2:10 3");
    assertThat(run(jdk, file.formatted("[stock, other]"), calls).fact("stock")).isEqualTo("2:9 4");
    assertThat(run(jdk, file.formatted("\"text:2:10\""), calls).fact("stock")).isEqualTo("2:9 3");
    assertThat(run(jdk, file.formatted("\"product:{result}\""), calls).fact("stock"))
        .isEqualTo("2:10 2");
  }

  @EachJdk
  void putBy_result_isThatOfTheNextCall(Jdk jdk) {
    String file =
        """
        caches:
          stock:
            methods: io.larder.it.apps.configuration.Shop#stock
            putBy:
              - method: io.larder.it.apps.configuration.Shop#restock
                %s
        """;
    String[] calls = {"stock 1", "stock 2", "restock 1", "stock 2", "stock 1"};

    for (String setting : List.of("key: product", "key: 0", "resultOf: stock", "unless: []")) {
      assertThat(run(jdk, file.formatted(setting), calls).fact("stock")).isEqualTo("1:110 2");
    }
    assertThat(run(jdk, file.formatted("unless: not result.empty"), calls).fact("stock"))
        .isEqualTo("1:110 3");
    assertThat(run(jdk, file.formatted("resultOf: square"), calls).fact("stock"))
        .isEqualTo("1:110 3");
  }

  @EachJdk
  void file_overrulesAnnotations_andExcludesThem(Jdk jdk) {
    String[] calls = {"annotated 5", "annotated 5"};

    assertThat(run(jdk, "", calls).fact("annotated")).isEqualTo("5 1");
    assertThat(
            run(jdk, "exclude: io.larder.it.apps.configuration.Shop#annotated", calls)
                .fact("annotated"))
        .isEqualTo("5 2");
    assertThat(run(jdk, "caches: {annotated: {enabled: false}}", calls).fact("annotated"))
        .isEqualTo("5 2");
    assertThat(run(jdk, "enabled: false", calls).fact("annotated")).isEqualTo("5 2");
  }

  @EachJdk
  void brokenFile_allProblemsAtOnce_andTheApplicationRuns(Jdk jdk) {
    Outcome outcome =
        run(
            jdk,
            """
            defaults:
              tll: 30s
            caches:
              squares:
                methods: io.larder.it.apps.configuration.Shop.square
                ttl: soon
            """,
            "square 3",
            "square 3",
            "annotated 5",
            "annotated 5");

    assertThat(outcome.facts()).containsEntry("square", "9 2").containsEntry("annotated", "5 1");
    assertThat(outcome.larderLines())
        .containsExactly(
            "[larder] WARN larder.yaml is not applied, and nothing of it holds; 3 problems to mend:",
            "[larder] WARN larder.yaml:2:3: unknown setting \"tll\"; did you mean \"ttl\"? Known:"
                + " ttl, maximumEntries, maximumBytes, waitAtMost, refreshAfter, tiers, codec, version, loadOnce, write",
            "[larder] WARN larder.yaml:5:14: method pattern"
                + " \"io.larder.it.apps.configuration.Shop.square\": no method is named; write"
                + " io.larder.it.apps.configuration.Shop#square",
            "[larder] WARN larder.yaml:6:10: ttl must be a duration such as \"250ms\", \"30s\","
                + " \"5m\", \"2h\", \"1d\" or \"PT30S\", or \"off\": \"soon\"");
  }

  /** Named explicitly, a file that is missing is worth a line; nothing else changes. */
  @EachJdk
  void missingFile_thatIsNamed_isReported(Jdk jdk) {
    Outcome outcome =
        shop(jdk)
            .agentArguments("config=" + directory.resolve("gone.yaml"))
            .arguments("square 3", "annotated 5", "annotated 5")
            .run()
            .requireSuccess();

    assertThat(outcome.fact("annotated")).isEqualTo("5 1");
    assertThat(outcome.larderLines())
        .containsExactly(
            "[larder] WARN "
                + directory.resolve("gone.yaml")
                + " is not there, and nothing of it holds.");
  }

  private Outcome run(Jdk jdk, String file, String... commands) {
    Path working = write("working/larder.yaml", file).getParent();
    return shop(jdk).directory(working).arguments(commands).run().requireSuccess();
  }

  private static String squares(Jvm jvm) {
    return jvm.arguments("square 3", "square 3").run().requireSuccess().fact("square");
  }

  /** The files that Larder says it has applied. */
  private static List<String> applied(Jvm jvm) {
    return jvm.arguments("square 3").run().requireSuccess().larderLines().stream()
        .filter(line -> line.contains(" is applied as version "))
        .map(line -> line.replaceFirst(".* INFO (\\S+) is applied.*", "$1"))
        .toList();
  }

  private static Jvm shop(Jdk jdk) {
    return Jvm.of(jdk).agent().testClasses().main(Shop.class);
  }

  private Path write(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException failure) {
      throw new IllegalStateException("Cannot write " + name, failure);
    }
  }
}
