package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/**
 * What the guards cost: contestants take turns in blocks within one JVM, and the median of the
 * ratios counts. {@code -Dlarder.cost.rounds=1000} measures; as it is, this only finds what is out
 * of all proportion.
 */
class ExchangeCostTest {

  private static final int ROUNDS = Integer.getInteger("larder.cost.rounds", 60);
  private static final int BLOCK = 100;
  private static final byte[] KEY = "key".getBytes(UTF_8);

  private static RedisServer server;
  private RedisBackend redis;
  private RedisClient pooled;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    redis = RedisFixtures.connected(server, fingerprint -> {});
    redis.exchange(KEY, List.of(RedisCommand.of("SET", KEY, "x".repeat(400))));
    pooled = RedisClient.create("127.0.0.1", server.port()); // with a pool of eight
  }

  @AfterEach
  void close() {
    redis.close();
    pooled.close();
  }

  private void raw() {
    byte[] unused = pooled.get(KEY);
  }

  private void exchange() {
    List<@Nullable Object> unused = redis.exchange(KEY, List.of(RedisCommand.of("GET", KEY)));
  }

  private static double nanosEach(int operations, Runnable operation) {
    long start = System.nanoTime();
    for (int i = 0; i < operations; i++) {
      operation.run();
    }
    return (System.nanoTime() - start) / (double) operations;
  }

  /** The median of the rounds' ratios, after as many rounds to warm up. */
  private static double ratio(String name, int block, Runnable one, Runnable other) {
    double[] ratios = new double[ROUNDS];
    double[] ones = new double[ROUNDS];
    double[] others = new double[ROUNDS];
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      boolean first = round % 2 == 0;
      double early = nanosEach(block, first ? one : other);
      double late = nanosEach(block, first ? other : one);
      if (round >= 0) {
        ones[round] = first ? early : late;
        others[round] = first ? late : early;
        ratios[round] = others[round] / ones[round];
      }
    }
    Arrays.sort(ratios);
    Arrays.sort(ones);
    Arrays.sort(others);
    System.err.printf(
        "FIGURE %s: %.1f us and %.1f us, ratio %.3f (quartiles %.3f - %.3f)%n",
        name,
        ones[ROUNDS / 2] / 1e3,
        others[ROUNDS / 2] / 1e3,
        ratios[ROUNDS / 2],
        ratios[ROUNDS / 4],
        ratios[ROUNDS * 3 / 4]);
    return ratios[ROUNDS / 2];
  }

  @Test
  void exchange_oneThread_costsAboutWhatPooledJedisDoes() {
    assertThat(ratio("GET, raw pooled Jedis against exchange", BLOCK, this::raw, this::exchange))
        .isLessThan(1.5);
  }

  @Test
  void exchange_fourThreads_costsAboutWhatPooledJedisDoes() {
    assertThat(
            ratio(
                "GET, 4 threads, raw pooled Jedis against exchange",
                1,
                () -> inThreads(4, this::raw),
                () -> inThreads(4, this::exchange)))
        .isLessThan(1.5);
  }

  private static void inThreads(int count, Runnable operation) {
    CountDownLatch done = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      new Thread(
              () -> {
                try {
                  double unused = nanosEach(BLOCK, operation);
                } finally { // also if it had to wait too long: a round says nothing by itself
                  done.countDown();
                }
              })
          .start();
    }
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void exchangeEach_hundredKeys_isMuchQuickerThanOneByOne() {
    List<RedisCommand> gets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      redis.exchange(KEY, List.of(RedisCommand.of("SET", "bulk" + i, "x".repeat(400))));
      gets.add(RedisCommand.of("GET", "bulk" + i));
    }
    Runnable together =
        () -> {
          List<@Nullable Object> unused = redis.exchangeEach(gets);
        };
    Runnable oneByOne =
        () ->
            gets.forEach(
                get -> {
                  List<@Nullable Object> unused = redis.exchange(KEY, List.of(get));
                });
    assertThat(ratio("100 GETs, at once against one by one", 1, together, oneByOne))
        .isGreaterThan(5);
  }

  @Test
  void exchange_breakerOpen_costsNextToNothing(LoggedLines lines) {
    try (RedisServer gone = RedisServer.start();
        RedisBackend closed = RedisFixtures.connected(gone, fingerprint -> {})) {
      gone.kill();
      RedisFixtures.awaitHealth(closed, Health.DOWN, Duration.ofSeconds(5));
      List<RedisCommand> get = List.of(RedisCommand.of("GET", KEY));
      Runnable refused =
          () -> {
            try {
              closed.exchange(KEY, get);
            } catch (RedisUnavailableException expected) {
              return;
            }
            throw new AssertionError("answered");
          };
      double best = Double.MAX_VALUE;
      for (int i = 0; i < 20; i++) {
        best = Math.min(best, nanosEach(100_000, refused));
      }
      System.err.printf("FIGURE breaker open: %.0f ns a call%n", best);
      assertThat(best).isLessThan(1_000);
    }
    assertThat(lines.takeWarnings()).hasSize(1);
  }
}
