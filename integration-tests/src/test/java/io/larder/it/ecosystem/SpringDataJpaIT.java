package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.docs.Page;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that Spring Data implements, in an executable jar, with Hibernate and H2. */
class SpringDataJpaIT {

  @TempDir private static Path directory;

  private static Path jar = Path.of("");

  @BeforeAll
  static void pack() throws IOException {
    List<Path> libraries = new ArrayList<>(Libraries.of("spring-boot"));
    libraries.addAll(Libraries.of("spring-data-jpa"));
    libraries.add(Jvm.annotations());
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Sources.compile("jpa", libraries, classes);
    jar = BootJar.pack(directory.resolve("shop.jar"), "com.acme.shop.Main", classes, libraries);
  }

  @EachJdk
  void repositories_namedByTheirInterface_areCached(Jdk jdk) throws IOException {
    Outcome without = Jvm.of(jdk).jar(jar).run().requireSuccess();
    Outcome with = run(jdk, page());

    assertThat(answers(with)).isEqualTo(answers(without));
    assertThat(without.fact("statements")).isEqualTo("18");
    assertThat(with.facts())
        .containsEntry("statements", "12")
        .containsEntry("titles.statistics", "4 hits, 6 misses")
        .containsEntry("authors.statistics", "2 hits, 1 misses");
    assertThat(with.fact("class")).contains("$Proxy");
    assertThat(with.larderLines()).noneMatch(line -> line.contains("WARN"));
  }

  /** The transaction ends around the method of the bean, in the class that Spring makes of it. */
  @Test
  void invalidation_withoutTheClassAroundTheBean_comesBeforeTheCommit() throws IOException {
    String early = page().replace("com.acme.shop.Shop+#", "com.acme.shop.Shop#");
    Outcome outcome = run(Jdks.current(), early);

    assertThat(outcome.fact("readAfterCommit")).isEqualTo(outcome.fact("readBeforeCommit"));
  }

  /** Why the page says not to cache what is loaded to be changed, or lazily followed. */
  @Test
  void entities_fromTheCache_areDetached() throws IOException {
    String entities =
        """
        caches:
          books:
            methods:
              - com.acme.shop.BookRepository+#findByTitle
              - com.acme.shop.AuthorRepository+#findById
        """;
    Outcome without = Jvm.of(Jdks.current()).jar(jar).arguments("entities").run().requireSuccess();
    Outcome with = run(Jdks.current(), entities, "entities");

    assertThat(without.fact("retitled")).contains("Engines again");
    assertThat(with.fact("retitled")).doesNotContain("Engines again");
    assertThat(without.fact("lazyBooks")).isEqualTo("2");
    assertThat(with.fact("lazyBooks")).isEqualTo("LazyInitializationException");
  }

  @Test
  void streams_named_areRefused() throws IOException {
    String streams =
        """
        caches:
          books:
            methods:
              - com.acme.shop.BookRepository+#findByAuthorName
        """;

    assertThat(run(Jdks.current(), streams).larderLines())
        .anyMatch(
            line ->
                line.endsWith(
                    "#findByAuthorName(String) stays uncached: its result,"
                        + " java.util.stream.Stream, is not cached: a stream can be consumed only"
                        + " once; return a collection (larder.yaml:4)"));
  }

  private static Outcome run(Jdk jdk, String yaml, String... arguments) throws IOException {
    Path workingDirectory = Files.createTempDirectory(directory, "run");
    Files.writeString(workingDirectory.resolve("larder.yaml"), yaml);
    return Jvm.of(jdk)
        .agent()
        .directory(workingDirectory)
        .jar(jar)
        .arguments(arguments)
        .run()
        .requireSuccess();
  }

  private static String page() {
    return Page.of("docs/frameworks.md").section("## Spring Data JPA").blocks("yaml").get(0);
  }

  /** What was found, without what tells the two apart. */
  private static Map<String, String> answers(Outcome outcome) {
    Map<String, String> answers = new TreeMap<>(outcome.facts());
    answers
        .keySet()
        .removeIf(
            name ->
                name.equals("statements") || name.equals("class") || name.endsWith("statistics"));
    assertThat(answers).hasSizeGreaterThan(15);
    return answers;
  }
}
