package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An application that carries other versions of the libraries that Larder is made of. */
class OtherVersionsIT {

  @TempDir private static Path classes;

  private static List<Path> libraries = List.of();

  @BeforeAll
  static void compile() {
    libraries = Libraries.of("other-versions");
    Sources.compile("versions", libraries, classes);
  }

  @EachJdk
  void application_withTheAgent_usesItsOwnLibraries(Jdk jdk) {
    Outcome outcome = application(jdk).agent().run().requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("caffeine.source", "caffeine-2.9.3.jar")
        .containsEntry("guava.source", "guava-20.0.jar")
        .containsEntry("jedis.source", "jedis-3.10.0.jar")
        .containsEntry("slf4j.source", "slf4j-api-1.7.36.jar")
        .containsEntry("byte-buddy.source", "byte-buddy-1.12.23.jar")
        .containsEntry("caffeine.behaviour", "[key:value, key:EXPLICIT]")
        .containsEntry("slf4j.behaviour", "org.slf4j.impl.SimpleLoggerFactory")
        .containsEntry("cached", "[LARDER] [LARDER]")
        .containsEntry("bodies", "1");
    assertThat(outcome.stderr()).contains("the application's own log line");
    assertThat(outcome.stderr()).doesNotContain("SLF4J:");
    assertThat(outcome.larderLines())
        .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
  }

  @EachJdk
  void application_withAndWithoutTheAgent_saysTheSame(Jdk jdk) {
    Outcome without = application(jdk).run().requireSuccess();
    Outcome with = application(jdk).agent().run().requireSuccess();

    assertThat(without.fact("bodies")).isEqualTo("2");
    assertThat(withoutBodies(with)).isEqualTo(withoutBodies(without));
    assertThat(warnings(with)).isEqualTo(warnings(without));
  }

  private static Map<String, String> withoutBodies(Outcome outcome) {
    Map<String, String> facts = new TreeMap<>(outcome.facts());
    facts.remove("bodies");
    return facts;
  }

  /** What JDK 25 has to say of the application's old libraries; nothing may come to it. */
  private static List<String> warnings(Outcome outcome) {
    return outcome.stderr().lines().filter(line -> line.startsWith("WARNING:")).toList();
  }

  private static Jvm application(Jdk jdk) {
    return Jvm.of(jdk)
        .classPath(classes, Jvm.annotations())
        .classPath(libraries.toArray(Path[]::new))
        .main("com.acme.versions.Main");
  }
}
