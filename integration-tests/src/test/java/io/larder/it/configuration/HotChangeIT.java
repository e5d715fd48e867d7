package io.larder.it.configuration;

import static io.larder.it.configuration.ShopJvm.LARDER;
import static io.larder.it.configuration.ShopJvm.SOON;
import static io.larder.it.configuration.ShopJvm.cache;
import static io.larder.it.configuration.ShopJvm.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import java.nio.file.Path;
import java.util.List;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.io.TempDir;

/** The file is changed while the application runs. */
class HotChangeIT {

  private static final String SQUARES = "io.larder:type=Cache,name=squares";

  private static final String SHOP = "io.larder.it.apps.configuration.Shop#";

  @TempDir private Path directory;

  /** By watching alone, without a console. */
  @EachJdk
  void file_changed_isSeen(Jdk jdk) {
    Path file = write(directory.resolve("larder.yaml"), "watch: 100ms");
    try (ShopJvm shop = start(jdk, file)) {
      assertThat(shop.ask("square 3")).isEqualTo("9 1");
      assertThat(shop.ask("square 3")).isEqualTo("9 2");

      write(file, "watch: 100ms\n" + cache("squares", "square"));
      shop.jvm.awaitErrorLine(
          "larder.yaml is applied as version 2: cache \"squares\" added; 1 method pattern added;"
              + " 1 class woven anew\\.",
          SOON);
      assertThat(shop.ask("square 3")).isEqualTo("9 3");
      assertThat(shop.ask("square 3")).isEqualTo("9 3");

      write(file, "watch: 100ms");
      shop.jvm.awaitErrorLine("larder.yaml is applied as version 3", SOON);
      assertThat(shop.ask("square 3")).isEqualTo("9 4");
      assertThat(shop.ask("square 3")).isEqualTo("9 5");
    }
  }

  @EachJdk
  void policy_changed_keepsWhatIsStored(Jdk jdk) {
    Path file = write(directory.resolve("larder.yaml"), cache("squares", "square", "late"));
    try (ShopJvm shop = start(jdk, file);
        Console console = console(shop)) {
      assertThat(shop.ask("square 3")).isEqualTo("9 1");

      write(file, cache("squares", "square", "late", "slow") + "    ttl: 7m\n");
      assertThat(console.invoke(LARDER, "reloadConfiguration").toString())
          .startsWith(
              "larder.yaml is applied as version 2: cache \"squares\" nothing said -> ttl=7m");

      assertThat(shop.ask("square 3")).isEqualTo("9 1");
      await().atMost(SOON).until(() -> !console.beans(SQUARES).isEmpty());
      assertThat(console.attribute(SQUARES, "Ttl")).isEqualTo("7m");
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
      assertThat(console.invoke(LARDER, "reloadConfiguration")).isEqualTo("Nothing changed.");
    }
  }

  @EachJdk
  void brokenFile_whatHeldStillHolds_andSaysSo(Jdk jdk) {
    Path file = write(directory.resolve("larder.yaml"), cache("squares", "square"));
    try (ShopJvm shop = start(jdk, file);
        Console console = console(shop)) {
      List<String> told = console.notifications(LARDER);
      assertThat(shop.ask("square 3")).isEqualTo("9 1");

      write(file, cache("squares", "square") + "    tll: 7m\n");
      String answer =
          "larder.yaml is not applied, and what held before still holds; 1 problem to mend:\n"
              + "larder.yaml:5:5: unknown setting \"tll\"; did you mean \"ttl\"? Known: enabled,"
              + " ttl, maximumEntries, maximumBytes, waitAtMost, refreshAfter, tiers, codec, version, loadOnce,"
              + " write, methods, invalidatedBy, putBy";
      assertThat(console.invoke(LARDER, "reloadConfiguration")).isEqualTo(answer);

      assertThat(shop.ask("square 3")).isEqualTo("9 1");
      assertThat(((TabularData) console.attribute(LARDER, "ConfigurationHistory")).size()).isOne();
      assertThat(shop.larder("explain").stdout())
          .contains("which is wrong as it is now")
          .contains(answer);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(told).containsExactly("larder.config.failed: WARN " + answer));

      write(file, cache("squares", "square"));
      assertThat(console.invoke(LARDER, "reloadConfiguration")).isEqualTo("Nothing changed.");
      assertThat(shop.larder("explain").stdout()).doesNotContain("wrong");
    }
  }

  @EachJdk
  void versions_areKept_andOneCanBeTakenAgain(Jdk jdk) {
    Path file = write(directory.resolve("larder.yaml"), cache("squares", "square"));
    try (ShopJvm shop = start(jdk, file);
        Console console = console(shop)) {
      write(file, cache("slow", "slow"));
      console.invoke(LARDER, "reloadConfiguration");
      assertThat(history(console, 2))
          .isEqualTo(
              "larder.yaml: cache \"slow\" added; cache \"squares\" removed; 1 method pattern"
                  + " added; 1 method pattern removed; 1 class woven anew");
      assertThat(shop.ask("square 3")).isEqualTo("9 1");
      assertThat(shop.ask("square 3")).isEqualTo("9 2");

      assertThat(console.invoke(LARDER, "rollback", 1).toString())
          .startsWith("rollback to 1 is applied as version 3: ");
      assertThat(shop.ask("square 3")).isEqualTo("9 3");
      assertThat(shop.ask("square 3")).isEqualTo("9 3");
      assertThat(shop.ask("slow 4")).isEqualTo("-4 1");
      assertThat(shop.ask("slow 4")).isEqualTo("-4 2");

      assertThatThrownBy(() -> console.invoke(LARDER, "rollback", 7))
          .hasMessage("there is no version 7; there are: 3, 2, 1");
    }
  }

  /** What was stored without tags would not be found by them, and is forgotten. */
  @EachJdk
  void tagsAndPuts_added_holdAtOnce(Jdk jdk) {
    String methods = "caches:\n  stock:\n    methods:\n      - method: " + SHOP + "stock\n";
    Path file = write(directory.resolve("larder.yaml"), methods);
    try (ShopJvm shop = start(jdk, file);
        Console console = console(shop)) {
      assertThat(shop.ask("stock 1")).isEqualTo("1:10 1");
      shop.ask("deliver");
      assertThat(shop.ask("stock 1")).isEqualTo("1:10 1");

      write(
          file,
          methods
              + "        tags: 'product:{product}'\n"
              + "    invalidatedBy:\n"
              + "      - method: "
              + SHOP
              + "sell\n"
              + "        tags: 'product:{product}'\n"
              + "    putBy:\n"
              + "      - method: "
              + SHOP
              + "restock\n"
              + "        key: product\n");
      assertThat(console.invoke(LARDER, "reloadConfiguration").toString())
          .contains("2 method patterns added; 1 method pattern changed; 1 class woven anew");
      assertThat(shop.ask("stock 1")).isEqualTo("1:110 2");
      assertThat(shop.ask("stock 2")).isEqualTo("2:110 3");
      shop.ask("sell 1");
      assertThat(shop.ask("stock 1")).isEqualTo("1:109 4");
      assertThat(shop.ask("stock 2")).isEqualTo("2:110 4");
      assertThat(shop.ask("restock 2")).isEqualTo("2:209 1");
      assertThat(shop.ask("stock 2")).isEqualTo("2:209 4");

      write(file, methods);
      console.invoke(LARDER, "reloadConfiguration");
      assertThat(shop.ask("stock 1")).isEqualTo("1:209 5");
      shop.ask("sell 1");
      shop.ask("restock 1");
      assertThat(shop.ask("stock 1")).isEqualTo("1:209 5");
    }
  }

  @EachJdk
  void management_inTheFile_holdsFromTheStart(Jdk jdk) {
    Path file =
        write(
            directory.resolve("larder.yaml"),
            "management: read-only\n" + cache("squares", "square"));
    try (ShopJvm shop = start(jdk, file);
        Console console = console(shop)) {
      assertThat(console.attribute(LARDER, "ManagementMode")).isEqualTo("read-only");
      assertThatThrownBy(() -> console.invoke(LARDER, "rollback", 1))
          .hasMessageContaining("management=read-only");
      assertThat(shop.ask("square 3")).isEqualTo("9 1");
    }
  }

  private static String history(Console console, int version) {
    CompositeData row =
        ((TabularData) console.attribute(LARDER, "ConfigurationHistory"))
            .get(new Object[] {version});
    return row.get("source") + ": " + row.get("changes");
  }

  /** Not watched, so that only the console has it read. */
  private ShopJvm start(Jdk jdk, Path file) {
    return ShopJvm.start(jdk, Jvm.of(jdk).agent().directory(file.getParent()));
  }

  private static Console console(ShopJvm shop) {
    shop.ask("annotated 5"); // the beans come soon after the first cache
    Console console = Console.attachTo(shop.jvm);
    await().atMost(SOON).until(() -> !console.beans(LARDER).isEmpty());
    return console;
  }
}
