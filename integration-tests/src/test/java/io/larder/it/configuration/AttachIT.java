package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.cache;
import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.configuration.Load;
import io.larder.it.docs.Page;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Larder comes to a JVM that runs already, and leaves it. */
class AttachIT {

  @TempDir private Path directory;

  @EachJdk
  void attach_explain_detach_andAttachAgain(Jdk jdk) {
    Path file = write(directory.resolve("my.yaml"), cache("squares", "square"));
    try (ShopJvm shop = ShopJvm.start(jdk, Jvm.of(jdk))) {
      assertThat(shop.ask("square 3")).isEqualTo("9 1");
      assertThat(shop.ask("annotated 5")).isEqualTo("5 1");
      assertThat(shop.listed()).contains("Shop").endsWith("without Larder");

      assertThat(shop.larder("attach", file).requireSuccess().stdout())
          .isEqualTo(
              "Larder caches 2 methods, used so far: none; has refused 0; has saved 0 ms;"
                  + " configuration: "
                  + file
                  + ".\n");
      assertThat(shop.ask("square 3")).isEqualTo("9 2");
      assertThat(shop.ask("square 3")).isEqualTo("9 2");
      assertThat(shop.ask("annotated 5")).isEqualTo("5 2");
      assertThat(shop.ask("annotated 5")).isEqualTo("5 2");
      assertThat(shop.listed()).contains("used so far: annotated, squares;");
      assertThat(shop.larder("explain").requireSuccess().stdout())
          .contains(
              "SERVING            io.larder.it.apps.configuration.Shop#square(int) in \"squares\""
                  + " (my.yaml:4)\n                   1 hits in 2 calls, ");

      assertThat(shop.larder("detach").requireSuccess().stdout())
          .isEqualTo("Larder has left this JVM.\n");
      assertThat(shop.ask("square 3")).isEqualTo("9 3");
      assertThat(shop.ask("square 3")).isEqualTo("9 4");
      assertThat(shop.ask("annotated 5")).isEqualTo("5 3");
      assertNothingLeft(jdk, shop);
      assertThat(shop.listed()).endsWith("without Larder");
      assertThat(shop.larder("explain").stdout()).isEqualTo("Larder is not in this JVM.\n");

      shop.larder("attach", file).requireSuccess();
      assertThat(shop.ask("square 3")).isEqualTo("9 5");
      assertThat(shop.ask("square 3")).isEqualTo("9 5");
      shop.end();
    }
  }

  @EachJdk
  void attach_brokenFile_saysWhyAndLeavesNothing(Jdk jdk) {
    Path broken = write(directory.resolve("my.yaml"), "defaults: {tll: 30s}");
    try (ShopJvm shop = ShopJvm.start(jdk, Jvm.of(jdk))) {
      Outcome outcome = shop.larder("attach", broken);

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.stdout()).isEmpty();
      assertThat(outcome.stderr())
          .endsWith(
              "it failed: my.yaml is not applied, and nothing of it holds; 1 problem to mend:\n"
                  + "my.yaml:1:12: unknown setting \"tll\"; did you mean \"ttl\"? Known: ttl,"
                  + " maximumEntries, maximumBytes, waitAtMost, refreshAfter, tiers, codec, version, loadOnce, write\n"
                  + "Nothing was attached.\n");
      assertNothingLeft(jdk, shop);
      assertThat(shop.listed()).endsWith("without Larder");
    }
  }

  /** With an agent that found nothing to do so far, and with one that caches already. */
  @EachJdk
  void attach_whereLarderIs_takesTheFile(Jdk jdk) {
    Path squares = write(directory.resolve("squares.yaml"), cache("squares", "square"));
    Path slow = write(directory.resolve("slow.yaml"), cache("slow", "slow"));
    Path broken = write(directory.resolve("broken.yaml"), "cahces: {}");
    Jvm jvm = Jvm.of(jdk).agent().option("-Dunrelated=1");
    try (ShopJvm shop = ShopJvm.start(jdk, jvm)) {
      assertThat(shop.larder("attach", squares).requireSuccess().stdout())
          .startsWith("Larder is in this JVM already. squares.yaml is applied as version 1: ");
      assertThat(shop.ask("square 3")).isEqualTo("9 1");
      assertThat(shop.ask("square 3")).isEqualTo("9 1");

      Outcome refused = shop.larder("attach", broken);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.stderr())
          .contains("broken.yaml is not applied, and what held before still holds")
          .contains("did you mean \"caches\"?");
      assertThat(shop.ask("square 3")).isEqualTo("9 1");

      assertThat(shop.larder("attach", slow).requireSuccess().stdout())
          .startsWith("Larder is in this JVM already. slow.yaml is applied as version 2: ");
      assertThat(shop.ask("square 3")).isEqualTo("9 2");
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");

      write(slow, cache("squares", "square"));
      shop.jvm.awaitErrorLine("slow.yaml is applied as version 3", ShopJvm.SOON); // is watched
      assertThat(shop.larder("attach").requireSuccess().stdout())
          .startsWith("Larder is in this JVM already. Larder caches ");
    }
  }

  @EachJdk
  void attach_whereLarderFoundNothingToCache_takesTheFile(Jdk jdk) {
    Path file =
        write(
            directory.resolve("my.yaml"),
            "caches: {products: {methods: io.larder.it.apps.configuration.Load#product}}");
    try (RunningJvm jvm = Jvm.of(jdk).agent().testClasses().main(Load.class).start()) {
      jvm.awaitLine("^ready=true", ShopJvm.SOON);
      String pid = Long.toString(jvm.pid());
      assertThat(larder(jdk, "explain", pid)).startsWith("No method is annotated or named");
      assertThat(larder(jdk, "attach", pid, file.toString()))
          .startsWith("Larder is in this JVM already. my.yaml is applied as version 1: ");
      assertThat(larder(jdk, "explain", pid)).contains("Load#product(int) in \"products\"");
      jvm.writeLine("");
      assertThat(jvm.waitFor(ShopJvm.SOON).requireSuccess().facts()).containsEntry("wrong", "0");
    }
  }

  private static String larder(Jdk jdk, String... words) {
    return Jvm.of(jdk).jar(AgentJar.path()).arguments(words).run().requireSuccess().stdout();
  }

  @Test
  void attach_toAJvmThatForbidsIt_saysHow() {
    Jdk newest = Jdks.all().stream().filter(jdk -> jdk.feature() >= 21).findAny().orElse(null);
    if (newest == null) { // of an older JVM there is nothing to say
      return;
    }
    Jvm jvm = Jvm.of(newest).option("-XX:-EnableDynamicAgentLoading");
    try (ShopJvm shop = ShopJvm.start(newest, jvm)) {
      Outcome outcome = shop.larder("attach");

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.stderr())
          .isEqualTo(
              "That JVM does not allow agents to be loaded into it (JEP 451). Start it with"
                  + " -XX:+EnableDynamicAgentLoading, or with -javaagent:larder-agent.jar.\n");
    }
  }

  /** The JDK's attaching would end it with a signal. */
  @Test
  void explain_ofWhatIsNoJvm_leavesItAlone() throws IOException {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Outcome outcome =
          Jvm.of(Jdks.current())
              .jar(AgentJar.path())
              .arguments("explain", Long.toString(other.pid()))
              .run();

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.stderr()).isEqualTo("Process " + other.pid() + " is no JVM.\n");
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void attach_whatIsNoFile_isRefused() throws IOException {
    Path directoryInPlaceOfAFile = Files.createDirectory(directory.resolve("larder.yaml"));
    try (ShopJvm shop = ShopJvm.start(Jdks.current(), Jvm.of(Jdks.current()))) {
      Outcome outcome = shop.larder("attach", directoryInPlaceOfAFile);

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.stderr()).isEqualTo(directoryInPlaceOfAFile + " is no file\n");
    }
  }

  @Test
  void commands_withWrongWords_sayWhatIsRight() {
    for (Map.Entry<String, String> wrong :
        Map.of(
                "atach 1", "unknown command \"atach\"",
                "attach", "attach takes the id of a process and, perhaps, a larder.yaml",
                "attach shop", "the id of a process must be a number: \"shop\"",
                "detach", "detach takes the id of a process",
                "list all", "list takes nothing: all",
                "check", "check takes a larder.yaml")
            .entrySet()) {
      Outcome outcome =
          Jvm.of(Jdks.current())
              .jar(AgentJar.path())
              .arguments(wrong.getKey().split(" ", -1))
              .run();

      assertThat(outcome.exitCode()).as(wrong.getKey()).isEqualTo(2);
      assertThat(outcome.stderr()).startsWith(wrong.getValue() + "\nusage: java -jar");
    }
  }

  @Test
  void commands_areThoseOfThePage() {
    Outcome help = Jvm.of(Jdks.current()).jar(AgentJar.path()).arguments("help").run();

    assertThat(help.requireSuccess().stdout().lines().filter(line -> line.matches("  [a-z].*")))
        .extracting(line -> line.strip().split(" ", 2)[0])
        .containsExactlyInAnyOrderElementsOf(
            Page.of("docs/live.md").table().stream()
                .map(row -> Page.code(row.get(0)).get(0))
                .map(
                    command -> command.replaceFirst("java -jar larder-agent.jar ([\\w-]+).*", "$1"))
                .toList());
  }

  private static void assertNothingLeft(Jdk jdk, ShopJvm shop) {
    String pid = Long.toString(shop.jvm.pid());
    await()
        .atMost(ShopJvm.SOON)
        .untilAsserted(
            () ->
                assertThat(Jvm.runTool(jdk, "jcmd", Map.of(), pid, "Thread.print").stdout())
                    .contains("\"main\"")
                    .doesNotContain("\"larder-"));
    try (Console console = Console.attachTo(shop.jvm)) {
      assertThat(console.beans("io.larder:*")).isEmpty();
    }
  }
}
