package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.Probe;
import io.larder.it.apps.platform.Small;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.AppJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Class data sharing and ahead-of-time caches hold classes that were loaded without us. */
class ClassDataIT {

  private static final Map<String, String> CACHED = Map.of("square", "49 49", "square.bodies", "1");

  @TempDir private Path directory;

  @EachJdk
  void sharedArchive_dumpedWithoutAgent_methodsAreCached(Jdk jdk) {
    Path archive = directory.resolve("app.jsa");
    small(jdk).option("-XX:ArchiveClassesAtExit=" + archive).run().requireSuccess();
    assertThat(archive).isRegularFile();

    Outcome outcome =
        small(jdk).agent().option("-XX:SharedArchiveFile=" + archive).run().requireSuccess();
    assertThat(outcome.facts()).containsAllEntriesOf(CACHED);
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  /** What the JVM takes from its own archive, it takes from there with us as well. */
  @EachJdk
  void sharedArchive_ofTheJdk_staysInUse(Jdk jdk) {
    Map<String, Boolean> without = loadedClasses(small(jdk));
    Map<String, Boolean> with = loadedClasses(small(jdk).agent());
    List<String> shared =
        without.keySet().stream().filter(without::get).filter(with::containsKey).toList();

    assertThat(shared).hasSizeGreaterThan(300);
    assertThat(shared.stream().filter(name -> !with.get(name))).isEmpty();
  }

  /** Each loaded class, and whether it came from an archive. */
  private static Map<String, Boolean> loadedClasses(Jvm jvm) {
    Pattern line = Pattern.compile("\\[class,load *\\] (\\S+) source: (.*)");
    Map<String, Boolean> loaded = new HashMap<>();
    jvm.option("-Xlog:class+load")
        .run()
        .requireSuccess()
        .stdout()
        .lines()
        .map(line::matcher)
        .filter(Matcher::find)
        .forEach(
            match -> loaded.put(match.group(1), match.group(2).contains("shared objects file")));
    return loaded;
  }

  static Stream<Arguments> aheadOfTime() {
    return Jdks.since(25).stream()
        .flatMap(
            jdk ->
                Stream.of(
                    Arguments.of(jdk, "without agent", List.of()),
                    Arguments.of(
                        jdk, "with java.instrument", List.of("--add-modules", "java.instrument")),
                    Arguments.of(jdk, "with the agent", List.of("-javaagent:" + AgentJar.path()))));
  }

  /**
   * A cache trained without an agent is rejected as a whole by the JVM; one trained with
   * java.instrument has loaded the application's classes before any agent; one trained with us
   * leaves the woven classes out. In each case the methods must be cached.
   */
  @ParameterizedTest(name = "{0} trained {1}", allowZeroInvocations = true)
  @MethodSource("aheadOfTime")
  void aotCache_trained_methodsAreCached(Jdk jdk, String how, List<String> training) {
    Path cache = directory.resolve("app.aot");
    small(jdk)
        .option(training.toArray(String[]::new))
        .option("-XX:AOTCacheOutput=" + cache)
        .run()
        .requireSuccess();
    assertThat(Files.isRegularFile(cache)).as("the JVM wrote its cache, trained %s", how).isTrue();

    Outcome outcome = small(jdk).agent().option("-XX:AOTCache=" + cache).run().requireSuccess();
    assertThat(outcome.facts()).containsAllEntriesOf(CACHED);
    assertThat(outcome.stderr()).doesNotContain("WARNING");
    assertThat(outcome.larderLines()).noneMatch(line -> line.contains("ERROR"));
  }

  /** From a jar, because only classes of jars can be shared. */
  private Jvm small(Jdk jdk) {
    Path jar = directory.resolve("small.jar");
    if (!Files.exists(jar)) {
      AppJar.of(jar, Small.class, Probe.class);
    }
    return Jvm.of(jdk).classPath(jar, Jvm.annotations()).main(Small.class);
  }
}
