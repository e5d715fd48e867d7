package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.logging.LoggedLines;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelSubscriptionTest {

  private static final byte[] CHANNEL = "news".getBytes(UTF_8);
  private static final Duration TICK = Duration.ofMillis(50);

  private RedisServer server;
  private FaultProxy network;
  private RedisBackend redis;
  private RedisSubscription subscription;

  @BeforeEach
  void subscribe() {
    server = RedisServer.start();
    network = new FaultProxy(server.port());
    redis =
        RedisFixtures.connected(RedisSettings.of(RedisUri.parse(network.uri())), fingerprint -> {});
    subscription = redis.subscribe(CHANNEL);
  }

  @AfterEach
  void close(LoggedLines lines) {
    subscription.close();
    redis.close();
    network.close();
    server.close();
    lines.takeWarnings(); // of the connections that carry exchanges
  }

  /** What comes within so many looks; {@code null} for nothing. */
  private byte @Nullable [] within(int looks) {
    byte @Nullable [] message = null;
    for (int i = 0; message == null && i < looks; i++) {
      message = subscription.next(TICK);
    }
    return message;
  }

  @Test
  void next_nothingSaid_isNothing() {
    assertThat(within(10)).isNull();
    server.say("PUBLISH news hello");
    assertThat(within(20)).asString().isEqualTo("hello");
  }

  @Test
  void next_messageInPieces_isWaitedFor() {
    network.drip(Duration.ofMillis(12)); // some forty bytes: longer than a look, and than a step
    server.say("PUBLISH news hello");
    assertThat(within(40)).asString().isEqualTo("hello");
    network.heal();
    server.say("PUBLISH news again");
    assertThat(within(40)).asString().isEqualTo("again");
  }

  @Test
  void next_messageThatNeverEnds_endsTheSubscription() {
    network.drip(Duration.ofMillis(100));
    server.say("PUBLISH news hello");
    long start = System.nanoTime();
    assertThatThrownBy(() -> within(100))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessage("Redis at 127.0.0.1:" + network.port() + " ended the subscription");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
