package io.larder.it.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.runtime.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;

/** Several JVMs share results over one Redis. */
class SharingIT {

  private static final String BACKEND = "io.larder:type=Backend,name=redis";
  private static final String PRODUCTS = "io.larder:type=Cache,name=products";

  private final RedisServer redis = RedisServer.start();
  private final List<NodeJvm> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(NodeJvm::close);
    redis.close();
  }

  private NodeJvm node(Jdk jdk, String name) {
    return connected(NodeJvm.of(jdk, name, redis.uri()));
  }

  /** A node that is in step with the others. Its callers wait until a result is in Redis. */
  private NodeJvm connected(Jvm jvm) {
    NodeJvm node =
        NodeJvm.start(
            jvm.systemProperty("larder.redis.deadline", "5s") // the machine may be busy
                .systemProperty("larder.caches.products.write", "through")
                .systemProperty("larder.caches.branded.write", "through")
                .systemProperty("larder.caches.rates.write", "through"));
    nodes.add(node);
    node.jvm.awaitErrorLine("INFO Results are shared with other JVMs", NodeJvm.SOON);
    return node;
  }

  /** What a node says within a moment, as invalidations travel. */
  private static void assertSoon(NodeJvm node, String command, String answer) {
    await()
        .atMost(NodeJvm.SOON)
        .untilAsserted(() -> assertThat(node.ask(command)).isEqualTo(answer));
  }

  @EachJdk
  void results_ofOneJvm_areThoseOfAll(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("find 3")).isEqualTo("a1");
    assertThat(b.ask("find 3")).isEqualTo("a1");
    assertThat(b.ask("runs")).isEqualTo("0");

    assertThat(b.end().larderLines()).allMatch(line -> line.startsWith("[larder] INFO "));
    assertThat(a.end().larderLines()).hasSize(2);
  }

  @EachJdk
  void invalidation_ofOneJvm_reachesTheMemoryOfAll(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("find 3")).isEqualTo("a1");
    assertThat(b.ask("find 3")).isEqualTo("a1");
    assertThat(a.ask("find 4")).isEqualTo("a2");

    a.ask("save 3");
    assertSoon(b, "find 3", "b1");
    assertThat(a.ask("find 3")).isEqualTo("b1");
    assertThat(b.ask("find 4")).isEqualTo("a2");
    b.ask("clear");
    assertSoon(a, "find 4", "a3");
  }

  /** The one that changes things never asks for them: it has no such cache. */
  @EachJdk
  void invalidation_ofAJvmThatNeverCalledTheMethod_reachesAll(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm writer = node(jdk, "writer");
    assertThat(a.ask("find 3")).isEqualTo("a1");

    writer.ask("save 3");
    assertSoon(a, "find 3", "a2");
  }

  @EachJdk
  void putAndTags_travel(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("find 3")).isEqualTo("a1");
    assertThat(b.ask("find 3")).isEqualTo("a1");
    assertThat(a.ask("branded 1")).isEqualTo("a2");
    assertThat(b.ask("branded 1")).isEqualTo("a2");
    assertThat(a.ask("branded 2")).isEqualTo("a3");

    assertThat(b.ask("update 3")).isEqualTo("put by b1");
    assertSoon(a, "find 3", "put by b1");
    b.ask("forgetBrand 1");
    assertSoon(a, "branded 1", "a4");
    assertThat(b.ask("branded 1")).isEqualTo("a4");
    assertThat(b.ask("branded 2")).isEqualTo("a3");
  }

  @EachJdk
  void loadOnce_manyThreadsOfFourJvms_computeOnce(Jdk jdk) {
    List<NodeJvm> four = Stream.of("a", "b", "c", "d").map(name -> node(jdk, name)).toList();
    four.forEach(node -> node.tell("slowMany 1"));

    assertThat(four.stream().mapToInt(node -> Integer.parseInt(node.answer("slowMany"))).sum())
        .isEqualTo(1);
  }

  @EachJdk
  void results_ofNoBytes_stayInTheirJvm_andThatIsSaid(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("connect 1")).isEqualTo("a1");
    assertThat(a.ask("connect 1")).isEqualTo("a1");
    assertThat(b.ask("connect 1")).isEqualTo("b1");
  }

  /** Whose rates differ, must not have each other's results. */
  @EachJdk
  void results_ofSeveralInstances_stayInTheirJvm(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    assertThat(a.ask("rated 2")).isEqualTo("14");
    assertThat(a.ask("rated 3")).isEqualTo("21");
    assertThat(a.ask("rated 2")).isEqualTo("14");
  }

  @EachJdk
  void redis_isKilledAndComesBack_answersStayRight(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("find 3")).isEqualTo("a1");
    redis.kill();
    a.jvm.awaitErrorLine("WARN Redis at .* refuses connections", NodeJvm.SOON);
    b.jvm.awaitErrorLine("WARN Redis at .* refuses connections", NodeJvm.SOON);
    assertSoon(b, "find 5", "b1");
    a.ask("save 5");
    // Nobody could tell b; so that it must not believe its memory for long.
    await().atMost(NodeJvm.SOON).until(() -> !b.ask("find 5").equals("b1"));

    redis.restart();
    await()
        .atMost(NodeJvm.SOON)
        .untilAsserted(
            () -> {
              a.ask("save 7");
              String computed = a.ask("find 7");
              assertThat(b.ask("find 7")).isEqualTo(computed);
            });
  }

  @EachJdk
  void console_showsRedis_andSwitchesIt(Jdk jdk) throws JMException {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("find 3")).isEqualTo("a1");
    try (Console console = Console.attachTo(b.jvm)) {
      assertThat(b.ask("find 3")).isEqualTo("a1");
      await()
          .atMost(NodeJvm.SOON)
          .until(() -> console.beans("io.larder:*").containsAll(List.of(PRODUCTS, BACKEND)));
      assertThat(console.attribute(PRODUCTS, "HitCount")).isEqualTo(1L);
      assertThat(console.attribute(BACKEND, "Health")).isEqualTo("UP");
      assertThat(console.attribute(BACKEND, "Address")).isEqualTo(redis.uri());

      console.set(BACKEND, "Enabled", false);
      assertThat(console.attribute(BACKEND, "Health")).isEqualTo("OFF");
      assertThat(b.ask("find 6")).isEqualTo("b1");
      assertThat(a.ask("find 6")).isEqualTo("a2");
      console.set(BACKEND, "Enabled", true);
      AtomicInteger next = new AtomicInteger(10); // what b computed meanwhile it keeps
      await()
          .atMost(NodeJvm.SOON)
          .until(
              () -> {
                String find = "find " + next.incrementAndGet();
                return a.ask(find).equals(b.ask(find));
              });
    }
  }

  @EachJdk
  void application_seesRedis_andSwitchesIt(Jdk jdk) {
    NodeJvm a = node(jdk, "a");
    NodeJvm b = node(jdk, "b");
    assertThat(a.ask("find 3")).isEqualTo("a1");
    assertThat(List.of(b.ask("find 3"), b.ask("find 3"))).containsExactly("a1", "a1");
    assertThat(b.ask("savedByOthers")).isEqualTo("1");
    assertThat(b.ask("memory")).isEqualTo("TierStatistics{hits=1, misses=1, puts=1}");
    assertThat(b.ask("status")).startsWith("UP since 20");
    assertThat(b.ask("check")).startsWith("Redis at " + redis.uri() + " answered within ");

    assertThat(b.ask("withoutRedis")).isEqualTo("true");
    assertThat(b.ask("status")).startsWith("OFF since 20").endsWith(": Redis is switched off");
    assertThat(b.ask("check"))
        .isEqualTo("Redis at " + redis.uri() + " is not available: Redis is switched off.");
    assertThat(a.ask("find 4")).isEqualTo("a2");
    assertThat(b.ask("find 4")).isEqualTo("b1");
    assertThat(b.ask("withRedis")).isEqualTo("true");
    await().atMost(NodeJvm.SOON).until(() -> b.ask("status").startsWith("UP since 20"));
    assertThat(b.end().larderLines())
        .contains(
            "[larder] INFO Redis was switched off by the application.",
            "[larder] INFO Redis was switched on by the application.");
  }
}
