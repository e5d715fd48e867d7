package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.LARDER;
import static io.larder.it.configuration.ShopJvm.SOON;
import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.io.TempDir;

/** What a change of each setting does while the application runs, as the table of settings says. */
class HotSettingsIT {

  private static final String SHOP = "io.larder.it.apps.configuration.Shop";
  private static final String CACHE = "io.larder:type=Cache,name=";

  @TempDir private Path directory;

  @EachJdk
  void policy_changed_actsOnWhatIsStored(Jdk jdk) {
    try (ShopJvm shop = start(jdk, policy(""));
        Console console = console(shop)) {
      shop.ask("slows 50");
      await().atMost(SOON).until(() -> !console.beans(CACHE + "slow").isEmpty());
      assertThat(console.attribute(CACHE + "slow", "MemoryEntries")).isEqualTo(50L);

      apply(console, policy("maximumEntries: 5"));
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(console.attribute(CACHE + "slow", "MemoryEntries")).isEqualTo(5L));

      apply(console, policy("maximumBytes: 64KB"));
      assertThat(console.attribute(CACHE + "slow", "MaximumBytes")).isEqualTo("64KB");
      assertThat(console.attribute(CACHE + "slow", "MaximumEntries")).isEqualTo(10_000L);

      apply(console, "defaults: {ttl: 3m, waitAtMost: 250ms}\n" + policy("waitAtMost: 2s"));
      assertThat(console.attribute(CACHE + "slow", "Ttl")).isEqualTo("3m");
      assertThat(setting(console, "waitAtMost")).contains("2s").contains("larder.yaml:3");

      int before = bodies(shop.ask("slow 4"));
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before);
      apply(console, policy("enabled: false"));
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 1);
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 2);
      apply(console, policy("enabled: true"));
      assertThat(bodies(shop.ask("slow 4")))
          .as("what was stored is forgotten")
          .isEqualTo(before + 3);
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 3);

      apply(console, "enabled: false\n" + policy(""));
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 4);
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 5);
      apply(console, policy(""));
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 6);
      assertThat(bodies(shop.ask("slow 4"))).isEqualTo(before + 6);

      apply(console, policy("ttl: 250ms"));
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(400))
          .until(() -> bodies(shop.ask("slow 4")) > before + 6);

      apply(console, "management: read-only\n" + policy(""));
      assertThat(console.attribute(LARDER, "ManagementMode")).isEqualTo("full");
    }
  }

  @EachJdk
  void methods_changed_inALoadedClass(Jdk jdk) {
    try (ShopJvm shop = start(jdk, method("greet", "key: user.id"));
        Console console = console(shop)) {
      assertThat(shop.ask("greet 1 Ada")).isEqualTo("Hello Ada 3 1");
      assertThat(shop.ask("greet 1 Eve")).isEqualTo("Hello Ada 3 1");
      apply(console, method("greet", "key: user.name"));
      assertThat(shop.ask("greet 1 Eve")).as("forgotten").isEqualTo("Hello Eve 3 2");
      assertThat(shop.ask("greet 2 Eve")).isEqualTo("Hello Eve 3 2");
      apply(console, method("greet", "key: user.id"));
      assertThat(shop.ask("greet 1 Bob")).as("forgotten before").isEqualTo("Hello Bob 3 3");

      apply(console, method("search", ""));
      assertThat(shop.ask("search -1")).isEqualTo("[] 1");
      assertThat(shop.ask("search -1")).isEqualTo("[] 1");
      apply(console, method("search", "unless: result.empty"));
      assertThat(shop.ask("search -2")).isEqualTo("[] 2");
      assertThat(shop.ask("search -2")).isEqualTo("[] 3");
      assertThat(shop.ask("search 2")).isEqualTo("[2] 4");
      assertThat(shop.ask("search 2")).isEqualTo("[2] 4");

      String stock = method("stock", "");
      apply(console, stock);
      assertThat(shop.ask("stock 1")).isEqualTo("1:10 1");
      shop.ask("deliver");
      assertThat(shop.ask("stock 1")).as("nobody invalidates").isEqualTo("1:10 1");
      apply(console, stock + "    invalidatedBy: " + SHOP + "#deliver\n");
      shop.ask("deliver");
      assertThat(shop.ask("stock 1")).isEqualTo("1:210 2");
      assertThat(shop.ask("stock 1")).isEqualTo("1:210 2");
      apply(console, stock);
      shop.ask("deliver");
      assertThat(shop.ask("stock 1")).as("nobody invalidates again").isEqualTo("1:210 2");

      int annotated = bodies(shop.ask("annotated 5"));
      apply(console, "exclude: " + SHOP + "#annotated");
      assertThat(bodies(shop.ask("annotated 5"))).isEqualTo(annotated + 1);
      assertThat(bodies(shop.ask("annotated 5"))).isEqualTo(annotated + 2);
      apply(console, "");
      assertThat(bodies(shop.ask("annotated 5"))).as("forgotten").isEqualTo(annotated + 3);
      assertThat(bodies(shop.ask("annotated 5"))).isEqualTo(annotated + 3);
    }
  }

  @EachJdk
  void instances_changed_forgetsWhatIsStored(Jdk jdk) {
    String catalogue =
        """
        caches:
          titles:
            methods:
              - method: io.larder.it.apps.configuration.SqlCatalogue#title
                instances: %s
        """;
    try (ShopJvm shop = start(jdk, catalogue.formatted("SEPARATE"));
        Console console = console(shop)) {
      assertThat(shop.ask("title 7 en")).isEqualTo("7 in en 1");
      assertThat(shop.ask("title 7 en")).isEqualTo("7 in en 1");
      apply(console, catalogue.formatted("INTERCHANGEABLE"));
      assertThat(shop.ask("title 7 en")).isEqualTo("7 in en 2");
      assertThat(shop.ask("title 7 en")).isEqualTo("7 in en 2");
    }
  }

  @EachJdk
  void log_changed_decidesWhatIsWrittenFromThenOn(Jdk jdk) {
    try (ShopJvm shop = start(jdk, "log: debug");
        Console console = console(shop)) {
      apply(console, "log: debug\n" + policy(""));
      shop.jvm.awaitErrorLine("DEBUG " + SHOP + "#slow\\(int\\) is cached in \"slow\"", SOON);
      apply(console, "log: warn\n" + method("greet", ""));
      apply(console, "log: warn\n" + policy(""));
      assertThat(shop.end().larderLines())
          .noneMatch(line -> line.contains("version 3"))
          .noneMatch(line -> line.contains("#greet(") || line.contains("version 4"));
    }
  }

  @EachJdk
  void file_deleted_leavesWhatHeld_untilItIsBack(Jdk jdk) throws IOException {
    String text = "watch: 100ms\n" + policy("");
    try (ShopJvm shop = start(jdk, text)) {
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
      Files.delete(file());
      shop.jvm.awaitErrorLine(
          "WARN .*larder.yaml is not there, and what held before still holds\\.", SOON);
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
      write(file(), text + "    ttl: 7m\n");
      shop.jvm.awaitErrorLine("larder.yaml is applied as version 2: cache \"slow\" ", SOON);
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
    }
  }

  private Path file() {
    return directory.resolve("larder.yaml");
  }

  private ShopJvm start(Jdk jdk, String text) {
    write(file(), text);
    return ShopJvm.start(jdk, Jvm.of(jdk).agent().directory(directory));
  }

  /** At once, and however often the file is looked at. */
  private void apply(Console console, String text) {
    write(file(), text);
    assertThat(console.invoke(LARDER, "reloadConfiguration"))
        .asString()
        .satisfiesAnyOf(
            answer -> assertThat(answer).startsWith("larder.yaml is applied as version "),
            answer -> assertThat(answer).isEqualTo("Nothing changed.")); // the watch was first
  }

  private static Console console(ShopJvm shop) {
    shop.ask("annotated 5"); // the beans come soon after the first cache
    Console console = Console.attachTo(shop.jvm);
    await().atMost(SOON).until(() -> !console.beans(LARDER).isEmpty());
    return console;
  }

  private static String policy(String settings) {
    return "caches:\n  slow:\n    methods: " + SHOP + "#slow\n" + indented(4, settings);
  }

  private static String method(String name, String settings) {
    return "caches:\n  "
        + name
        + ":\n    methods:\n      - method: "
        + SHOP
        + "#"
        + name
        + "\n"
        + indented(8, settings);
  }

  private static String indented(int by, String settings) {
    return settings.isEmpty() ? "" : " ".repeat(by) + settings + "\n";
  }

  private static int bodies(String answer) {
    return Integer.parseInt(answer.substring(answer.lastIndexOf(' ') + 1));
  }

  private static String setting(Console console, String name) {
    return ((TabularData) console.attribute(CACHE + "slow", "Settings"))
        .get(new Object[] {name})
        .values()
        .toString();
  }
}
