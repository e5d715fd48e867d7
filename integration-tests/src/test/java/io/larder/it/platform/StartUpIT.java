package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.platform.EarlyAgent;
import io.larder.it.apps.platform.Hello;
import io.larder.it.apps.platform.OwnLogManager;
import io.larder.it.apps.platform.Retransformed;
import io.larder.it.apps.platform.RetransformingAgent;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import org.junit.jupiter.api.io.TempDir;

class StartUpIT {

  private static final Map<String, String> CACHED = Map.of("square", "49 49", "square.bodies", "1");
  private static final Map<String, String> UNCACHED =
      Map.of("square", "49 49", "square.bodies", "2");

  @TempDir private Path directory;

  private static final String AGENT = "larder/agent.jar";

  @EachJdk
  void nothingToCache_loadsNothingHeavy(Jdk jdk) throws IOException {
    Path log = directory.resolve("classes.txt");
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .option("-Xlog:class+load:file=" + log)
            .testClasses()
            .main(Hello.class)
            .run()
            .requireSuccess();

    assertThat(outcome.stdout()).isEqualTo("hello\n");
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
    assertThat(Files.readString(log))
        .contains(Hello.class.getName(), "io.larder.agent.premain.FirstLook")
        .doesNotContain("io.larder.agent.Installation")
        .doesNotContain("java.util.logging.LogManager")
        .doesNotContain("com.sun.jmx.mbeanserver.JmxMBeanServer")
        .doesNotContainIgnoringCase("bytebuddy")
        .doesNotContainIgnoringCase("caffeine")
        .doesNotContainIgnoringCase("slf4j");
  }

  @EachJdk
  void logManager_setInMain_isKept(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk).agent().testClasses().main(OwnLogManager.class).run().requireSuccess();

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "serversBeforeMain", "0",
                "square", "9 9",
                "square.bodies", "1",
                "manager", "Own"));
  }

  @EachJdk
  void stderr_withAndWithoutUnsafe_hasNoWarning(Jdk jdk) {
    Jvm plain = Jvm.of(jdk).agent().testClasses().main(Small.class);
    if (jdk.feature() >= 24) {
      plain.option("--sun-misc-unsafe-memory-access=deny", "--illegal-native-access=deny");
    }
    Outcome denied = plain.run().requireSuccess();
    Outcome allowed = Jvm.of(jdk).agent().testClasses().main(Small.class).run().requireSuccess();

    assertThat(denied.facts()).isEqualTo(CACHED);
    assertThat(denied.stderr()).doesNotContain("WARN", "ERROR");
    assertThat(allowed.facts()).isEqualTo(CACHED);
    assertThat(allowed.stderr()).doesNotContain("WARN", "ERROR");
  }

  @EachJdk
  void agent_givenTwice_worksOnce(Jdk jdk) {
    Path copy = AppJar.copy(AgentJar.path(), directory.resolve("copy.jar"), entry -> Change.KEEP);
    for (Path second : List.of(AgentJar.path(), copy)) {
      Outcome outcome =
          Jvm.of(jdk).agent().agent(second).testClasses().main(Small.class).run().requireSuccess();

      assertThat(outcome.facts()).isEqualTo(CACHED);
      assertThat(outcome.larderLines())
          .singleElement()
          .asString()
          .isEqualTo(
              "[larder] WARN Larder is in this JVM already, from "
                  + AgentJar.path().toAbsolutePath()
                  + "; this -javaagent does nothing.");
    }
  }

  /** Another agent that stands before ours loads the application's class in its premain. */
  @EachJdk
  void class_loadedBeforeTheAgent_isCached(Jdk jdk) {
    Path early =
        AppJar.of(
            directory.resolve("early.jar"),
            Map.of("Premain-Class", EarlyAgent.class.getName()),
            EarlyAgent.class);
    Outcome outcome =
        Jvm.of(jdk)
            .agent(early)
            .agentArguments(Small.class.getName())
            .agent()
            .testClasses()
            .main(Small.class)
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).containsAllEntriesOf(CACHED).containsEntry("early", "loaded");
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  /** The cache, its entries and its counters outlive each version of the class's bytecode. */
  @EachJdk
  void class_transformedAgainByAnotherAgent_staysCached(Jdk jdk) {
    Path other =
        AppJar.of(
            directory.resolve("other.jar"),
            Map.of(
                "Premain-Class",
                RetransformingAgent.class.getName(),
                "Can-Retransform-Classes",
                "true"),
            RetransformingAgent.class);
    for (Jvm jvm : List.of(Jvm.of(jdk).agent().agent(other), Jvm.of(jdk).agent(other).agent())) {
      Outcome outcome = jvm.testClasses().main(Retransformed.class).run().requireSuccess();

      assertThat(outcome.facts())
          .containsEntry("before", "9 9")
          .containsEntry("after4", "9 225")
          .containsEntry("bodies", "2")
          .containsEntry("hits", "10")
          .containsEntry("forgotten", "1")
          .containsEntry("bodiesThen", "3");
      assertThat(outcome.larderLines()).isEmpty();
    }
  }

  @EachJdk
  void switches_byStrength_decide(Jdk jdk) {
    assertThat(small(jdk).agentArguments("enabled=false").run().requireSuccess().facts())
        .isEqualTo(UNCACHED);
    assertThat(small(jdk).systemProperty("larder.enabled", "false").run().requireSuccess().facts())
        .isEqualTo(UNCACHED);
    assertThat(small(jdk).environment("LARDER_ENABLED", "false").run().requireSuccess().facts())
        .isEqualTo(UNCACHED);
    assertThat(
            small(jdk)
                .agentArguments("enabled=true")
                .systemProperty("larder.enabled", "false")
                .environment("LARDER_ENABLED", "false")
                .run()
                .requireSuccess()
                .facts())
        .isEqualTo(CACHED);
    assertThat(
            small(jdk)
                .systemProperty("larder.enabled", "true")
                .environment("LARDER_ENABLED", "false")
                .run()
                .requireSuccess()
                .facts())
        .isEqualTo(CACHED);
  }

  @EachJdk
  void agent_spoiledJar_applicationRunsUncached(Jdk jdk) throws IOException {
    String premain = premainClass();
    Map<String, Predicate<String>> spoiled = new LinkedHashMap<>();
    spoiled.put("all but the entry", entry -> !entry.equals(premain) && !entry.contains("!"));
    spoiled.put("the hidden jar", AGENT::equals);
    spoiled.put("all that is hidden", entry -> entry.startsWith(AGENT + "!"));
    spoiled.put("the link", entry -> entry.startsWith(AGENT + "!java/lang/"));
    spoiled.put("the runtime", entry -> entry.startsWith(AGENT + "!io/larder/runtime/coordinat"));
    spoiled.put("the weaver", entry -> entry.startsWith(AGENT + "!net/bytebuddy/"));
    spoiled.put("the memory tier", entry -> entry.contains("!com/github/"));
    spoiled.put("its jar", entry -> entry.equals("larder/com.github.benmanes.jar"));
    for (Map.Entry<String, Predicate<String>> part : spoiled.entrySet()) {
      for (Change change : List.of(Change.DROP, Change.CUT)) {
        AtomicInteger changed = new AtomicInteger();
        Path jar =
            AppJar.copy(
                AgentJar.path(),
                directory.resolve("spoiled.jar"),
                entry -> {
                  boolean here = part.getValue().test(entry);
                  changed.addAndGet(here ? 1 : 0);
                  return here ? change : Change.KEEP;
                });
        assertThat(changed).as(part.getKey()).hasPositiveValue();
        Outcome outcome =
            Jvm.of(jdk).agent(jar).testClasses().main(Small.class).run().requireSuccess();

        String what = part.getKey() + ", " + change + ": " + outcome;
        assertThat(outcome.facts()).as(what).isEqualTo(UNCACHED);
        assertThat(outcome.larderLines()).as(what).hasSize(1);
      }
    }
  }

  private static String premainClass() throws IOException {
    try (JarFile jar = new JarFile(AgentJar.path().toFile())) {
      String name = jar.getManifest().getMainAttributes().getValue("Premain-Class");
      return name.replace('.', '/') + ".class";
    }
  }

  private static Jvm small(Jdk jdk) {
    return Jvm.of(jdk).agent().testClasses().main(Small.class);
  }
}
