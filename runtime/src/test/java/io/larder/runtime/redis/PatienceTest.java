package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final List<RedisCommand> GET = List.of(RedisCommand.of("GET", KEY));

  private RedisServer server;
  private FaultProxy network;
  private RedisBackend redis;

  @BeforeEach
  void connect() {
    server = RedisServer.start();
    network = new FaultProxy(server.port());
    redis =
        RedisFixtures.connected(
            RedisSettings.of(RedisUri.parse(network.uri())).withDeadline(Duration.ofSeconds(1)),
            fingerprint -> {});
  }

  @AfterEach
  void close(LoggedLines lines) {
    redis.close();
    network.close();
    server.close();
    lines.takeWarnings(); // of connections that were being made
  }

  @Test
  void exchanges_ofOneCall_haveOneDeadline() {
    network.delay(300, 300);
    long start = System.nanoTime();
    try (Patience patience = Patience.begin(Duration.ofSeconds(1).toNanos())) {
      assertThat(redis.exchange(KEY, GET)).hasSize(1);
      assertThat(patience.isExhausted()).isFalse();
      assertThat(redis.exchangeEach(GET)).hasSize(1);
      assertThatThrownBy(() -> redis.exchange(KEY, GET))
          .isInstanceOfSatisfying(
              RedisUnavailableException.class,
              thrown -> assertThat(thrown.reason()).isEqualTo(Reason.IMPATIENT));
      assertThat(patience.isExhausted()).isTrue();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(redis.exchange(KEY, GET)).hasSize(1);
    assertThat(redis.state().health()).isEqualTo(Health.UP);
    assertThat(redis.figures().connectionsLost() + redis.figures().deadlineMisses()).isZero();
  }

  @Test
  void secondOfTwoSteps_isNotLeftOut() {
    try (Patience spent = Patience.begin(0)) {
      try (Patience unlimited = Patience.unlimited()) {
        assertThat(redis.exchange(KEY, GET)).hasSize(1);
        assertThat(unlimited.isExhausted()).isFalse();
      }
      assertThat(spent.isExhausted()).isFalse();
      assertThatThrownBy(() -> redis.exchange(KEY, GET))
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessage("the call has waited for Redis as long as one may");
    }
  }

  @Test
  void exchange_shortenedAndDripping_endsWithTheCall() {
    redis.exchange(KEY, List.of(RedisCommand.of("SET", KEY, "x".repeat(200))));
    network.drip(Duration.ofMillis(20));
    long start = System.nanoTime();
    try (Patience shortened = Patience.begin(Duration.ofMillis(550).toNanos())) {
      assertThatThrownBy(() -> redis.exchange(KEY, GET))
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("did not answer within 5"); // 549 ms or so
      assertThat(shortened.isExhausted()).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(750));
  }

  @Test
  void shortenedExchanges_thatAreLate_sayNothingOfTheServer() {
    List<RedisCommand> late = List.of(RedisCommand.of("BLPOP", "nothing", "30"));
    for (int i = 0; i < CircuitBreaker.CONSECUTIVE; i++) {
      await().until(() -> redis.figures().idle() > 0);
      try (Patience shortened = Patience.begin(Duration.ofMillis(510).toNanos())) {
        assertThatThrownBy(() -> redis.exchange(KEY, late))
            .isInstanceOfSatisfying(
                RedisUnavailableException.class,
                thrown -> assertThat(thrown.reason()).isEqualTo(Reason.DEADLINE));
        assertThat(shortened.isExhausted()).isFalse();
      }
    }
    assertThat(redis.figures().breakerOpenings()).isZero();
  }

  @Test
  void allConnectionsInUse_unhurried_waitsForOne() throws Exception {
    redis.close();
    RedisSettings settings =
        RedisSettings.of(RedisUri.parse(network.uri())).withDeadline(Duration.ofSeconds(2));
    redis = RedisFixtures.connected(settings.withConnections(1), fingerprint -> {});
    network.delay(200, 200);
    Thread busy = new Thread(() -> assertThat(redis.exchange(KEY, GET)).hasSize(1));
    busy.start();
    await().until(() -> redis.figures().idle() == 0);
    try (Patience unhurried = Patience.unhurried()) {
      assertThat(redis.exchange(KEY, GET)).hasSize(1);
      assertThat(unhurried.isExhausted()).isFalse();
    }
    busy.join();
    assertThat(redis.figures().rejected()).isZero();
  }

  @Test
  void allConnectionsInUse_callIsToTryLater() throws Exception {
    redis.close();
    RedisSettings settings =
        RedisSettings.of(RedisUri.parse(network.uri())).withDeadline(Duration.ofSeconds(1));
    redis = RedisFixtures.connected(settings.withConnections(1), fingerprint -> {});
    Thread busy =
        new Thread(
            () ->
                assertThatThrownBy(
                        () -> redis.exchange(KEY, List.of(RedisCommand.of("BLPOP", "none", "30"))))
                    .isInstanceOf(RedisUnavailableException.class));
    try (Patience patience = Patience.begin(Long.MAX_VALUE / 2)) {
      assertThat(redis.exchange(KEY, GET)).hasSize(1);
      assertThat(Patience.isExhaustedNow()).isFalse();
      busy.start();
      await().until(() -> redis.figures().idle() == 0);
      assertThatThrownBy(() -> redis.exchange(KEY, GET))
          .isInstanceOfSatisfying(
              RedisUnavailableException.class,
              thrown -> assertThat(thrown.reason()).isEqualTo(Reason.REJECTED));
      assertThat(patience.isExhausted()).isTrue();
    }
    assertThat(Patience.isExhaustedNow()).isFalse();
    busy.join();
  }
}
