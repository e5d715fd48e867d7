package io.larder.runtime.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster of three masters, and a replica of the first. */
public final class RedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;
  private static final int MASTERS = 3;

  private final List<RedisServer> masters = new ArrayList<>();
  private final RedisServer replica;

  /** Which master has a slot that was moved. */
  private final Map<Integer, RedisServer> moved = new HashMap<>();

  /** Starts them and waits until they form one. */
  public RedisCluster() {
    for (int i = 0; i < MASTERS; i++) {
      RedisServer master = startNode();
      masters.add(master);
      String slots =
          IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
              .mapToObj(String::valueOf)
              .collect(Collectors.joining(" "));
      master.say("CLUSTER ADDSLOTS " + slots);
      master.say("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
    }
    replica = startNode();
    for (RedisServer node : List.of(masters.get(1), masters.get(2), replica)) {
      node.say("CLUSTER MEET 127.0.0.1 " + masters.get(0).port());
    }
    awaitAgreement();
    await("the replica to know its master")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> replica.say("CLUSTER REPLICATE " + idOf(masters.get(0))).equals("+OK"));
    await("the replica to be in step")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> String.join("\n", replica.say("INFO replication", 6)).contains("status:up"));
    awaitAgreement();
  }

  private static RedisServer startNode() {
    return RedisServer.start("--cluster-enabled", "yes", "--cluster-node-timeout", "1000");
  }

  private void awaitAgreement() {
    await("the cluster to be formed")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                masters.stream()
                    .allMatch(
                        node ->
                            String.join("\n", node.say("CLUSTER INFO", 8))
                                    .contains("cluster_state:ok")
                                && String.join("\n", node.say("CLUSTER INFO", 8))
                                    .contains("cluster_known_nodes:4")));
  }

  /** Moves the slot of a key to the next master, one key of it after the other. */
  public void moveSlotOf(String key) {
    int slot = JedisClusterCRC16.getSlot(key);
    RedisServer from = ownerOf(slot);
    RedisServer to = masters.get((masters.indexOf(from) + 1) % MASTERS);
    to.say("CLUSTER SETSLOT " + slot + " IMPORTING " + idOf(from));
    from.say("CLUSTER SETSLOT " + slot + " MIGRATING " + idOf(to));
    String keys = "CLUSTER GETKEYSINSLOT " + slot + " 1";
    while (from.say(keys).equals("*1")) {
      String next = from.say(keys, 3).get(2);
      from.say("MIGRATE 127.0.0.1 " + to.port() + " " + next + " 0 2000");
    }
    tell(to, slot, to); // first, so that nobody has none
    masters.forEach(master -> tell(master, slot, to));
    moved.put(slot, to);
  }

  /**
   * Returns when all know where the slot of a key is that was moved. Gossip from before a move may
   * arrive after it, and have two masters send callers to each other for ever.
   */
  public void awaitMoved(String key) {
    int slot = JedisClusterCRC16.getSlot(key);
    RedisServer owner = ownerOf(slot);
    await("all to know where slot " + slot + " is")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              List<RedisServer> misled =
                  masters.stream().filter(master -> !knows(master, key, slot, owner)).toList();
              misled.forEach(master -> tell(master, slot, owner));
              return misled.isEmpty();
            });
  }

  private RedisServer ownerOf(int slot) {
    return moved.getOrDefault(slot, masters.get(slot * MASTERS / SLOTS));
  }

  private static void tell(RedisServer master, int slot, RedisServer owner) {
    master.say("CLUSTER SETSLOT " + slot + " NODE " + idOf(owner));
  }

  private static boolean knows(RedisServer master, String key, int slot, RedisServer owner) {
    String answer = master.say("EXISTS " + key);
    return master == owner
        ? answer.startsWith(":")
        : answer.equals("-MOVED " + slot + " 127.0.0.1:" + owner.port());
  }

  /** What the others call a node. */
  public static String idOf(RedisServer node) {
    return node.say("CLUSTER MYID", 2).get(1);
  }

  /** {@code redis-cluster://...} of all masters. */
  public String uri() {
    return "redis-cluster://"
        + masters.stream()
            .map(master -> "127.0.0.1:" + master.port())
            .collect(Collectors.joining(","));
  }

  public List<RedisServer> masters() {
    return masters;
  }

  public RedisServer replica() {
    return replica;
  }

  @Override
  public void close() {
    replica.close();
    masters.forEach(RedisServer::close);
  }
}
