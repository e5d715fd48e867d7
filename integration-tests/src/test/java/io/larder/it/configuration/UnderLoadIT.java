package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.SOON;
import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.configuration.Ledger;
import io.larder.it.apps.configuration.Load;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Methods are woven, changed and unwoven while threads are in them. */
class UnderLoadIT {

  private static final String LOAD = "io.larder.it.apps.configuration.Load";
  private static final String LARDER = "io.larder:type=Larder";
  private static final String ACCOUNTS = "io.larder:type=Cache,name=accounts";

  /** Each puts the methods into another state than the one before. */
  private static final List<String> CHANGES =
      List.of(
          """
          caches:
            products: {methods: Load#product}
          """,
          """
          caches:
            products: {methods: Load#product, ttl: 1m, invalidatedBy: Load#save}
            texts: {methods: "Load#text(int, ..)"}
          """,
          """
          caches:
            products: {methods: Load#product, maximumEntries: 7}
            texts:
              methods:
                - method: Load#text
                  instances: SEPARATE
                  key: [number, prefix]
            sums: {methods: Load#sum}
          """,
          """
          caches:
            sums:
              methods:
                - method: Load#sum
                  key: [0, 2]
                  unless: result > 100
              invalidatedBy:
                - method: Load#save
                  key: [0, 0]
          exclude: Load#product
          """,
          "enabled: false",
          "");

  @TempDir private Path directory;

  @EachJdk
  void weaving_changing_unweaving_andDetaching_neverShows(Jdk jdk) {
    Path file = write(directory.resolve("larder.yaml"), change(0));
    try (RunningJvm jvm = Jvm.of(jdk).testClasses().main(Load.class).start()) {
      jvm.awaitLine("^ready=true", SOON);
      for (int round = 0; round < 2; round++) {
        larder(jdk, jvm, "attach", file.toString());
        try (Console console = Console.attachTo(jvm)) {
          await().atMost(SOON).until(() -> !console.beans(LARDER).isEmpty());
          for (int i = 1; i <= 4 * CHANGES.size(); i++) {
            write(file, change(i % CHANGES.size()));
            assertThat(console.invoke(LARDER, "reloadConfiguration").toString())
                .contains(" is applied as version ");
          }
        }
        larder(jdk, jvm, "detach");
      }
      jvm.writeLine("");

      Outcome outcome = jvm.waitFor(SOON).requireSuccess();
      assertThat(outcome.facts())
          .containsEntry("lost", "0")
          .containsEntry("wrong", "0")
          .containsEntry("failures", "0")
          .containsEntry("several", "true");
      assertThat(outcome.larderLines()).noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
    }
  }

  /**
   * Each reading thread has written before, by a method that invalidates only while it is woven:
   * what was stored before it was unwoven must not be there when it is woven again.
   */
  @EachJdk
  void whatWasWritten_isRead_whetherWovenOrNot(Jdk jdk) {
    String all =
        """
        caches:
          accounts: {methods: Ledger#read, invalidatedBy: [{method: Ledger#write, key: account}]}
          factorials: {methods: Ledger#factorial}
          locked: {methods: Ledger#locked, maximumEntries: 3}
          thrown: {methods: Ledger#throwing}
        """
            .replace("Ledger", Ledger.class.getName());
    String some =
        """
        caches:
          factorials: {methods: Ledger#factorial, ttl: 250ms}
          locked: {methods: Ledger#locked}
        """
            .replace("Ledger", Ledger.class.getName());
    Path file = write(directory.resolve("larder.yaml"), all);
    try (RunningJvm jvm = Jvm.of(jdk).testClasses().main(Ledger.class).start()) {
      jvm.awaitLine("^ready=true", SOON);
      larder(jdk, jvm, "attach", file.toString());
      try (Console console = Console.attachTo(jvm)) {
        await().atMost(SOON).until(() -> !console.beans(ACCOUNTS).isEmpty());
        write(file, some);
        console.invoke(LARDER, "reloadConfiguration");
        for (int i = 0; i < 20; i++) {
          awaitRounds(jvm, 500);
          console.invoke(LARDER, "rollback", i % 2 == 0 ? 1 : 2);
        }
        console.invoke(LARDER, "rollback", 1);
        await()
            .atMost(SOON)
            .until(() -> (long) console.attribute(ACCOUNTS, "InvalidationCount") > 1_000);
        assertThat((long) console.attribute(ACCOUNTS, "HitCount")).isGreaterThan(1_000);
      }
      larder(jdk, jvm, "detach");
      awaitRounds(jvm, 500);
      larder(jdk, jvm, "attach", file.toString());
      awaitRounds(jvm, 500);
      jvm.writeLine("end");

      Outcome outcome = jvm.waitFor(SOON).requireSuccess();
      assertThat(outcome.facts())
          .as(outcome.toString())
          .containsEntry("outdated", "0")
          .containsEntry("wrong", "0")
          .containsEntry("failures", "0");
      assertThat(outcome.larderLines()).noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
    }
  }

  /** Waits until the threads have gone round some more: none of them is stuck. */
  private static void awaitRounds(RunningJvm jvm, long more) {
    long before = rounds(jvm);
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> rounds(jvm) > before + more);
  }

  private static long rounds(RunningJvm jvm) {
    jvm.writeLine("");
    return Long.parseLong(jvm.awaitLine("^rounds=(.*)", SOON).group(1));
  }

  private static String change(int number) {
    return CHANGES.get(number).replace("Load", LOAD);
  }

  private static void larder(Jdk jdk, RunningJvm jvm, String command, String... more) {
    Jvm.of(jdk)
        .jar(AgentJar.path())
        .arguments(command, Long.toString(jvm.pid()))
        .arguments(more)
        .run()
        .requireSuccess();
  }
}
