package io.larder.runtime.redis;

import io.larder.runtime.model.Health;
import io.larder.runtime.time.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tries step by step whether Larder can use a Redis, and says in words what it found: names,
 * connection, TLS, log-in, rights, memory, persistence, round trip. Stores one key for a moment.
 * Waits, so it is for the command line.
 */
public final class RedisCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PINGS = 100;

  private final RedisSettings settings;
  private final RedisSettings patient;
  private final String prefix;
  private final Clock clock;
  private final CheckReport report = new CheckReport();

  private RedisCheck(RedisSettings settings, String prefix, Clock clock) {
    this.settings = settings;
    this.patient =
        settings.withDeadline(Duration.ofSeconds(2)).withConnectTimeout(Duration.ofSeconds(2));
    this.prefix = prefix;
    this.clock = clock;
  }

  /**
   * Runs all steps, up to the first without which the rest makes no sense.
   *
   * @param prefix of Larder's keys, as in {@code larder}
   */
  public static CheckReport run(RedisSettings settings, String prefix, Clock clock) {
    RedisCheck check = new RedisCheck(settings, prefix, clock);
    if (check.names()) {
      check.servers();
    }
    return check.report;
  }

  private boolean names() {
    int resolved = 0;
    for (Endpoint endpoint : settings.uri().endpoints()) {
      try {
        InetAddress address = InetAddress.getByName(endpoint.host());
        resolved++;
        report.ok("name", endpoint.host() + " is " + address.getHostAddress());
      } catch (UnknownHostException unknown) {
        report.fail("name", endpoint.host() + " cannot be resolved");
      }
    }
    return resolved > 0;
  }

  private void servers() {
    try (RedisBackend redis = RedisBackend.openQuietly(patient, clock)) {
      if (!isUsable(redis)) {
        report.fail("connection", redis.state().reason());
        return;
      }
      try {
        for (RedisNode node : redis.nodes()) {
          server(redis, node.endpoint());
        }
      } catch (TroubleException broke) {
        report.fail("connection", broke.trouble().words());
      }
      rights(redis);
    }
  }

  private static boolean isUsable(RedisBackend redis) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (redis.state().health() == Health.DOWN && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
      Collection<RedisNode> nodes = redis.nodes();
      // What is refused will be refused again.
      if (!nodes.isEmpty() && nodes.stream().allMatch(node -> node.breaker().refusal() != null)) {
        break;
      }
    }
    return redis.state().health() != Health.DOWN;
  }

  private void server(RedisBackend redis, Endpoint endpoint) throws TroubleException {
    RedisConnection connection = redis.connector().open(endpoint);
    try {
      ServerIdentity identity = connection.identity();
      report.ok(
          "connection",
          endpoint
              + " is Redis "
              + identity.version()
              + ", protocol RESP"
              + connection.protocolVersion()
              + (settings.uri().tls() ? ", TLS with its host name verified" : ", not encrypted"));
      if (identity.master()) {
        report.ok("role", "master");
      } else {
        report.fail("role", "replica: it can be read, and stores nothing; name its master");
      }
      List<@Nullable Object> infos =
          redis
              .connector()
              .ask(
                  connection,
                  List.of(
                      RedisCommand.of("INFO", "memory"), RedisCommand.of("INFO", "persistence")));
      memory(text(infos.get(0)));
      persistence(text(infos.get(1)));
      roundTrip(redis, connection);
    } finally {
      connection.closeAtOnce();
    }
  }

  private static String text(@Nullable Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }

  private void memory(String info) {
    String most = ServerIdentity.field(info, "maxmemory");
    String policy = ServerIdentity.field(info, "maxmemory_policy");
    String used = ServerIdentity.field(info, "used_memory_human");
    if (most == null || policy == null) {
      report.warn("memory", "its INFO says nothing of maxmemory");
    } else if (most.equals("0")) {
      report.warn(
          "memory",
          "maxmemory is not set ("
              + used
              + " used): Redis grows until the machine has no more; set maxmemory, and"
              + " maxmemory-policy to allkeys-lru");
    } else if (policy.equals("noeviction")) {
      report.warn(
          "memory",
          "maxmemory-policy is noeviction: when Redis is full ("
              + used
              + " used), Larder stores nothing more; set it to allkeys-lru");
    } else {
      report.ok("memory", "maxmemory-policy is " + policy + ", " + used + " used");
    }
  }

  private void persistence(String info) {
    boolean appended = "1".equals(ServerIdentity.field(info, "aof_enabled"));
    if ("err".equals(ServerIdentity.field(info, "rdb_last_bgsave_status"))) {
      report.warn(
          "persistence",
          "the last save to its disk failed: Redis may refuse to store (MISCONF) until one works");
    } else {
      report.ok(
          "persistence",
          (appended ? "appends to a file" : "no append-only file")
              + "; Larder needs none: what is older than a restart is not served");
    }
  }

  private void roundTrip(RedisBackend redis, RedisConnection connection) throws TroubleException {
    long[] times = new long[PINGS];
    for (int i = 0; i < PINGS; i++) {
      long start = clock.nanos();
      List<@Nullable Object> unused =
          redis.connector().ask(connection, List.of(RedisCommand.of("PING")));
      times[i] = clock.nanos() - start;
    }
    Arrays.sort(times);
    long p99 = times[PINGS - 2];
    String words =
        String.format(
            Locale.ROOT,
            "%d pings: p50 %.2f ms, p99 %.2f ms; the deadline is %d ms",
            PINGS,
            times[PINGS / 2] / 1e6,
            p99 / 1e6,
            settings.deadline().toMillis());
    if (p99 > settings.deadline().toNanos() / 2) {
      report.warn("round trip", words + ", which is close");
    } else {
      report.ok("round trip", words);
    }
  }

  private void rights(RedisBackend redis) {
    String slot = "{" + UUID.randomUUID() + "}";
    byte[] key = (prefix + ":check:" + slot).getBytes(StandardCharsets.UTF_8);
    byte[] hash = (prefix + ":check-hash:" + slot).getBytes(StandardCharsets.UTF_8);
    List<RedisCommand> commands =
        List.of(
            RedisCommand.of("SET", key, "x", "PX", 10_000),
            RedisCommand.of("GET", key),
            RedisCommand.of("MGET", key),
            RedisCommand.of("PTTL", key),
            RedisCommand.of("EVAL", "return redis.call('GET', KEYS[1])", 1, key),
            RedisCommand.of("DEL", key),
            RedisCommand.of("INCR", key),
            RedisCommand.of("PEXPIRE", key, 10_000),
            RedisCommand.of("DEL", key),
            RedisCommand.of("HSET", hash, "f", "1"),
            RedisCommand.of("HGET", hash, "f"),
            RedisCommand.of("HMGET", hash, "f"),
            RedisCommand.of("HINCRBY", hash, "f", 1),
            RedisCommand.of("HLEN", hash),
            RedisCommand.of("HDEL", hash, "f"),
            RedisCommand.of("TIME"),
            RedisCommand.of("PUBLISH", key, "x"));
    List<String> permitted = new ArrayList<>();
    boolean refused = false;
    try {
      List<@Nullable Object> replies = redis.exchange(key, commands);
      for (int i = 0; i < commands.size(); i++) {
        String name = commands.get(i).name();
        if (replies.get(i) instanceof RedisError error) {
          refused = true;
          report.fail("rights", name + " on " + prefix + ":* - Redis " + wordsOf(error));
        } else if (!permitted.contains(name)) {
          permitted.add(name);
        }
      }
    } catch (RedisUnavailableException unavailable) {
      report.fail("rights", String.valueOf(unavailable.getMessage()));
      return;
    }
    try {
      redis.subscribe(key).close();
      permitted.add("SUBSCRIBE");
    } catch (RedisUnavailableException denied) {
      refused = true;
      report.fail("rights", "SUBSCRIBE to " + prefix + ":* - " + denied.getMessage());
    }
    if (!refused) {
      report.ok("rights", String.join(", ", permitted) + " on " + prefix + ":*");
    }
  }

  private static String wordsOf(RedisError error) {
    return Trouble.of(error).words();
  }
}
