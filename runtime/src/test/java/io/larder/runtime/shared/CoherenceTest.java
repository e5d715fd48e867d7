package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.redis.FaultProxy;
import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisFixtures;
import io.larder.runtime.redis.RedisServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one JVM invalidates reaches the memory of another, and what happens when it cannot. */
class CoherenceTest {

  private static final Duration BOUND = Duration.ofSeconds(3);

  private RedisServer server;
  private FaultProxy network;
  private SharedNode a;
  private SharedNode b;

  @BeforeEach
  void connect() {
    server = RedisServer.start();
    network = new FaultProxy(server.port());
    a = SharedNode.coherent(server.uri());
    b = SharedNode.coherent(network.uri());
  }

  @AfterEach
  void disconnect(LoggedLines lines) {
    a.close();
    b.close();
    network.close();
    server.close();
    lines.takeWarnings(); // what was to be seen of doubt is asserted where it matters
  }

  private void awaitDoubt() {
    await("doubt")
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> doubts(b) > 0 && b.inMemory("k").isEmpty());
  }

  private static long doubts(SharedNode node) {
    return node.shared.status().doubts();
  }

  @Test
  void tagAndCache_invalidated_areForgottenByTheOther() {
    b.call("k", () -> "old");
    a.shared.invalidateTag(CACHE, "t");
    await().until(() -> b.inMemory("k").isEmpty());
    b.call("k", () -> "old");
    a.tier.clear();
    await().until(() -> b.inMemory("k").isEmpty());
    assertThat(b.call("k", () -> "new")).isEqualTo("new");
  }

  @Test
  void tagAndCache_invalidated_entriesOfBeforeDoNotCountOnceMemoryForgets() {
    BlockingQueue<Object> read = new LinkedBlockingQueue<>();
    b.beforeForget = () -> read.add(Optional.ofNullable(b.tier.read(key("k"))));
    a.tier.store(key("k"), a.entry("old", a.shared.stamp(), "t"));
    assertThat(b.tier.read(key("k"))).isNotNull(); // and from now on its tag is known here
    a.shared.invalidateTag(CACHE, "t");
    await().until(() -> read.size() == 1);
    a.tier.store(key("k"), a.entry("old", a.shared.stamp(), "t"));
    a.tier.clear();
    await().until(() -> read.size() == 2);
    assertThat(read).containsOnly(Optional.empty());
  }

  @Test
  void proofTooOld_raisesDoubtAndBeginsAnew() {
    b.call("k", () -> "old");
    long now = RedisFixtures.SYSTEM.nanos();
    b.shared.doubtUnlessProven(now);
    assertThat(doubts(b)).isZero();
    b.shared.doubtUnlessProven(now + Duration.ofSeconds(3).toNanos());
    assertThat(doubts(b)).isEqualTo(1);
    assertThat(b.inMemory("k")).isEmpty();
    b.shared.doubtUnlessProven(now + Duration.ofSeconds(3).toNanos());
    b.awaitCoherent();
    assertThat(b.shared.hearsAll()).isTrue();
  }

  @Test
  void threadHangsInACache_isInDoubtAndComesBack(LoggedLines lines) {
    CountDownLatch goOn = new CountDownLatch(1);
    b.call("k", () -> "old");
    b.beforeForget = () -> awaitUninterruptibly(goOn);
    a.shared.invalidate(CACHE, key("other").group());
    await().atMost(Duration.ofSeconds(5)).until(() -> doubts(b) > 0 && b.inMemory("k").isEmpty());
    assertThat(lines.takeWarnings())
        .anyMatch(line -> line.contains("the thread that hears them is held up"));
    goOn.countDown();
    b.awaitCoherent();
    assertThat(b.shared.hearsAll()).isTrue();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void cacheThrowsAnError_isInDoubtAndGoesOn(LoggedLines lines) {
    b.call("k", () -> "old");
    b.beforeForget =
        () -> {
          throw new LinkageError("of a key's class");
        };
    a.shared.invalidate(CACHE, key("k").group());
    awaitDoubt();
    b.beforeForget = () -> {};
    b.awaitCoherent();
    assertThat(lines.takeWarnings())
        .contains(
            "ERROR A cache did not take what another JVM invalidated: java.lang.LinkageError: of a"
                + " key's class");
    b.call("k", () -> "new");
    a.shared.invalidate(CACHE, key("k").group());
    await().until(() -> b.inMemory("k").isEmpty());
  }

  @Test
  void redisKilledAndRestartedEmpty_allIsForgottenAndGoesOn() {
    a.call("k", () -> "old");
    b.call("k", () -> "none");
    server.kill();
    awaitDoubt();
    assertThat(b.inMemory("k")).isEmpty();
    a.shared.invalidate(CACHE, key("k").group());
    assertThat(a.shared.status().pendingInvalidations()).isEqualTo(1);
    assertThat(a.call("k", () -> "new")).isEqualTo("new");
    server.restart();
    a.awaitCoherent();
    b.awaitCoherent();
    assertThat(a.shared.status().pendingInvalidations()).isZero();
    assertThat(b.call("k", () -> "newer")).isIn("new", "newer");
  }

  @Test
  void redisRestartedWithAnOldDump_nothingOfItIsServed() {
    a.call("k", () -> "older");
    server.say("SAVE");
    a.shared.invalidate(CACHE, key("k").group());
    server.kill();
    server.restart();
    await()
        .until(() -> server.say("EXISTS larder:e:{users:" + key("k").group() + "}").equals(":1"));
    await().until(() -> doubts(a) > 0 && doubts(b) > 0);
    a.awaitCoherent();
    b.awaitCoherent();
    assertThat(b.call("k", () -> "new")).isEqualTo("new");
    assertThat(b.tier.sharedStatistics().misses().get(MissReason.EPOCH)).isEqualTo(1);
    assertThat(a.call("k", () -> "newer")).isEqualTo("new");
  }

  @Test
  void flushAll_isNoticedAndEverybodyBeginsAnew() {
    a.call("k", () -> "old");
    b.call("k", () -> "none");
    server.say("FLUSHALL");
    await().atMost(BOUND).until(() -> doubts(a) > 0 && doubts(b) > 0);
    a.awaitCoherent();
    b.awaitCoherent();
    assertThat(a.call("k", () -> "new")).isEqualTo("new");
    assertThat(b.call("k", () -> "newer")).isEqualTo("new");
  }

  @Test
  void subscriberKilled_isInDoubtAtOnceAndComesBack() {
    b.call("k", () -> "old");
    assertThat(server.say("CLIENT KILL TYPE pubsub")).isEqualTo(":2");
    awaitDoubt();
    assertThat(b.inMemory("k")).isEmpty();
    a.shared.invalidate(CACHE, key("k").group());
    b.awaitCoherent();
    assertThat(b.call("k", () -> "new")).isEqualTo("new");
  }

  @Test
  void slowSubscriber_droppedByRedis_isInDoubtAtOnce() {
    b.call("k", () -> "old");
    // A message that is larger than what may wait for a subscriber ends the subscription.
    server.say("CONFIG SET client-output-buffer-limit \"pubsub 1kb 0 0\"");
    server.say("PUBLISH larder:bus " + "x".repeat(50_000));
    awaitDoubt();
    a.shared.invalidate(CACHE, key("k").group());
    server.say("CONFIG SET client-output-buffer-limit \"pubsub 0 0 0\"");
    b.awaitCoherent();
    assertThat(b.call("k", () -> "new")).isEqualTo("new");
  }

  @Test
  void partition_moreInvalidationsThanAreRemembered_beginANewEpoch() {
    a.call("k", () -> "old");
    network.refuse();
    await().atMost(BOUND).until(() -> doubts(b) > 0);
    for (int i = 0; i <= 10_000; i++) {
      b.shared.invalidateTag(CACHE, "t" + i);
    }
    assertThat(b.shared.status().pendingInvalidations()).isEqualTo(1);
    network.heal();
    await().atMost(Duration.ofSeconds(10)).until(() -> doubts(a) > 0);
    a.awaitCoherent();
    b.awaitCoherent();
    assertThat(b.shared.status().pendingInvalidations()).isZero();
    assertThat(a.call("k", () -> "new")).isEqualTo("new");
    assertThat(b.call("k", () -> "newer")).isEqualTo("new");
  }

  @Test
  void silentConnection_isInDoubtWithinThreeSeconds(LoggedLines lines) {
    b.call("k", () -> "old");
    network.blackhole();
    long start = System.nanoTime();
    awaitDoubt();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    await().until(() -> b.inMemory("k").isEmpty());
    assertThat(lines.takeWarnings())
        .anyMatch(
            line ->
                line.matches(
                    "WARN What other JVMs invalidate may not arrive: .*; until it does again, shared"
                        + " results are kept in memory for a moment only"));
  }

  @Test
  void partition_ownInvalidationsWait_andAreReplayed() {
    b.call("k", () -> "old");
    a.call("k", () -> "none");
    network.refuse();
    awaitDoubt();
    b.shared.invalidate(CACHE, key("k").group());
    b.shared.invalidateTag(CACHE, "t");
    b.tier.clear();
    assertThat(b.shared.status().pendingInvalidations()).isEqualTo(3);
    assertThat(a.inMemory("k")).contains("old"); // it cannot know
    network.heal();
    b.awaitCoherent();
    assertThat(b.shared.status().pendingInvalidations()).isZero();
    await().until(() -> a.inMemory("k").isEmpty());
    assertThat(a.call("k", () -> "new")).isEqualTo("new");
    assertThat(b.call("k", () -> "newer")).isEqualTo("new");
  }

  @Test
  void forgedNumber_isNotTakenForTheClock() {
    long epoch = b.shared.view().era().epoch();
    byte[] body = BusMessage.forgotten(1, epoch, Forgotten.key("none", key("k").group())).body();
    byte[] forged =
        ByteBuffer.allocate(17 + body.length)
            .put("9000000000000000 ".getBytes(UTF_8))
            .put(body)
            .array();
    a.backend.exchange(forged, List.of(RedisCommand.of("PUBLISH", "larder:bus", forged)));
    await().until(() -> b.shared.status().messages() > 0);
    b.call("k", () -> "old");
    a.shared.invalidate(CACHE, key("k").group());
    await().until(() -> b.inMemory("k").isEmpty());
    assertThat(b.call("k", () -> "new")).isEqualTo("new");
    assertThat(doubts(b)).isZero();
  }

  @Test
  void redisFull_invalidationsGetThrough() {
    b.call("k", () -> "old");
    server.say("CONFIG SET maxmemory 1");
    a.call("other", () -> "v");
    assertThat(a.tier.sharedStatistics().failedPuts()).isEqualTo(1);
    a.shared.invalidate(CACHE, key("k").group());
    a.shared.invalidateTag(CACHE, "t");
    assertThat(a.shared.status().pendingInvalidations()).isZero();
    await().until(() -> b.inMemory("k").isEmpty());
    assertThat(b.tier.read(key("k"))).isNull();
    assertThat(doubts(b)).isZero();
  }

  @Test
  void replica_isNotTakenForTheStore() {
    b.call("k", () -> "old");
    try (RedisServer master = RedisServer.start()) {
      server.say("REPLICAOF 127.0.0.1 " + master.port());
      await().atMost(BOUND).until(() -> doubts(a) > 0 && doubts(b) > 0);
      a.shared.invalidate(CACHE, key("k").group());
      assertThat(a.shared.status().pendingInvalidations()).isEqualTo(1);
      server.say("REPLICAOF NO ONE");
      await().atMost(Duration.ofSeconds(10)).until(() -> a.shared.status().coherent());
      b.awaitCoherent();
      assertThat(b.call("k", () -> "new")).isEqualTo("new");
    }
  }
}
