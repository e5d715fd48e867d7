package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisBackendTest {

  private static RedisServer server;
  private final List<String> fingerprints = new CopyOnWriteArrayList<>();
  private RedisBackend redis;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    redis = RedisFixtures.connected(server, fingerprints::add);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void exchange_severalCommands_answersInOrder() {
    byte[] key = "order".getBytes(UTF_8);

    List<Object> replies =
        redis.exchange(
            key,
            List.of(
                RedisCommand.of("SET", key, "7"),
                RedisCommand.of("INCR", key),
                RedisCommand.of("GET", key),
                RedisCommand.of("GET", "absent"),
                RedisCommand.of("LPUSH", key, "x"),
                RedisCommand.of("MGET", key, "absent"),
                RedisCommand.of("DEL", key)));

    assertThat((byte[]) replies.get(0)).asString().isEqualTo("OK");
    assertThat(replies.get(1)).isEqualTo(8L);
    assertThat((byte[]) replies.get(2)).asString().isEqualTo("8");
    assertThat(replies.get(3)).isNull();
    assertThat(replies.get(4))
        .isEqualTo(
            new RedisError(
                "WRONGTYPE", "WRONGTYPE Operation against a key holding the wrong kind of value"));
    assertThat((List<?>) replies.get(5)).hasSize(2).element(1).isNull();
    assertThat(replies.get(6)).isEqualTo(1L);
  }

  @Test
  void exchangeEach_manyKeys_answersEach() {
    List<RedisCommand> commands = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      commands.add(RedisCommand.of("SET", "each" + i, i));
    }
    redis.exchangeEach(commands);
    commands.replaceAll(set -> new RedisCommand("GET", List.of(set.arguments().get(0))));

    List<Object> replies = redis.exchangeEach(commands);

    for (int i = 0; i < 100; i++) {
      assertThat((byte[]) replies.get(i)).asString().isEqualTo(String.valueOf(i));
    }
  }

  @Test
  void subscribe_published_receivesInOrderAndNullWhenNothingComes() {
    byte[] channel = "news".getBytes(UTF_8);
    try (RedisSubscription subscription = redis.subscribe(channel)) {
      assertThat(subscription.next(Duration.ofMillis(20))).isNull();

      redis.exchange(
          channel,
          List.of(
              RedisCommand.of("PUBLISH", channel, "one"),
              RedisCommand.of("PUBLISH", channel, "two")));

      assertThat(subscription.next(Duration.ofSeconds(2))).asString().isEqualTo("one");
      assertThat(subscription.next(Duration.ofSeconds(2))).asString().isEqualTo("two");
      assertThat(subscription.next(Duration.ofMillis(20))).isNull();
    }
  }

  @Test
  void listener_connected_isToldTheRunIdFirst() {
    String info = String.join("\n", server.say("INFO server", 20));

    assertThat(fingerprints).containsExactly(ServerIdentity.field(info, "run_id"));
    assertThat(redis.fingerprint()).isEqualTo(fingerprints.get(0));
  }

  @Test
  void state_connected_isUp() {
    assertThat(redis.state().health()).isEqualTo(Health.UP);
    assertThat(redis.state().writable()).isTrue();
    assertThat(redis.figures().connects()).isPositive();
    assertThat(redis.figures().maximum()).isEqualTo(8);
  }

  @Test
  void exchange_valueOfMegabytes_comesBackWhole() {
    byte[] key = "large".getBytes(UTF_8);
    byte[] large = new byte[3_000_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31);
    }
    try (RedisBackend patient =
        RedisFixtures.connected(
            RedisSettings.of(RedisUri.parse(server.uri())).withDeadline(Duration.ofSeconds(5)),
            fingerprint -> {})) {
      patient.exchange(key, List.of(RedisCommand.of("SET", key, large)));

      assertThat((byte[]) patient.exchange(key, List.of(RedisCommand.of("GET", key))).get(0))
          .isEqualTo(large);
    }
  }
}
