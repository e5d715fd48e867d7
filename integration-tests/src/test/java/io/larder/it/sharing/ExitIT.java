package io.larder.it.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Outcome;
import io.larder.runtime.redis.FaultProxy;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;

/** A JVM that is told to end while results wait to be stored: row 29. */
class ExitIT {

  private static final int RESULTS = 3_000;
  private static final int TERMINATED = 128 + 15;
  private static final Pattern DROPPED =
      Pattern.compile(
          "\\[larder\\] WARN (\\d+) results were not stored in a slower tier before the end: that"
              + " took longer than 1000 ms");

  private final RedisServer redis = RedisServer.start();
  private final FaultProxy network = new FaultProxy(redis.port());

  @AfterEach
  void stop() {
    network.close();
    redis.close();
  }

  private NodeJvm node(Jdk jdk) {
    NodeJvm node =
        NodeJvm.start(
            NodeJvm.of(jdk, "a", network.uri())
                .systemProperty("larder.redis.deadline", "5s")); // the machine may be busy
    node.jvm.awaitErrorLine("INFO Results are shared with other JVMs", NodeJvm.SOON);
    node.ask("double 20"); // the first looks are made in any case
    return node;
  }

  private int stored() {
    String count = redis.say("EVAL \"return #redis.call('KEYS','larder:e:{doubles:*')\" 0");
    return Integer.parseInt(count.substring(1));
  }

  private static Outcome terminate(NodeJvm node) {
    assertThat(node.jvm.handle().destroy()).isTrue();
    Outcome outcome = node.jvm.waitFor(NodeJvm.SOON);
    assertThat(outcome.exitCode()).isEqualTo(TERMINATED);
    return outcome;
  }

  @EachJdk
  void whatWaits_isStored(Jdk jdk) {
    try (NodeJvm node = node(jdk)) {
      node.ask("double " + RESULTS);
      assertThat(terminate(node).larderLines()).allMatch(line -> line.startsWith("[larder] INFO "));
      assertThat(stored()).isEqualTo(RESULTS);
    }
  }

  @EachJdk
  void whatTakesTooLong_isDroppedAndCounted(Jdk jdk) {
    try (NodeJvm node = node(jdk)) {
      network.delay(150, 150); // of each hundred
      node.ask("double " + RESULTS);
      long start = System.nanoTime();
      Outcome outcome = terminate(node);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
      String last = outcome.larderLines().get(outcome.larderLines().size() - 1);
      Matcher dropped = DROPPED.matcher(last);
      assertThat(dropped.matches()).as(last).isTrue();
      // The rest arrived, but for what found no connection while they were being made.
      assertThat(stored()).isBetween(1, RESULTS - Integer.parseInt(dropped.group(1)));
    }
  }
}
