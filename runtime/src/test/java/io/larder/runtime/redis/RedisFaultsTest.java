package io.larder.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.logging.Log;
import io.larder.runtime.logging.LoggedLines;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * What a spoiled network and a spoiled server do to 64 threads: the first rows of the matrix of
 * faults, one test each.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // as many faults as are asked for
class RedisFaultsTest {

  private static final Duration DEADLINE = Duration.ofMillis(50);
  private static final Duration LASTING = Duration.ofMillis(60);

  private static RedisServer server;
  private FaultProxy proxy;
  private RedisBackend redis;
  private FaultRun run;
  private String name;

  @BeforeAll
  static void startServer() {
    Log.overrideLevel("off"); // each fault is a line or two
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
    Log.overrideLevel("info");
    Log.overrideLevel(null);
  }

  @BeforeEach
  void connect(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    proxy = new FaultProxy(server.port());
    redis =
        RedisFixtures.connected(RedisSettings.of(RedisUri.parse(proxy.uri())), fingerprint -> {});
    run = new FaultRun(redis, DEADLINE);
  }

  @AfterEach
  void close(LoggedLines lines) {
    run.close();
    redis.close();
    proxy.close();
    assertThat(lines.takeWarnings()).allMatch(line -> line.startsWith("WARN Redis at 127.0.0.1:"));
  }

  @Test
  void row1_refused() {
    run.inject(LASTING, /* opens= */ true, proxy::refuse, proxy::heal);
    run.verify(name);
  }

  @Test
  void row2_serverStopped() {
    run.inject(LASTING, /* opens= */ true, server::pause, server::proceed);
    run.verify(name);
  }

  @Test
  void row3_serverKilledAndRestarted() {
    run.inject(LASTING, /* opens= */ true, server::kill, server::restart);
    run.verify(name);
  }

  @Test
  void row4_delayOf20Millis_isUsed() {
    run.inject(LASTING, /* opens= */ false, () -> proxy.delay(20, 20), proxy::heal);
    run.verify(name);
  }

  @Test
  void row4_delayOf45Millis_opensAsAnswersAreSlow() {
    run.inject(LASTING, /* opens= */ true, () -> proxy.delay(44, 46), proxy::heal);
    run.verify(name);
  }

  @Test
  void row4_delayOf90Millis() {
    run.inject(LASTING, /* opens= */ true, () -> proxy.delay(90, 90), proxy::heal);
    run.verify(name);
  }

  @Test
  void row4_delayOf150Millis() {
    run.inject(LASTING, /* opens= */ true, () -> proxy.delay(150, 150), proxy::heal);
    run.verify(name);
  }

  @Test
  void row4_jitterAboutTheDeadline() {
    run.inject(LASTING, /* opens= */ false, () -> proxy.delay(0, 100), proxy::heal);
    run.verify(name);
  }

  @Test
  void row5_blackhole() {
    run.inject(LASTING, /* opens= */ true, proxy::blackhole, proxy::heal);
    run.verify(name);
  }

  @Test
  void row5_halfOpen() {
    run.inject(LASTING, /* opens= */ true, proxy::halfOpen, proxy::heal);
    run.verify(name);
  }

  @Test
  void row6_reset() {
    run.inject(LASTING, /* opens= */ true, proxy::reset, proxy::heal);
    run.verify(name);
  }

  @Test
  void row6_cutInTheMiddleOfAReply() {
    run.inject(LASTING, /* opens= */ true, proxy::cutReplies, proxy::heal);
    run.verify(name);
  }

  @Test
  void row7_drip() {
    run.inject(LASTING, /* opens= */ true, () -> proxy.drip(Duration.ofMillis(10)), proxy::heal);
    run.verify(name);
  }

  @Test
  void row8_neverAccepted() {
    run.inject(LASTING, /* opens= */ true, proxy::neverAccept, proxy::heal);
    run.verify(name);
  }

  @Test
  void row9_allConnectionsInUse_rejectsAndCounts() {
    long before = redis.figures().rejected();
    run.inject(LASTING, /* opens= */ false, () -> proxy.delay(30, 30), proxy::heal);
    run.verify(name);
    assertThat(redis.figures().rejected()).isGreaterThan(before);
  }

  @Test
  void row10_interruptedThreads_keepTheirFlagAndTheirReplies() {
    proxy.delay(1, 5); // so that most are interrupted inside a call
    run.inject(LASTING, /* opens= */ false, () -> run.interruptSome(32), () -> {});
    run.verify(name);
  }
}
