package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.behind.WriteBehind;
import io.larder.runtime.redis.RedisFixtures;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a call waits that takes several round trips. */
class SharedTiersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private RedisServer server;
  private SharedNode node;
  private SharedTiers tiers;

  @BeforeEach
  void connect() {
    server = RedisServer.start();
    node = SharedNode.patient(server.uri());
    tiers =
        new SharedTiers(
            node.shared,
            new WriteBehind(
                10, Long.MAX_VALUE, entry -> 0, Duration.ofSeconds(1), RedisFixtures.SYSTEM),
            PATIENCE);
  }

  @AfterEach
  void disconnect() {
    tiers.close();
    node.close();
    server.close();
  }

  private void put(long waitedNanos) {
    tiers.put(key("k"), node.entry("v"), node.shared.stamp(), /* later= */ false, waitedNanos);
  }

  private void awaitStored() {
    await().until(() -> node.tier.read(key("k")) != null);
  }

  @Test
  void put_callThatWaitedLittle_isStoredAtOnce() {
    put(PATIENCE.toNanos() / 4);
    assertThat(node.tier.read(key("k"))).isNotNull();
    assertThat(tiers.writeBehind().written()).isZero();
  }

  @Test
  void put_callThatWaitedAsLongAsItMay_isStoredBehind() {
    put(PATIENCE.toNanos());
    awaitStored();
    await().until(() -> tiers.writeBehind().written() == 1);
    assertThat(tiers.tier(SharedNode.CACHE).sharedStatistics().failedPuts()).isZero();
  }

  @Test
  void lease_callThatWaitedAsLongAsItMay_goesAheadWithout() {
    Turn turn = tiers.lease(key("k"), Duration.ofSeconds(10).toNanos(), PATIENCE.toNanos());
    assertThat(turn.goAhead()).isTrue();
    assertThat(turn.lease()).isNull();
  }

  @Test
  void landed_callThatWaitedAsLongAsItMay_isStoredBehind() {
    Turn turn = tiers.lease(key("k"), Duration.ofSeconds(10).toNanos(), /* waitedNanos= */ 0);
    assertThat(requireNonNull(turn.lease()).key()).isEqualTo(key("k"));
    tiers.landed(key("k"), turn, node.entry("v"), node.shared.stamp(), PATIENCE.toNanos());
    awaitStored();
    assertThat(node.shared.leases().held()).isZero();
    Turn next = tiers.tryLease(key("k")); // at once, not when the lease has run out
    requireNonNull(next.lease()).close();
  }
}
