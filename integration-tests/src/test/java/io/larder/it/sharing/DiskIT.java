package io.larder.it.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.SourceCode;
import io.larder.runtime.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that keep results on disk, end in one way or another, and start again. */
class DiskIT {

  private static final String BACKEND = "io.larder:type=Backend,name=disk";
  private static final String PRODUCTS = "io.larder:type=Cache,name=products";
  private static final String PLACE = "cache";

  @TempDir private Path directory;

  private final List<NodeJvm> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(NodeJvm::close);
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        directory.resolve("larder.yaml"),
        "disk:\n  directory: " + directory.resolve(PLACE) + "\n  maximumBytes: 64MB\n");
  }

  private NodeJvm start(Jdk jdk, String name, @Nullable String redis) throws IOException {
    NodeJvm node =
        NodeJvm.start(
            NodeJvm.of(jdk, name, redis)
                .systemProperty("larder.config", configuration().toString())
                .systemProperty("larder.redis.deadline", "5s") // the machine may be busy
                .systemProperty("larder.caches.products.write", "through"));
    nodes.add(node);
    return node;
  }

  private NodeJvm node(Jdk jdk, String name) throws IOException {
    NodeJvm node = start(jdk, name, /* redis= */ null);
    await().atMost(NodeJvm.SOON).until(() -> node.ask("disk").equals("UP"));
    return node;
  }

  private static void awaitOnDisk(NodeJvm node, int results) {
    await()
        .atMost(NodeJvm.SOON)
        .untilAsserted(() -> assertThat(node.ask("onDisk")).isEqualTo(Integer.toString(results)));
  }

  private static void kill(NodeJvm node) {
    assertThat(node.jvm.handle().destroyForcibly()).isTrue();
    node.jvm.waitFor(NodeJvm.SOON);
  }

  private static void assertQuiet(Outcome outcome) {
    assertThat(outcome.stderr().lines()).allMatch(line -> line.startsWith("[larder] INFO "));
  }

  @EachJdk
  void restart_afterAnExit_isWarm(Jdk jdk) throws IOException {
    NodeJvm before = node(jdk, "a");
    assertThat(before.ask("findMany 200")).isEqualTo("200");
    assertQuiet(before.end()); // what waits is written at the end

    NodeJvm after = node(jdk, "b");
    assertThat(after.ask("findMany 200")).isEqualTo("0");
    assertThat(after.ask("fromDisk")).isEqualTo("200");
    assertThat(after.ask("find 1000")).startsWith("a");
    assertThat(after.ask("find 1")).isEqualTo("b1");
    assertQuiet(after.end());
  }

  @EachJdk
  void restart_afterAKill_isWarm_andNothingInvalidatedComesBack(Jdk jdk) throws IOException {
    NodeJvm before = node(jdk, "a");
    assertThat(before.ask("findMany 200")).isEqualTo("200");
    assertThat(before.ask("branded 1")).isEqualTo("a201");
    assertThat(before.ask("branded 2")).isEqualTo("a202");
    awaitOnDisk(before, 200);
    before.ask("save 1003");
    before.ask("forgetBrand 1");
    kill(before);

    NodeJvm after = node(jdk, "b");
    assertThat(after.ask("findMany 200")).as("the one that was invalidated").isEqualTo("1");
    assertThat(after.ask("find 1003")).isEqualTo("b1");
    assertThat(after.ask("branded 1")).isEqualTo("b2");
    assertQuiet(after.end());
  }

  @EachJdk
  void restart_afterClearAndKill_isCold(Jdk jdk) throws IOException {
    NodeJvm before = node(jdk, "a");
    before.ask("findMany 20");
    awaitOnDisk(before, 20);
    before.ask("clear");
    assertThat(before.ask("update 1001")).isEqualTo("put by a21");
    awaitOnDisk(before, 21);
    kill(before);

    NodeJvm after = node(jdk, "b");
    assertThat(after.ask("findMany 20")).as("all but the one that was put").isEqualTo("19");
    assertThat(after.ask("find 1001")).isEqualTo("put by a21");
  }

  @EachJdk
  void twoJvms_onOneDirectory_haveEachTheirPlace(Jdk jdk) throws IOException {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("findMany 10")).isEqualTo("10");
    assertThat(b.ask("findMany 10")).isEqualTo("10");
    awaitOnDisk(a, 10);
    awaitOnDisk(b, 10);
    try (Stream<Path> places = Files.list(directory.resolve(PLACE))) {
      assertThat(places.map(place -> place.getFileName().toString()))
          .hasSize(2)
          .allMatch(name -> name.matches("jvm-[0-9a-f]+-[12]"));
    }
    assertQuiet(a.end());
    assertQuiet(b.end());
  }

  @EachJdk
  void directory_thatCannotBe_isSaidOnce_andCallsGoOn(Jdk jdk) throws IOException {
    Files.createFile(directory.resolve(PLACE));
    NodeJvm node = start(jdk, "a", /* redis= */ null);
    await().atMost(NodeJvm.SOON).until(() -> node.ask("disk").equals("DOWN"));
    assertThat(node.ask("whyDisk")).contains("is not a directory");
    assertThat(node.ask("find 3")).isEqualTo("a1");
    assertThat(node.ask("find 3")).isEqualTo("a1");
    assertThat(node.ask("findMany 50")).isEqualTo("50");

    assertThat(node.end().larderLines())
        .filteredOn(line -> !line.startsWith("[larder] INFO "))
        .singleElement()
        .asString()
        .startsWith("[larder] WARN ")
        .contains("is not a directory");
  }

  @EachJdk
  void classes_ofAnotherShape_areMisses(Jdk jdk) throws IOException {
    assertThat(priceOf(jdk, "long cents")).isEqualTo("1");
    assertThat(priceOf(jdk, "long cents")).as("the same classes").isEqualTo("0");
    assertThat(priceOf(jdk, "long cents, String currency")).as("one more component").isEqualTo("1");
    assertThat(priceOf(jdk, "long cents, String currency")).isEqualTo("0");
  }

  /** How often an application with this record had to compute a price. */
  private String priceOf(Jdk jdk, String components) throws IOException {
    String source =
        """
        package shop;

        public class Main {
          static int runs;

          public record Price(COMPONENTS) {}

          @io.larder.Cached(name = "prices")
          static Price find(long id) throws Exception {
            runs++;
            Thread.sleep(20);
            return new Price(VALUES);
          }

          public static void main(String[] args) throws Exception {
            find(0);
            while (!io.larder.Larder.tierStatus("disk").get().health().name().equals("UP")) {
              Thread.sleep(10);
            }
            runs = 0;
            find(1);
            System.out.println("runs=" + runs);
          }
        }
        """
            .replace("COMPONENTS", components)
            .replace("VALUES", components.contains(",") ? "5, \"EUR\"" : "5");
    Path classes =
        SourceCode.compile(
            Files.createTempDirectory(directory, "classes"),
            Map.of("shop/Main.java", source),
            "-cp",
            Jvm.annotations().toString());
    return Jvm.of(jdk)
        .agent()
        .systemProperty("larder.config", configuration().toString())
        .classPath(classes, Jvm.annotations())
        .main("shop.Main")
        .run()
        .requireSuccess()
        .fact("runs");
  }

  @EachJdk
  void console_showsTheDisk_andTurnsIt(Jdk jdk) throws IOException, JMException {
    NodeJvm node = node(jdk, "a");
    node.ask("findMany 20");
    awaitOnDisk(node, 20);
    try (Console console = Console.attachTo(node.jvm)) {
      String tier = PRODUCTS + ",tier=disk";
      await().atMost(NodeJvm.SOON).until(() -> console.beans(tier).size() == 1);
      assertThat(console.attribute(BACKEND, "Health")).isEqualTo("UP");
      assertThat((String) console.attribute(BACKEND, "Directory"))
          .startsWith(directory.resolve(PLACE).resolve("jvm-").toString())
          .endsWith("-1");
      assertThat(console.attribute(BACKEND, "EntryCount")).isEqualTo(20L);
      assertThat(console.attribute(BACKEND, "QueueLength")).isEqualTo(0);
      assertThat((Long) console.attribute(BACKEND, "SegmentCount")).isPositive();
      assertThat((Long) console.attribute(BACKEND, "FileBytes"))
          .isBetween(1L, (Long) console.attribute(BACKEND, "MaximumBytes"));
      assertThat((String) console.invoke(BACKEND, "check")).isNotEmpty();
      assertThat((String) console.invoke(BACKEND, "compact")).isNotEmpty();
      assertThat(console.attribute(tier, "PutCount")).isEqualTo(20L);
      assertThat(console.attribute(tier, "Health")).isEqualTo("UP");

      console.set(tier, "Enabled", false);
      assertThat(console.attribute(tier, "Health")).isEqualTo("OFF");
      assertThat(node.ask("find 1000"))
          .as("memory began anew, and nobody asks the disk")
          .isEqualTo("a21");
      console.set(tier, "Enabled", true);
      console.set(BACKEND, "Enabled", false);
      assertThat(node.ask("disk")).isEqualTo("OFF");
      assertThat((String) console.attribute("io.larder:type=Larder", "Summary"))
          .endsWith(", disk OFF");
      console.set(BACKEND, "Enabled", true);
      assertThat(node.ask("disk")).isEqualTo("UP");
      assertThat(node.ask("find 1001")).startsWith("a").isNotEqualTo("a22");
    }
  }

  @EachJdk
  void besideRedis_anInvalidationElsewhere_reachesTheDisk(Jdk jdk) throws IOException {
    try (RedisServer redis = RedisServer.start()) {
      NodeJvm a = start(jdk, "a", redis.uri());
      NodeJvm b = start(jdk, "b", redis.uri());
      for (NodeJvm each : List.of(a, b)) {
        await().atMost(NodeJvm.SOON).until(() -> each.ask("disk").equals("UP"));
        each.jvm.awaitErrorLine("INFO Results are shared with other JVMs", NodeJvm.SOON);
      }
      assertThat(a.ask("find 3")).isEqualTo("a1");
      awaitOnDisk(a, 1);
      await().atMost(NodeJvm.SOON).untilAsserted(() -> assertThat(b.ask("find 3")).isEqualTo("a1"));

      b.ask("save 3");
      assertThat(b.ask("find 3")).isEqualTo("b1");
      await().atMost(NodeJvm.SOON).untilAsserted(() -> assertThat(a.ask("find 3")).isEqualTo("b1"));
      assertThat(a.ask("fromDisk")).isEqualTo("0");
      b.end();
      a.end();
    }
  }
}
