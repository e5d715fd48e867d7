package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

class ClusterTest {

  private static final Duration DEADLINE = Duration.ofMillis(50);

  private final List<String> fingerprints = new CopyOnWriteArrayList<>();
  private RedisCluster cluster;
  private RedisBackend redis;

  @BeforeEach
  void connect() {
    cluster = new RedisCluster();
    redis =
        RedisFixtures.connected(RedisSettings.of(RedisUri.parse(cluster.uri())), fingerprints::add);
  }

  @AfterEach
  void close() {
    redis.close();
    cluster.close();
  }

  @Test
  void exchangeEach_keysOfAllNodes_answersEach() {
    List<RedisCommand> sets = new ArrayList<>();
    List<RedisCommand> gets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sets.add(RedisCommand.of("SET", "k" + i, i));
      gets.add(RedisCommand.of("GET", "k" + i));
    }
    await() // until each of the nodes is connected
        .untilAsserted(
            () -> assertThat(redis.exchangeEach(sets)).allMatch(byte[].class::isInstance));

    List<Object> replies = redis.exchangeEach(gets);

    for (int i = 0; i < 100; i++) {
      assertThat((byte[]) replies.get(i)).asString().isEqualTo(String.valueOf(i));
    }
    assertThat(redis.figures().maximum()).isEqualTo(24);
    assertThat(fingerprints).singleElement().asString().hasSize(3 * 40 + 2);
  }

  @Test
  void subscribe_anyNode_hearsWhatIsPublishedOnAnother() {
    byte[] channel = "news".getBytes(UTF_8);
    try (RedisSubscription subscription = redis.subscribe(channel)) {
      for (RedisServer master : cluster.masters()) {
        master.say("PUBLISH news " + master.port());
        assertThat(subscription.next(Duration.ofSeconds(2)))
            .asString()
            .isEqualTo(String.valueOf(master.port()));
      }
    }
  }

  @Test
  void row12_masterKilled_replicaTakesOver(LoggedLines lines) {
    try (FaultRun run = new FaultRun(redis, DEADLINE)) {
      cluster.masters().get(0).kill();
      await().atMost(Duration.ofSeconds(2)).until(() -> redis.state().health() != Health.UP);

      Duration window = run.awaitAllKeys(Duration.ofSeconds(20));
      System.err.println("FIGURE row12_cluster window " + window.toMillis() + " ms");
      RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(5));
      run.verify("row12_cluster_masterKilled");
    }
    assertThat(fingerprints).hasSize(2).doesNotHaveDuplicates();
    assertThat(lines.takeWarnings()).hasSizeBetween(1, 2); // a node is away, all are
  }

  @Test
  void row12_slotMoves_askAndMovedAreNoAnswers() {
    byte[] key = "wanderer".getBytes(UTF_8);
    redis.exchange(key, List.of(RedisCommand.of("SET", key, "here")));
    int slot = JedisClusterCRC16.getSlot(key);
    RedisServer from = cluster.masters().get(slot * 3 / 16_384);
    RedisServer to = cluster.masters().get((slot * 3 / 16_384 + 1) % 3);

    to.say("CLUSTER SETSLOT " + slot + " IMPORTING " + RedisCluster.idOf(from));
    from.say("CLUSTER SETSLOT " + slot + " MIGRATING " + RedisCluster.idOf(to));
    from.say("MIGRATE 127.0.0.1 " + to.port() + " wanderer 0 1000");
    assertThatThrownBy(() -> redis.exchange(key, List.of(RedisCommand.of("GET", key))))
        .isInstanceOf(RedisUnavailableException.class)
        .extracting(thrown -> ((RedisUnavailableException) thrown).reason())
        .isEqualTo(Reason.MOVED);
    assertThat(redis.exchangeEach(List.of(RedisCommand.of("GET", key))))
        .singleElement()
        .isInstanceOf(RedisUnavailableException.class);

    for (RedisServer master : cluster.masters()) {
      master.say("CLUSTER SETSLOT " + slot + " NODE " + RedisCluster.idOf(to));
    }
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(5))
        .ignoreException(RedisUnavailableException.class)
        .until(
            () ->
                new String(
                        (byte[]) redis.exchange(key, List.of(RedisCommand.of("GET", key))).get(0),
                        UTF_8)
                    .equals("here"));
    assertThat(redis.state().health()).isEqualTo(Health.UP);
  }
}
