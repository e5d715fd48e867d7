package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others than Larder delete from Redis. */
class TrackingTest {

  private RedisServer server;
  private SharedNode a;
  private SharedNode b;

  @BeforeEach
  void connect() {
    server = RedisServer.start();
    a = SharedNode.tracking(server.uri());
    b = SharedNode.tracking(server.uri());
  }

  @AfterEach
  void disconnect(LoggedLines lines) {
    a.close();
    b.close();
    server.close();
    lines.takeWarnings(); // what was to be seen of doubt is asserted where it matters
  }

  private static String entry(String text) {
    return "larder:e:{users:" + key(text).group() + "}";
  }

  @Test
  void deletedByHand_isForgottenByAll() {
    a.call("k", () -> "old");
    b.call("k", () -> "none");
    a.call("other", () -> "v");
    assertThat(server.say("DEL " + entry("k"))).isEqualTo(":1");
    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> a.inMemory("k").isEmpty() && b.inMemory("k").isEmpty());
    assertThat(a.inMemory("other")).contains("v");
    assertThat(b.call("k", () -> "new")).isEqualTo("new");
  }

  @Test
  void overwrittenByAnotherProgram_isForgotten() {
    a.call("k", () -> "old");
    server.say("SET " + entry("k") + " something");
    await().atMost(Duration.ofSeconds(1)).until(() -> a.inMemory("k").isEmpty());
    assertThat(a.call("k", () -> "new")).isEqualTo("new");
  }

  @Test
  void storedByLarder_isNotForgottenByTheOther() {
    a.call("k", () -> "v");
    b.call("k", () -> "none");
    for (int i = 0; i < 100; i++) {
      b.call("more" + i, () -> "w");
    }
    b.tier.put(key("k"), b.entry("v"));
    a.tier.remove(key("sign"));
    await().until(() -> b.shared.status().messages() > 0);
    server.say("DEL " + entry("more0"));
    await().until(() -> b.inMemory("more0").isEmpty());
    assertThat(a.inMemory("k")).contains("v");
  }

  @Test
  void flushedByHand_isNoticedAtOnce() {
    a.call("k", () -> "old");
    long start = System.nanoTime();
    server.say("FLUSHALL");
    await().pollInterval(Duration.ofMillis(2)).until(() -> a.inMemory("k").isEmpty());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }
}
