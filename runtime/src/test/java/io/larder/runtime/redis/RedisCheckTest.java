package io.larder.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedisCheckTest {

  private static CheckReport check(String uri) {
    return RedisCheck.run(RedisSettings.of(RedisUri.parse(uri)), "larder", RedisFixtures.SYSTEM);
  }

  @Test
  void run_wellConfigured_isOk() {
    try (RedisServer server =
        RedisServer.start("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
      CheckReport report = check(server.uri());

      List<String> lines = report.lines();
      assertThat(report.exitCode()).isZero();
      assertThat(lines).hasSize(7);
      assertThat(lines.get(0)).isEqualTo("ok   name         127.0.0.1 is 127.0.0.1");
      assertThat(lines.get(1))
          .isEqualTo(
              "ok   connection   127.0.0.1:"
                  + server.port()
                  + " is Redis 6.2.11, protocol RESP3, not encrypted");
      assertThat(lines.get(2)).isEqualTo("ok   role         master");
      assertThat(lines.get(3))
          .matches("ok   memory       maxmemory-policy is allkeys-lru, \\S+ used");
      assertThat(lines.get(4))
          .isEqualTo(
              "ok   persistence  no append-only file; Larder needs none: what is older than a"
                  + " restart is not served");
      assertThat(lines.get(5))
          .matches(
              ".{5}round trip   100 pings: p50 \\d+\\.\\d\\d ms, p99 \\d+\\.\\d\\d ms; the deadline"
                  + " is 50 ms(, which is close)?");
      assertThat(lines.get(6))
          .isEqualTo(
              "ok   rights       SET, GET, MGET, PTTL, EVAL, DEL, INCR, PEXPIRE, HSET, HGET, HMGET,"
                  + " HINCRBY, HLEN, HDEL, TIME, PUBLISH, SUBSCRIBE on larder:*");
      assertThat(server.say("DBSIZE")).isEqualTo(":0");
    }
  }

  @Test
  void run_noMaxmemory_warns() {
    try (RedisServer server = RedisServer.start()) {
      CheckReport report = check(server.uri());

      assertThat(report.exitCode()).isZero();
      assertThat(report.lines().get(3)).startsWith("WARN memory       maxmemory is not set (");
    }
  }

  @Test
  void run_noEviction_warns() {
    try (RedisServer server = RedisServer.start("--maxmemory", "100mb")) {
      CheckReport report = check(server.uri());

      assertThat(report.exitCode()).isZero();
      assertThat(report.lines().get(3))
          .startsWith("WARN memory       maxmemory-policy is noeviction: when Redis is full (");
    }
  }

  @Test
  void run_rightsMissing_namesThem() {
    try (RedisServer server = RedisServer.start()) {
      server.say("ACL SETUSER app on >pw ~larder:* resetchannels &other:* +@all -incr");

      CheckReport report = check("redis://app:pw@127.0.0.1:" + server.port());

      assertThat(report.exitCode()).isEqualTo(1);
      assertThat(report.lines().stream().filter(line -> line.contains("rights")))
          .anyMatch(line -> line.startsWith("FAIL rights       INCR on larder:* - Redis does not"))
          .anyMatch(line -> line.startsWith("FAIL rights       PUBLISH on larder:*"))
          .anyMatch(line -> line.startsWith("FAIL rights       SUBSCRIBE to larder:*"));
    }
  }

  @Test
  void run_wrongPassword_saysSoAndNotThePassword() {
    try (RedisServer server = RedisServer.start("--requirepass", "right")) {
      CheckReport report = check("redis://:tossed@127.0.0.1:" + server.port());

      assertThat(report.exitCode()).isEqualTo(1);
      assertThat(report.lines())
          .last()
          .isEqualTo(
              "FAIL connection   Redis at 127.0.0.1:"
                  + server.port()
                  + " does not accept the user or the password");
    }
  }

  @Test
  void run_nobodyThere_saysSo() {
    int port = RedisServer.freePort();

    CheckReport report = check("redis://127.0.0.1:" + port);

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.lines())
        .last()
        .isEqualTo(
            "FAIL connection   Redis at 127.0.0.1:"
                + port
                + " refuses connections (is it running there?)");
  }

  @Test
  void run_unknownHost_saysSo() {
    CheckReport report = check("redis://nowhere.invalid");

    assertThat(report.exitCode()).isEqualTo(1);
    assertThat(report.lines())
        .containsExactly("FAIL name         nowhere.invalid cannot be resolved");
  }

  @Test
  void run_cluster_looksAtEachMaster() {
    try (RedisCluster cluster = new RedisCluster()) {
      CheckReport report = check(cluster.uri());

      assertThat(report.exitCode()).isZero();
      for (RedisServer master : cluster.masters()) {
        assertThat(report.lines())
            .anyMatch(line -> line.contains("127.0.0.1:" + master.port() + " is Redis"));
      }
    }
  }
}
