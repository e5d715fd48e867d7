package io.larder.it.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.docs.Rates;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.runtime.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;

/** Results are loaded anew in the background, in one JVM and by one of several. */
class RefreshIT {

  private static final String RATES = "io.larder:type=Cache,name=rates";

  private final List<NodeJvm> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(NodeJvm::close);
  }

  private NodeJvm node(Jvm jvm) {
    NodeJvm node =
        NodeJvm.start(
            jvm.systemProperty("larder.caches.rates.refreshAfter", "1s")
                .systemProperty("larder.caches.fees.refreshAfter", "1s"),
            Rates.class);
    nodes.add(node);
    return node;
  }

  @EachJdk
  void hit_onADueResult_isAnswered_andTheNextIsNewer(Jdk jdk) throws JMException {
    NodeJvm node = node(NodeJvm.of(jdk, "a", /* redis= */ null));
    assertThat(node.ask("rate")).isEqualTo("a1 main");
    assertThat(node.ask("fee")).isEqualTo("a2 main");
    await().atMost(NodeJvm.SOON).until(() -> node.ask("rate").endsWith(" larder-refresh"));
    await().atMost(NodeJvm.SOON).until(() -> node.ask("fee").endsWith(" larder-refresh"));
    assertThat(node.ask("misses")).isEqualTo("1");

    node.ask("fail");
    node.ask("ask 1500");
    node.jvm.awaitErrorLine(
        "WARN Cache \"rates\": a refresh by .* failed with java.lang.IllegalStateException;",
        NodeJvm.SOON);
    assertThat(node.ask("rate")).endsWith(" larder-refresh");
    try (Console console = Console.attachTo(node.jvm)) {
      assertThat((long) console.attribute(RATES, "RefreshFailureCount")).isPositive();
      console.set(RATES, "RefreshAfter", "off");
      assertThat(console.attribute(RATES, "RefreshAfter")).isEqualTo("off");
    }
  }

  @EachJdk
  void refreshes_ofThreeJvms_areDoneByOneOfThem(Jdk jdk) {
    try (RedisServer redis = RedisServer.start()) {
      for (String name : List.of("a", "b", "c")) {
        NodeJvm node =
            node(
                NodeJvm.of(jdk, name, redis.uri())
                    .systemProperty("larder.redis.deadline", "5s") // the machine may be busy
                    .systemProperty("larder.caches.rates.write", "through"));
        node.jvm.awaitErrorLine("INFO Results are shared with other JVMs", NodeJvm.SOON);
      }
      assertThat(nodes.get(0).ask("rate")).isEqualTo("a1 main");
      long start = System.nanoTime();
      nodes.forEach(node -> node.tell("ask 8000"));
      nodes.forEach(node -> node.answer("ask"));
      long seconds = (System.nanoTime() - start) / 1_000_000_000;

      int runs = nodes.stream().mapToInt(node -> Integer.parseInt(node.ask("runs"))).sum();
      assertThat(runs).as("in %d s", seconds).isBetween(4, (int) seconds + 2);
      assertThat(nodes.stream().map(node -> node.ask("misses"))).doesNotContain("2");
    } finally {
      stop();
    }
  }
}
