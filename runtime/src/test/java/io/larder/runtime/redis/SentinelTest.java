package io.larder.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SentinelTest {

  private static final Duration DEADLINE = Duration.ofMillis(50);

  @Test
  void row12_masterKilled_replicaTakesOver(LoggedLines lines) {
    List<String> fingerprints = new CopyOnWriteArrayList<>();
    try (SentinelGroup group = new SentinelGroup();
        RedisBackend redis =
            RedisFixtures.connected(
                RedisSettings.of(RedisUri.parse(group.uri())), fingerprints::add)) {
      try (FaultRun run = new FaultRun(redis, DEADLINE)) {
        await().until(() -> redis.figures().idle() > 0);
        // A sentinel that is gone is no reason not to hear of the new master.
        group.sentinels().get(0).kill();
        group.sentinels().get(0).restart();

        group.master().kill();
        RedisFixtures.awaitHealth(redis, Health.DOWN, Duration.ofSeconds(2));
        RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(20));

        Duration window = run.awaitAllKeys(Duration.ofSeconds(5));
        assertThat(window).isLessThan(Duration.ofSeconds(1));
        run.verify("row12_sentinel_masterKilled");
      }
      assertThat(fingerprints).hasSize(2).doesNotHaveDuplicates();
      assertThat(lines.takeWarnings()).hasSize(1);

      redis.exchange(new byte[] {1}, List.of(RedisCommand.of("SET", "after", "failover")));
      assertThat(group.replica().say("GET after", 2)).containsExactly("$8", "failover");
    }
  }

  @Test
  void open_unknownMaster_saysSo(LoggedLines lines) {
    try (SentinelGroup group = new SentinelGroup();
        RedisBackend redis =
            RedisBackend.open(
                RedisSettings.of(RedisUri.parse(group.uri().replace("mymaster", "other"))),
                RedisFixtures.SYSTEM,
                fingerprint -> {})) {
      List<String> warnings = new ArrayList<>();
      await().until(() -> warnings.addAll(lines.takeWarnings()));

      assertThat(redis.state().code()).isEqualTo("MASTER_NAME");
      // Of the first that answered: a busy machine may have had the others keep it waiting.
      assertThat(warnings)
          .singleElement()
          .isIn(
              group.sentinels().stream()
                  .map(
                      sentinel ->
                          "WARN Sentinel at 127.0.0.1:"
                              + sentinel.port()
                              + " knows no master called \"other\"; calls go on without it")
                  .toList());
    }
  }
}
