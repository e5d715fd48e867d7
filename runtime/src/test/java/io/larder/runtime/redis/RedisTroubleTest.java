package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers that are ill or ill configured say, and what Larder makes of it: row 11. */
class RedisTroubleTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final List<RedisCommand> GET = List.of(RedisCommand.of("GET", KEY));
  private static final List<RedisCommand> SET = List.of(RedisCommand.of("SET", KEY, "x"));

  private final List<AutoCloseable> opened = new ArrayList<>();

  private RedisServer server(String... options) {
    RedisServer server = RedisServer.start(options);
    opened.add(0, server);
    return server;
  }

  private RedisBackend open(RedisSettings settings) {
    RedisBackend redis = RedisBackend.open(settings, RedisFixtures.SYSTEM, fingerprint -> {});
    opened.add(0, redis);
    return redis;
  }

  private RedisBackend connected(RedisServer server) {
    RedisBackend redis =
        open(RedisSettings.of(RedisUri.parse(server.uri())).withDeadline(RedisFixtures.PATIENT));
    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(10));
    redis.exchange(KEY, SET);
    return redis;
  }

  private RedisBackend down(String uri) {
    return down(RedisSettings.of(RedisUri.parse(uri)));
  }

  private RedisBackend down(RedisSettings settings) {
    RedisBackend redis = open(settings);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !redis.state().code().equals("NOT_CONNECTED"));
    return redis;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private static void awaitWarning(LoggedLines lines, String expected) {
    List<String> warnings = new ArrayList<>();
    await().until(() -> warnings.addAll(lines.takeWarnings()));
    assertThat(warnings).containsExactly(expected);
  }

  private void writesAreOff(RedisBackend redis, String code) {
    for (int i = 0; i < FaultRun.INJECTIONS; i++) {
      assertThat(redis.exchange(KEY, SET).get(0))
          .isInstanceOfSatisfying(
              RedisError.class, error -> assertThat(error.code()).isEqualTo(code));
      assertThat((byte[]) redis.exchange(KEY, GET).get(0)).asString().isEqualTo("x");
    }
    assertThat(redis.state().health()).isEqualTo(Health.DEGRADED);
    assertThat(redis.state().code()).isEqualTo(code);
    assertThat(redis.state().writable()).isFalse();
  }

  private static void awaitWritable(RedisBackend redis) {
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              List<Object> unused = redis.exchange(KEY, SET);
              return redis.state().health() == Health.UP && redis.state().writable();
            });
  }

  @Test
  void row11_outOfMemory_readsGoOn(LoggedLines lines) {
    RedisServer server = server();
    RedisBackend redis = connected(server);
    server.say("CONFIG SET maxmemory 1");

    writesAreOff(redis, "OOM");

    awaitWarning(
        lines,
        "WARN Redis at 127.0.0.1:"
            + server.port()
            + " is full and evicts nothing: it can be read, and stores nothing; raise maxmemory, or"
            + " set maxmemory-policy to allkeys-lru");
    server.say("CONFIG SET maxmemory 0");
    awaitWritable(redis);
  }

  @Test
  void row11_readOnlyReplica_readsGoOn(LoggedLines lines) {
    RedisServer server = server();
    RedisBackend redis = connected(server);
    server.say("REPLICAOF 127.0.0.1 1");

    writesAreOff(redis, "READONLY");

    awaitWarning(
        lines,
        "WARN Redis at 127.0.0.1:"
            + server.port()
            + " is a read-only replica: it can be read, and stores nothing");
    server.say("REPLICAOF NO ONE");
    awaitWritable(redis);
  }

  @Test
  void row11_replicaFromTheStart_readsGoOn(LoggedLines lines) {
    RedisServer server = server();
    server.say("REPLICAOF 127.0.0.1 1");

    RedisBackend redis = down(server.uri());

    assertThat(redis.exchange(KEY, GET)).containsExactly((Object) null);
    assertThat(redis.state().code()).isEqualTo("READONLY");
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void row11_cannotSave_readsGoOn(LoggedLines lines) throws IOException {
    RedisServer server = server("--save", "3600", "1");
    RedisBackend redis = connected(server);
    server.removeDirectory();
    server.say("BGSAVE");
    await().until(() -> server.say("SET key x").startsWith("-MISCONF"));

    writesAreOff(redis, "MISCONF");

    assertThat(lines.takeWarnings()).singleElement().asString().contains("cannot save to its disk");
    server.say("CONFIG SET stop-writes-on-bgsave-error no");
    awaitWritable(redis);
  }

  @Test
  void row11_loading_isLeftAloneAndBackAfterwards(LoggedLines lines) {
    // It answers others between two megabytes: each 400 ms, for 4 s.
    RedisServer server = server("--key-load-delay", "40000", "--rdbcompression", "no");
    RedisBackend redis =
        open(
            RedisSettings.of(RedisUri.parse(server.uri()))
                .withDeadline(RedisFixtures.PATIENT)
                .withConnectTimeout(RedisFixtures.PATIENT));
    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(10));
    redis.exchange(KEY, SET);
    server.say("DEBUG POPULATE 100 k 200000");
    server.say("SAVE");
    server.kill();
    server.restart();
    await().atMost(Duration.ofSeconds(5)).until(() -> redis.state().code().equals("LOADING"));

    assertThatThrownBy(() -> redis.exchange(KEY, GET))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessage("Redis at 127.0.0.1:" + server.port() + " is loading its data from disk");

    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(10));
    assertThat((byte[]) redis.exchange(KEY, GET).get(0)).asString().isEqualTo("x");
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void row11_passwordSetMeanwhile_saysSoAndTakesTheNewOne(LoggedLines lines) {
    RedisServer server = server();
    List<RedisCredentials> credentials = new CopyOnWriteArrayList<>(List.of(RedisCredentials.NONE));
    RedisBackend redis =
        open(
            RedisSettings.of(RedisUri.parse(server.uri()))
                .withCredentials(() -> credentials.get(0)));
    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(10));

    server.say("CONFIG SET requirepass secret");
    server.say("AUTH secret\r\nCLIENT KILL TYPE normal", 2);

    await().until(() -> redis.state().code().equals("NOAUTH"));
    assertThat(redis.state().reason())
        .endsWith("asks for a password; give redis.uri or" + " redis.passwordFile one");
    assertThat(lines.takeWarnings()).hasSize(1);
    credentials.set(0, new RedisCredentials(null, "wrong"));
    await().until(() -> redis.state().code().equals("WRONGPASS"));
    credentials.set(0, new RedisCredentials(null, "secret"));
    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(2));
  }

  @Test
  void row11_wrongType_concernsTheKeyAlone() {
    RedisBackend redis = connected(server());
    redis.exchange(KEY, List.of(RedisCommand.of("DEL", KEY), RedisCommand.of("LPUSH", KEY, "x")));

    for (int i = 0; i < FaultRun.INJECTIONS; i++) {
      assertThat(redis.exchange(KEY, GET).get(0))
          .isInstanceOfSatisfying(
              RedisError.class, error -> assertThat(error.code()).isEqualTo("WRONGTYPE"));
    }

    assertThat(redis.state().health()).isEqualTo(Health.UP);
    assertThat(redis.figures().errorReplies()).isEqualTo(FaultRun.INJECTIONS);
  }

  @Test
  void row15_rightsDenied_saysWhich(LoggedLines lines) {
    RedisServer server = server();
    server.say("ACL SETUSER app on >pw ~larder:* resetchannels &larder:* +@all -set");
    RedisBackend redis =
        open(RedisSettings.of(RedisUri.parse("redis://app:pw@127.0.0.1:" + server.port())));
    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(10));
    byte[] key = "larder:x".getBytes(UTF_8);

    assertThat(redis.exchange(key, List.of(RedisCommand.of("SET", key, "x"))).get(0))
        .isInstanceOf(RedisError.class);
    assertThat(redis.exchange(key, List.of(RedisCommand.of("GET", key)))).hasSize(1);

    assertThat(redis.state().health()).isEqualTo(Health.DEGRADED);
    awaitWarning(
        lines,
        "WARN Redis at 127.0.0.1:"
            + server.port()
            + " does not permit the user what Larder needs; see \"Rights\" in docs/redis.md");
    server.say("ACL SETUSER app +set");
    await()
        .atMost(Duration.ofSeconds(2))
        .until(
            () -> {
              List<Object> unused = redis.exchange(key, List.of(RedisCommand.of("SET", key, "x")));
              return redis.state().health() == Health.UP;
            });
  }

  @Test
  void row3_restarted_listenerIsToldBeforeTheFirstAnswer(LoggedLines lines) {
    RedisServer server = server();
    List<String> fingerprints = new CopyOnWriteArrayList<>();
    RedisBackend redis = RedisFixtures.connected(server, fingerprints::add);
    opened.add(0, redis);
    for (int restarts = 1; restarts <= FaultRun.INJECTIONS / 4; restarts++) {
      server.kill();
      server.restart();
      int toldAtTheFirstAnswer =
          await()
              .pollInterval(Duration.ofMillis(1))
              .ignoreException(RedisUnavailableException.class)
              .until(
                  () -> {
                    List<Object> unused = redis.exchange(KEY, GET);
                    return fingerprints.size();
                  },
                  told -> true);
      assertThat(toldAtTheFirstAnswer).isEqualTo(restarts + 1);
      RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(2));
    }
    assertThat(fingerprints).doesNotHaveDuplicates();
    assertThat(lines.takeWarnings()).hasSizeLessThanOrEqualTo(FaultRun.INJECTIONS / 4);
  }

  @Test
  void open_wrongKindOfServer_saysWhatToWrite(LoggedLines lines) {
    RedisServer node = server("--cluster-enabled", "yes");
    assertThat(down(node.uri()).state().reason())
        .endsWith("is a node of a cluster; write redis-cluster:// in redis.uri");

    RedisServer plain = server();
    assertThat(down("redis-cluster://127.0.0.1:" + plain.port()).state().reason())
        .endsWith("is no cluster; write redis:// in redis.uri");

    assertThat(down("redis-cluster://127.0.0.1:" + node.port()).state().reason())
        .endsWith("says that nobody serves any slot");
    assertThat(lines.takeWarnings()).hasSize(3);
  }

  @Test
  void open_nobodyThere_saysSoOnce(LoggedLines lines) {
    int port = RedisServer.freePort();
    RedisBackend redis = down("redis://127.0.0.1:" + port);

    assertThatThrownBy(() -> redis.exchange(KEY, GET))
        .isInstanceOfSatisfying(
            RedisUnavailableException.class,
            thrown -> assertThat(thrown.reason()).isEqualTo(Reason.BREAKER_OPEN))
        .hasMessage("Redis at 127.0.0.1:" + port + " refuses connections (is it running there?)");
    awaitWarning(
        lines,
        "WARN Redis at 127.0.0.1:"
            + port
            + " refuses connections (is it running there?); calls go on without it");
  }

  @Test
  void open_unknownHost_saysSo(LoggedLines lines) {
    assertThat(down("redis://nowhere.invalid").state().reason())
        .isEqualTo("Redis at nowhere.invalid:6379 is a host name that cannot be resolved");
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void open_passwordFileThatChanges_isReadAnew(LoggedLines lines, @TempDir Path directory)
      throws IOException {
    RedisServer server = server("--requirepass", "new");
    Path file = directory.resolve("password");
    RedisBackend redis =
        down(
            RedisSettings.of(RedisUri.parse(server.uri()))
                .withCredentials(CredentialsSource.ofFile(null, file)));
    assertThat(redis.state().code()).isEqualTo("CREDENTIALS");

    Files.writeString(file, "old\n");
    await().until(() -> redis.state().code().equals("WRONGPASS"));
    Files.writeString(file, "new\n");

    RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(2));
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Redis at 127.0.0.1:"
                + server.port()
                + " cannot be logged in to: the password file \""
                + file
                + "\" does not exist; calls go on without it");
  }

  @Test
  void setEnabled_false_refusesAtOnceUntilTrue() {
    RedisBackend redis = connected(server());

    redis.setEnabled(false);

    assertThat(redis.state().health()).isEqualTo(Health.OFF);
    assertThatThrownBy(() -> redis.exchange(KEY, GET))
        .isInstanceOfSatisfying(
            RedisUnavailableException.class,
            thrown -> assertThat(thrown.reason()).isEqualTo(Reason.OFF));
    redis.setEnabled(true);
    assertThat(redis.exchange(KEY, GET)).hasSize(1);
    assertThat(redis.state().health()).isEqualTo(Health.UP);
  }
}
