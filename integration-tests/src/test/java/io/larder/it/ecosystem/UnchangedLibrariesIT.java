package io.larder.it.ecosystem;

import static io.larder.it.ecosystem.Unchanged.assertSameAndCached;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Methods of libraries, and of applications that know nothing of Larder, named in a file. */
class UnchangedLibrariesIT {

  @TempDir private static Path classes;

  private static List<Path> libraries = List.of();

  @BeforeAll
  static void compile() {
    libraries = Libraries.of("unchanged");
    Sources.compile("unchanged", libraries, classes);
  }

  @EachJdk
  void jdbcDao_onH2_isCachedAndForgetsWhatIsSaved(Jdk jdk) {
    assertSameAndCached(jdk, jvm -> application(jvm, "Prices"), Map.of("prices", 5L));
  }

  @EachJdk
  void shortestPaths_ofJGraphT_areCachedForEachInstance(Jdk jdk) {
    assertSameAndCached(jdk, jvm -> application(jvm, "Paths"), Map.of("paths", 2L));
  }

  @EachJdk
  void searches_ofLucene_areCachedForEachSearcher(Jdk jdk) {
    assertSameAndCached(jdk, jvm -> application(jvm, "Search"), Map.of("searches", 2L));
  }

  /**
   * Three rounds of two calls each. When a second instance comes, what was stored for the first one
   * goes: that one has to run once more.
   */
  @EachJdk
  void words_ofIcu_areCached(Jdk jdk) {
    assertSameAndCached(
        jdk,
        jvm -> application(jvm, "Words"),
        Map.of("transliterations", 3L, "numbers", 3L, "languages", 4L));
  }

  private static Jvm application(Jvm jvm, String main) {
    return jvm.directory(classes)
        .classPath(classes)
        .classPath(libraries.toArray(Path[]::new))
        .main("com.acme.unchanged." + main);
  }
}
