package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.Probe;
import io.larder.it.apps.platform.HostileErr;
import io.larder.it.apps.platform.Small;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.AppJar;
import io.larder.it.jvm.AppJar.Change;
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

/** Ways to start an application, and where its output goes. */
class CommandLineIT {

  private static final Map<String, String> CACHED = Map.of("square", "49 49", "square.bodies", "1");

  @TempDir private Path directory;

  @EachJdk
  void agentJar_inAwkwardPlaces_isFound(Jdk jdk) throws IOException {
    Path place = Files.createDirectories(directory.resolve("my agents +100% #1!/v;0"));
    AppJar.copy(AgentJar.path(), place.resolve("larder agent.jar"), entry -> Change.KEEP);

    assertCached(Jvm.of(jdk).agent(place.resolve("larder agent.jar")).testClasses());
    assertCached(Jvm.of(jdk).directory(place).agent(Path.of("larder agent.jar")).testClasses());
    assertCached(
        Jvm.of(jdk)
            .agent(Files.createSymbolicLink(directory.resolve("link.jar"), AgentJar.path()))
            .testClasses());
  }

  @EachJdk
  void application_inJarNamedLikeATool_isCached(Jdk jdk) {
    for (String name : List.of("java.shop.jar", "sun.shop.jar", "jdk.shop.jar")) {
      AppJar.of(
          directory.resolve(name),
          Map.of("Main-Class", Small.class.getName(), "Class-Path", Jvm.annotations().toUri() + ""),
          Small.class,
          Probe.class);
      Outcome outcome =
          Jvm.of(jdk).directory(directory).agent().jar(Path.of(name)).run().requireSuccess();

      assertThat(outcome.facts()).as(name).isEqualTo(CACHED);
    }
  }

  @EachJdk
  void log_levels_decideWhatIsWritten(Jdk jdk) {
    Outcome off = small(jdk).agentArguments("log=off").run().requireSuccess();
    Outcome debug = small(jdk).systemProperty("larder.log", "debug").run().requireSuccess();

    assertThat(off.facts()).isEqualTo(CACHED);
    assertThat(off.stderr()).isEmpty();
    assertThat(debug.facts()).isEqualTo(CACHED);
    assertThat(debug.larderLines())
        .contains(
            "[larder] DEBUG "
                + Small.class.getName()
                + "#square(int) is cached in \""
                + Small.class.getName()
                + ".square\"");
  }

  /** Nothing but Larder's own lines may be lost with it. */
  @EachJdk
  void standardError_thatThrows_doesNotReachTheApplication(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk).agent().testClasses().main(HostileErr.class).run().requireSuccess();

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "badKey", "described true described true",
                "badKey.bodies", "2",
                "refused", "1 1",
                "refused.bodies", "2",
                "square", "49 49",
                "square.bodies", "1"));
  }

  @EachJdk
  void otherCollectors_andCompilers_cacheAsWell(Jdk jdk) {
    for (List<String> options :
        List.of(
            List.of("-XX:+UseSerialGC", "-Xint"),
            List.of("-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"),
            List.of("-XX:+UseZGC", "-Xverify:all"),
            List.of("-Xshare:off", "-XX:-UseCompressedOops"))) {
      Outcome outcome = small(jdk).option(options.toArray(String[]::new)).run().requireSuccess();

      assertThat(outcome.facts()).as("%s", options).containsAllEntriesOf(CACHED);
      assertThat(outcome.larderLines()).as("%s", options).isEmpty();
    }
  }

  private static void assertCached(Jvm jvm) {
    Outcome outcome = jvm.main(Small.class).run().requireSuccess();
    assertThat(outcome.facts()).as(outcome.toString()).isEqualTo(CACHED);
    assertThat(outcome.larderLines()).isEmpty();
  }

  private static Jvm small(Jdk jdk) {
    return Jvm.of(jdk).agent().testClasses().main(Small.class);
  }
}
