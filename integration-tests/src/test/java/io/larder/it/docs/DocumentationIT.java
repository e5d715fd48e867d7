package io.larder.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.CacheInvalidate;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.Instances;
import io.larder.it.apps.docs.CatalogueExamples;
import io.larder.it.apps.docs.Examples;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import io.larder.it.jvm.SourceCode;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the pages are code that runs, and does what the pages say. */
class DocumentationIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void javaBlocks_ofAllPages_areTheSourcesThatRun() {
    Map<String, List<String>> shown = new TreeMap<>();
    for (Page page : Page.all()) {
      List<String> blocks = page.blocks("java");
      if (!blocks.isEmpty()) {
        shown.put(page.name(), blocks);
      }
    }

    assertThat(shown.keySet())
        .containsExactly(
            "README.md",
            "docs/caching.md",
            "docs/codecs.md",
            "docs/invalidation.md",
            "docs/refresh.md",
            "docs/sharing.md");
    assertThat(shown.get("docs/refresh.md")).containsExactly(Sources.region("Rates.java", "rate"));
    assertThat(shown.get("docs/sharing.md")).containsExactly(Sources.file("SharingAdmin.java"));
    assertThat(shown.get("docs/invalidation.md"))
        .containsExactlyElementsOf(
            Stream.of("key", "when", "tags", "put")
                .map(region -> Sources.region("Catalogue.java", region))
                .toList());
    assertThat(shown.get("README.md")).containsExactly(Sources.file("PriceDao.java"));
    assertThat(shown.get("docs/caching.md"))
        .containsExactly(Sources.region("Keys.java", "keys"), Sources.file("PriceAdmin.java"));
  }

  @EachJdk
  void examples_withTheAgent_doWhatThePagesSay(Jdk jdk) {
    try (RunningJvm jvm = Jvm.of(jdk).agent().testClasses().main(Examples.class).start()) {
      jvm.awaitLine("^ready=true", SOON);
      jvm.writeLine("");
      Outcome outcome = jvm.waitFor(SOON).requireSuccess();

      assertThat(outcome.larderLines()).isEmpty();
      String keys = "io.larder.it.apps.docs.Keys.";
      assertThat(outcome.facts())
          .containsEntry("ratioBefore", "NaN")
          .containsEntry("prices", "42 42 7")
          .containsEntry("queries", "2")
          .containsEntry("hits", "1")
          .containsEntry("ratio", Double.toString(1 / 3.0))
          .containsEntry("intForgotten", "1")
          .containsEntry("forgotten", "1")
          .containsEntry("queriesAfterForgetting", "3 for 49")
          .containsEntry("imported", "1")
          .containsEntry("queriesAfterImport", "5 for 49")
          .containsEntry("everything", "2")
          .containsEntry("queriesAfterAll", "7 for 49")
          .containsEntry("price", "42")
          .containsEntry("discount", "42")
          .containsEntry("keyQueries", "2")
          .containsEntry("caches", "[" + keys + "discount, " + keys + "price, prices]")
          .containsEntry("keyForgotten", "1 1");
    }
  }

  /** Answers, and how often the table was read for them. */
  @EachJdk
  void examplesOfForgettingAndPutting_doWhatThePageSays(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk).agent().testClasses().main(CatalogueExamples.class).run().requireSuccess();

    assertThat(outcome.larderLines()).isEmpty();
    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("find", "chair, 2"),
                Map.entry("rename", "stool table, 1"),
                Map.entry("delete", "null stool, 1"),
                Map.entry("importAll", "stool desk, 3"),
                Map.entry("names", "[stool, desk], 1"),
                Map.entry("refresh", "stool, 1"),
                Map.entry("reserve", "stool, 1"),
                Map.entry("reserve.failed", "sold out"),
                Map.entry("reserve.onFailure", "stool, 1"),
                Map.entry("change", "sofa sofa, 2"),
                Map.entry("change.others", "desk, 0"),
                Map.entry("change.list", "sofa, 1"),
                Map.entry("redesign", "sofa desk, 2"),
                Map.entry("redesign.list", "2, 0"),
                Map.entry("forget", "true false"),
                Map.entry("forget.after", "2 sofa, 1"),
                Map.entry("sell", "17"),
                Map.entry("sell.after", "17, 0"),
                Map.entry("create", "shelf, 0")));
  }

  @EachJdk
  void examplesOfForgettingAndPutting_withoutTheAgent_workUncached(Jdk jdk) {
    assertThat(
            Jvm.of(jdk).testClasses().main(CatalogueExamples.class).run().requireSuccess().facts())
        .containsEntry("find", "chair, 3")
        .containsEntry("sell", "17")
        .containsEntry("sell.after", "20, 1")
        .containsEntry("forget", "false false");
  }

  @Test
  void attributesOfInvalidationAndPut_inTheTables_areThoseOfTheAnnotations() {
    Page page = Page.of("docs/invalidation.md");
    assertThat(attributesIn(page.section("## One result, or all")))
        .isEqualTo(attributesOf(CacheInvalidate.class));
    assertThat(attributesIn(page.section("## Putting"))).isEqualTo(attributesOf(CachePut.class));
  }

  private static Set<String> attributesIn(Page section) {
    return section.table().stream()
        .map(row -> Page.code(row.get(0)).get(0))
        .collect(Collectors.toSet());
  }

  private static Set<String> attributesOf(Class<?> annotation) {
    return Arrays.stream(annotation.getDeclaredMethods())
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  @EachJdk
  void examples_withoutTheAgent_workUncached(Jdk jdk) {
    try (RunningJvm jvm = Jvm.of(jdk).testClasses().main(Examples.class).start()) {
      jvm.awaitLine("^ready=true", SOON);
      jvm.writeLine("");

      assertThat(jvm.waitFor(SOON).requireSuccess().facts())
          .containsEntry("prices", "42 42 7")
          .containsEntry("queries", "3")
          .containsEntry("hits", "-1")
          .containsEntry("forgotten", "0")
          .containsEntry("everything", "0")
          .containsEntry("keyQueries", "4")
          .containsEntry("caches", "[]");
    }
  }

  @Test
  void attributesOfCached_inTheTable_areThoseOfTheAnnotation() {
    Map<String, String> documented = new TreeMap<>();
    for (List<String> row : Page.of("docs/caching.md").table()) {
      String value = row.get(1);
      documented.put(Page.code(row.get(0)).get(0), value.replace("`", ""));
    }
    Map<String, String> declared = new TreeMap<>();
    for (Method attribute : Cached.class.getDeclaredMethods()) {
      Object value = attribute.getDefaultValue();
      declared.put(
          attribute.getName(),
          value instanceof String text
              ? "\"" + text + "\""
              : value instanceof Long number
                  ? String.format("%,d", number).replace(',', '_')
                  : value instanceof String[] texts && texts.length == 0 ? "nothing" : value + "");
    }
    // An empty name stands for one that is made of the class and the method.
    declared.put(
        "name",
        "class and method name, com.acme.PriceDao.find,"
            + " for a nested class com.acme.Shop.Prices.find");

    assertThat(documented).isEqualTo(declared);
  }

  /** The line in the README, letter by letter, from a class of that name. */
  @Test
  void refusal_quotedInTheReadme_isWhatLarderWrites() {
    Path classes =
        SourceCode.compile(
            directory,
            Map.of(
                "com/acme/PriceDao.java",
                """
                package com.acme;
                public class PriceDao {
                  @io.larder.Cached
                  static java.util.stream.Stream<String> all() {
                    return java.util.stream.Stream.of("1 EUR");
                  }
                  @io.larder.Cached
                  static int find() {
                    return 1;
                  }
                  public static void main(String[] arguments) {
                    System.out.println("all=" + all().toList());
                    System.out.println("find=" + find());
                    System.out.println("caches=" + io.larder.Larder.cacheNames());
                  }
                }
                """),
            "-cp",
            Jvm.annotations().toString());
    Outcome outcome =
        Jvm.of(Jdks.current())
            .agent()
            .classPath(classes, Jvm.annotations())
            .main("com.acme.PriceDao")
            .run()
            .requireSuccess();

    List<String> quoted =
        Page.all().stream()
            .flatMap(page -> page.text().lines())
            .map(String::strip)
            .filter(line -> line.startsWith("[larder]"))
            .toList();
    assertThat(quoted).isNotEmpty().isEqualTo(outcome.larderLines());
    assertThat(outcome.facts())
        .containsEntry("all", "[1 EUR]")
        .containsEntry("caches", "[com.acme.PriceDao.find]");
  }

  @Test
  void instances_inTheTable_areTheConstants() {
    List<String> documented =
        Page.of("docs/caching.md").section("## Instances").table().stream()
            .map(row -> Page.code(row.get(0)).get(0))
            .toList();

    assertThat(documented).isEqualTo(Arrays.stream(Instances.values()).map(Enum::name).toList());
  }
}
