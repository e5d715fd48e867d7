package io.larder.runtime.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A master, its replica, and three sentinels that watch them. */
public final class SentinelGroup implements AutoCloseable {

  private static final String MASTER_NAME = "mymaster";

  private final RedisServer master = RedisServer.start();
  private final RedisServer replica =
      RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(master.port()));
  private final List<RedisServer> sentinels = new ArrayList<>();

  /** Starts them and waits until they know each other. */
  public SentinelGroup() {
    for (int i = 0; i < 3; i++) {
      sentinels.add(
          RedisServer.startSentinel(
              RedisServer.freePort(),
              List.of(
                  "sentinel monitor " + MASTER_NAME + " 127.0.0.1 " + master.port() + " 2",
                  "sentinel down-after-milliseconds " + MASTER_NAME + " 500",
                  "sentinel failover-timeout " + MASTER_NAME + " 3000")));
    }
    await("sentinels and the replica to be known")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                sentinels.stream()
                    .allMatch(
                        sentinel ->
                            sentinel.say("SENTINEL sentinels " + MASTER_NAME).equals("*2")
                                && sentinel.say("SENTINEL replicas " + MASTER_NAME).equals("*1")));
    await("the replica to be in step")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> String.join("\n", replica.say("INFO replication", 6)).contains("status:up"));
  }

  /** {@code redis-sentinel://...?master=mymaster}. */
  public String uri() {
    return "redis-sentinel://"
        + String.join(
            ",", sentinels.stream().map(sentinel -> "127.0.0.1:" + sentinel.port()).toList())
        + "?master="
        + MASTER_NAME;
  }

  public RedisServer master() {
    return master;
  }

  public RedisServer replica() {
    return replica;
  }

  public List<RedisServer> sentinels() {
    return sentinels;
  }

  @Override
  public void close() {
    sentinels.forEach(RedisServer::close);
    replica.close();
    master.close();
  }
}
