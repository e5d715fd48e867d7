package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.redis.SentinelGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A replica in place of the master, which may lack its last writes. */
class FailoverTest {

  @Test
  void masterDies_nothingOfBeforeIsServed(LoggedLines lines) {
    try (SentinelGroup group = new SentinelGroup();
        SharedNode a = SharedNode.coherent(group.uri());
        SharedNode b = SharedNode.coherent(group.uri())) {
      a.call("k", () -> "old");
      await().until(() -> group.replica().say("DBSIZE").equals(group.master().say("DBSIZE")));
      assertThat(b.call("k", () -> "none")).isEqualTo("old");
      group.master().kill();
      await()
          .atMost(Duration.ofSeconds(3))
          .until(() -> a.inMemory("k").isEmpty() && b.inMemory("k").isEmpty());
      a.shared.invalidate(CACHE, key("k").group());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> a.shared.status().coherent() && b.shared.status().coherent());
      assertThat(a.shared.status().pendingInvalidations()).isZero();
      await().until(() -> "new".equals(b.call("k", () -> "new")));
      assertThat(b.tier.sharedStatistics().misses().get(MissReason.EPOCH)).isZero();
      await().until(() -> "new".equals(a.call("k", () -> "newer")));
    }
    assertThat(lines.takeWarnings()).isNotEmpty();
  }
}
