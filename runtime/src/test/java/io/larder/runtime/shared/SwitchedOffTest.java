package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis is switched off while something goes on that asks it for several things at once. */
class SwitchedOffTest {

  private RedisServer server;
  private SharedNode node;

  @BeforeEach
  void connect() {
    server = RedisServer.start();
    node = SharedNode.patient(server.uri());
  }

  @AfterEach
  void disconnect(LoggedLines lines) {
    node.close();
    server.close();
    lines.takeWarnings(); // of the doubt
  }

  private boolean isLeased(String text) {
    String reply =
        server.say("EXISTS larder:l:{users:" + key(text).group() + "}:" + key(text).identity());
    return reply.contains("1");
  }

  private void leaseTwo() {
    assertThat(node.shared.leases().tryTurn(key("a")).lease()).isNotNull();
    assertThat(node.shared.leases().tryTurn(key("b")).lease()).isNotNull();
  }

  @Test
  void leases_severalHeld_areRenewedOnceItIsOnAgain() {
    leaseTwo();
    node.backend.setEnabled(false);
    await().atMost(Duration.ofSeconds(5)).until(() -> !isLeased("a"));
    node.backend.setEnabled(true);

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(node.shared.leases().tryTurn(key("c")).lease()).isNotNull());
    await("longer than a lease lives by itself")
        .during(Duration.ofMillis(2_500))
        .atMost(Duration.ofSeconds(6))
        .until(() -> isLeased("c"));
  }

  @Test
  void close_severalLeasesHeld_endsAll() {
    leaseTwo();
    node.backend.setEnabled(false);

    assertThatCode(() -> node.shared.close()).doesNotThrowAnyException(); // threads: QuietExtension
    assertThat(node.shared.leases().held()).isZero();
  }

  @Test
  void bulk_nothingIsStoredOrFound_andNothingThrown() {
    node.backend.setEnabled(false);

    node.tier.putAll(Map.of(key("a"), node.entry("1"), key("b"), node.entry("2")));
    assertThat(node.tier.getAll(List.of(key("a"), key("b")))).isEmpty();
    assertThat(node.tier.removeAll(List.of(key("a"), key("b")))).isZero();
    assertThat(node.tier.sharedStatistics().puts()).isZero();
  }
}
