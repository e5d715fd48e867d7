package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.docs.Page;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** Each method that is annotated or named has one state, and the reason in words. */
class ExplainIT {

  private static final Pattern ROW =
      Pattern.compile(
          "^([A-Z]+(?: [A-Z]+)*) +([a-z][^\\n]*?)(?: in \"[^\"]*\")? \\(([^()]*)\\)\\n +(.*)$",
          Pattern.MULTILINE);

  @TempDir private Path directory;

  @EachJdk
  void states_allOfThePage_withTheirReasons(Jdk jdk) {
    Path file =
        write(
            directory.resolve("larder.yaml"),
            """
            caches:
              serving: {methods: Shop#square}
              waiting: {methods: Shop#page}
              off: {enabled: false, methods: Shop#greet}
              nothing: {methods: 'Shop#sqare(int)'}
              refused: {methods: Shop#stream}
              excluded: {methods: Shop#deliver}
              identity: {methods: Shop#identity}
              another: {methods: Shop#slow}
              never: {methods: Shop#search, invalidatedBy: Shop#sell}
              shadowed: {methods: ["Shop#squar*", Shop#annotated]}
              unstored: {methods: [{method: Shop#stock, unless: not result.empty}]}
              put: {putBy: Late#cube}
            exclude: Shop#deliver
            """
                .replace("Shop", "io.larder.it.apps.configuration.Shop")
                .replace("Shop#page", "SqlCatalogue#page")
                .replace("Late#", "io.larder.it.apps.configuration.Shop$Late#"));
    try (ShopJvm shop = ShopJvm.start(jdk, Jvm.of(jdk).agent().directory(file.getParent()))) {
      for (String command :
          new String[] {
            "square 3",
            "square 3",
            "greet 1 Ada",
            "identity 1 Ada",
            "identity 1 Ada",
            "slows 150",
            "rounds 150",
            "stocks 150",
            "late 2"
          }) {
        shop.ask(command);
      }
      Map<String, String> rows = rows(shop.larder("explain").requireSuccess().stdout());

      assertThat(rows)
          .hasEntrySatisfying(
              "SERVING io.larder.it.apps.configuration.Shop#square(int) larder.yaml:2",
              reason -> assertThat(reason).matches("1 hits in 2 calls, \\d+ ms saved"))
          .hasEntrySatisfying(
              "NEVER REUSED io.larder.it.apps.configuration.Shop#search(int) larder.yaml:10",
              reason -> assertThat(reason).startsWith("150 of 150 results were dropped before"))
          .containsEntry(
              "NOT CALLED io.larder.it.apps.configuration.SqlCatalogue#page(long) larder.yaml:3",
              "woven, and not called since")
          .containsEntry(
              "OFF io.larder.it.apps.configuration.Shop#greet(User, int) larder.yaml:4",
              "woven, and its cache or Larder as a whole is switched off")
          .hasEntrySatisfying(
              "NO MATCH io.larder.it.apps.configuration.Shop#sqare(int) larder.yaml:5",
              reason ->
                  assertThat(reason)
                      .startsWith(
                          "no method of a class that is loaded matches; there is"
                              + " io.larder.it.apps.configuration.Shop with square(int), "))
          .hasEntrySatisfying(
              "REFUSED io.larder.it.apps.configuration.Shop#stream(int) larder.yaml:6",
              reason -> assertThat(reason).contains("a stream can be consumed only once"))
          .containsEntry(
              "EXCLUDED io.larder.it.apps.configuration.Shop#deliver() larder.yaml:7",
              "larder.yaml leaves it alone")
          .hasEntrySatisfying(
              "IDENTITY KEYS io.larder.it.apps.configuration.Shop#identity(User) larder.yaml:8",
              reason ->
                  assertThat(reason)
                      .startsWith("io.larder.it.apps.configuration.User has no equals of its own"))
          .containsEntry(
              "ALWAYS ANOTHER KEY io.larder.it.apps.configuration.Shop#slow(int) larder.yaml:9",
              "no two of 150 calls had equal keys")
          .hasEntrySatisfying(
              "NEVER STORED io.larder.it.apps.configuration.Shop#stock(int) larder.yaml:12",
              reason -> assertThat(reason).startsWith("none of 150 calls left a result to store"))
          .containsEntry(
              "INVALIDATES io.larder.it.apps.configuration.Shop#sell(int, String) larder.yaml:10",
              "forgets all results when it returns")
          .containsEntry(
              "PUTS io.larder.it.apps.configuration.Shop$Late#cube(int) larder.yaml:13",
              "stores what it returns")
          .containsEntry(
              "SHADOWED io.larder.it.apps.configuration.Shop#square(int) larder.yaml:11",
              "larder.yaml:2 names the method before")
          .containsEntry(
              "SHADOWED io.larder.it.apps.configuration.Shop#annotated(int) @Cached",
              "larder.yaml:11 overrules the annotation, which holds for what is not said there");
      assertThat(
              Page.of("docs/live.md").section("## Why is this not cached?").table().stream()
                  .map(row -> Page.code(row.get(0)).get(0)))
          .containsExactlyInAnyOrderElementsOf(
              rows.keySet().stream()
                  .map(row -> row.replaceAll(" [a-z].*", ""))
                  .distinct()
                  .toList());
    }
  }

  /** Lines that move because others are added above them are still the same rules. */
  @EachJdk
  void ruleThatMoved_isStillTheOneThatCaches(Jdk jdk) {
    String cache = ShopJvm.cache("squares", "square");
    Path file = write(directory.resolve("larder.yaml"), "watch: 100ms\n" + cache);
    try (ShopJvm shop = ShopJvm.start(jdk, Jvm.of(jdk).agent().directory(file.getParent()))) {
      shop.ask("square 3");
      write(file, "watch: 100ms\n# prices change at night\n" + cache);
      shop.jvm.awaitErrorLine("applied as version 2", ShopJvm.SOON);

      Map<String, String> rows = rows(shop.larder("explain").requireSuccess().stdout());
      assertThat(rows.keySet())
          .contains("SERVING io.larder.it.apps.configuration.Shop#square(int) larder.yaml:6")
          .noneMatch(row -> row.startsWith("NO MATCH"));
      assertThat(shop.ask("square 3")).isEqualTo("9 1");
    }
  }

  /** The reason by state, method and origin. */
  private static Map<String, String> rows(String explanation) {
    Map<String, String> rows = new LinkedHashMap<>();
    Matcher row = ROW.matcher(explanation);
    while (row.find()) {
      rows.put(row.group(1) + " " + row.group(2) + " " + row.group(3), row.group(4));
    }
    return rows;
  }
}
