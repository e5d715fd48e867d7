package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.redis.Patience;
import io.larder.runtime.redis.RedisServer;
import io.larder.runtime.redis.RedisSettings;
import io.larder.runtime.redis.RedisUri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One JVM loads, the others wait, and none waits for ever. */
class LoadLeasesTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private RedisServer server;
  private final List<SharedNode> nodes = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger loads = new AtomicInteger();

  @BeforeEach
  void connect() {
    server = RedisServer.start();
    for (int i = 0; i < 4; i++) {
      nodes.add(SharedNode.patient(server.uri()));
    }
  }

  @AfterEach
  void disconnect(LoggedLines lines) {
    threads.shutdownNow();
    nodes.forEach(SharedNode::close);
    server.close();
    lines.takeWarnings(); // what was to be seen of doubt is asserted where it matters
  }

  private Turn turn(SharedNode node, Duration atMost) {
    return node.shared.leases().awaitTurn(key("k"), node.tier, atMost);
  }

  private String loadUnderLease(SharedNode node, Duration takes) {
    Patience ofThread = Patience.unhurried(); // who finds no connection free loads by himself
    try {
      SharedEntry found = node.tier.read(key("k"));
      if (found != null) {
        return String.valueOf(found.entry().value);
      }
      Turn turn = turn(node, LONG);
      if (turn.landed() != null) {
        return String.valueOf(turn.landed().entry().value);
      }
      long stamp = node.shared.stamp();
      String value = "load " + loads.incrementAndGet();
      LockSupport.parkNanos(takes.toNanos());
      node.tier.store(key("k"), node.entry(value, stamp), requireNonNull(turn.lease()));
      return value;
    } finally {
      ofThread.close();
    }
  }

  @Test
  void twoHundredThreadsOnFourNodes_loadOnce() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    // As single-flight has it: one thread of each node asks, the others wait for it.
    List<ConcurrentHashMap<String, String>> flights = new ArrayList<>();
    nodes.forEach(node -> flights.add(new ConcurrentHashMap<>()));
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int node = i % 4;
      results.add(
          threads.submit(
              (Callable<String>)
                  () -> {
                    start.await();
                    return flights
                        .get(node)
                        .computeIfAbsent(
                            "k", k -> loadUnderLease(nodes.get(node), Duration.ofMillis(300)));
                  }));
    }
    start.countDown();
    for (Future<String> result : results) {
      assertThat(result.get()).isEqualTo("load 1");
    }
    assertThat(loads).hasValue(1);
    assertThat(nodes).allSatisfy(node -> assertThat(node.shared.leases().held()).isZero());
    assertThat(nodes.stream().mapToLong(node -> node.tier.sharedStatistics().awaitedLoads()))
        .as("of one thread of each node, but the one that loaded")
        .allMatch(count -> count <= 1);
  }

  @Test
  void threadsOfOneNodeWithoutSingleFlight_loadOnceToo() throws Exception {
    List<Future<String>> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SharedNode node = nodes.get(i % 4);
      results.add(threads.submit(() -> loadUnderLease(node, Duration.ofMillis(200))));
    }
    for (Future<String> result : results) {
      assertThat(result.get()).isEqualTo("load 1");
    }
  }

  @Test
  void holderThatLoadsLong_keepsTheLease() {
    Turn first = turn(nodes.get(0), LONG);
    long start = System.nanoTime();
    Turn second = turn(nodes.get(1), Duration.ofSeconds(3)); // longer than a lease lives
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(ms(2_900), ms(3_900));
    assertThat(second.goAhead()).isTrue();
    assertThat(second.lease()).isNull();
    requireNonNull(first.lease()).close();
  }

  @Test
  void holderThatDies_theNextGoesAheadWithinTwoSecondsAndAHalf() {
    assertThat(turn(nodes.get(0), LONG).lease()).isNotNull();
    nodes.get(0).backend.close(); // renews no more, and gives nothing back
    long start = System.nanoTime();
    assertThat(turn(nodes.get(1), LONG).lease()).isNotNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ms(2_500));
  }

  @Test
  void holderThatCloses_givesBack() {
    assertThat(turn(nodes.get(0), LONG).lease()).isNotNull();
    nodes.get(0).shared.close();
    assertThat(nodes.get(0).shared.leases().held()).isZero();
    assertThat(nodes.get(1).shared.leases().tryTurn(key("k")).lease()).isNotNull();
    assertThat(nodes.get(0).shared.leases().tryTurn(key("other")).lease()).isNull();
  }

  @Test
  void holderThatNeverGivesBack_isNotRenewedForEver() {
    SharedSettings usual = SharedSettings.of(SharedSettings.NAMESPACE);
    SharedNode forgetful =
        new SharedNode(
            RedisSettings.of(RedisUri.parse(server.uri())),
            new SharedSettings(
                usual.namespace(),
                usual.longestTtl(),
                /* longestLoad= */ ms(600),
                usual.beat(),
                usual.silence(),
                usual.retry()));
    nodes.add(forgetful);
    forgetful.awaitCoherent();
    assertThat(turn(forgetful, LONG).lease()).isNotNull();
    assertThat(turn(nodes.get(1), LONG).lease()).isNotNull();
    assertThat(forgetful.shared.leases().held()).isZero();
  }

  @Test
  void holderThatFails_theNextGoesAheadAtOnce() throws Exception {
    LoadLease lease = requireNonNull(turn(nodes.get(0), LONG).lease());
    Future<Turn> next = threads.submit(() -> turn(nodes.get(1), LONG));
    await().until(() -> !next.isDone());
    lease.close();
    assertThat(next.get().lease()).isNotNull();
  }

  @Test
  void holderThatLostTheLease_storesNothing() {
    SharedNode a = nodes.get(0);
    long stamp = a.shared.stamp();
    LoadLease lost = requireNonNull(turn(a, LONG).lease());
    server.say("DEL larder:l:{users:" + key("k").group() + "}:" + key("k").identity());
    LoadLease other = requireNonNull(turn(nodes.get(1), LONG).lease());
    assertThat(a.tier.store(key("k"), a.entry("late", stamp), lost)).isFalse();
    assertThat(a.tier.read(key("k"))).isNull();
    SharedNode b = nodes.get(1);
    assertThat(b.tier.store(key("k"), b.entry("right", b.shared.stamp()), other)).isTrue();
    assertThat(requireNonNull(a.tier.read(key("k"))).entry().value).isEqualTo("right");
  }

  @Test
  void tryTurn_heldByAnother_isToldAtOnce() {
    LoadLease lease = requireNonNull(nodes.get(0).shared.leases().tryTurn(key("k")).lease());
    assertThat(nodes.get(1).shared.leases().tryTurn(key("k")).goAhead()).isFalse();
    lease.close();
    assertThat(nodes.get(1).shared.leases().tryTurn(key("k")).goAhead()).isTrue();
  }

  @Test
  void redisAway_eachLoadsForItself() {
    server.kill();
    long start = System.nanoTime();
    Turn turn = turn(nodes.get(0), LONG);
    assertThat(turn.goAhead()).isTrue();
    assertThat(turn.lease()).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ms(1_000));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
