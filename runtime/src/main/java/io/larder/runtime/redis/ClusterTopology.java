package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Masters that share the keys by slots. The map of slots is asked for in the background: when a
 * node says that a key moved, while one is in trouble, and now and then.
 *
 * <p>Nobody uses a node before all of them said their run ids, as those are what epochs hang on.
 */
final class ClusterTopology implements Topology {

  private static final int TICKS = 5;

  private final List<Endpoint> seeds;
  private final Connector connector;
  private final Function<Endpoint, RedisNode> makeNode;
  private final Runnable changed;
  private final Refresh refresh;
  private volatile View view = new View(new RedisNode[0], Map.of());
  private volatile boolean ready;
  private volatile TopologyTrouble trouble =
      new TopologyTrouble(Trouble.NOT_CONNECTED.code(), "Redis is not connected yet");
  private int ticks;

  /** The masters, and each slot's; nobody changes it once it is published. */
  private static final class View {
    final @Nullable RedisNode[] slots;
    final Map<Endpoint, RedisNode> nodes;

    View(@Nullable RedisNode[] slots, Map<Endpoint, RedisNode> nodes) {
      this.slots = slots;
      this.nodes = nodes;
    }
  }

  /**
   * Not connected yet.
   *
   * @param makeNode makes a master's
   * @param changed called when there are other masters, or a reason why there are none
   */
  ClusterTopology(
      RedisUri uri,
      Connector connector,
      Background background,
      Function<Endpoint, RedisNode> makeNode,
      Runnable changed) {
    this.seeds = uri.endpoints();
    this.connector = connector;
    this.makeNode = makeNode;
    this.changed = changed;
    this.refresh = new Refresh(background, this::ask);
  }

  @Override
  public RedisNode nodeOf(byte[] key) {
    View now = view;
    if (!isReady()) {
      throw new RedisUnavailableException(
          Reason.NOT_CONNECTED, "Redis cluster: not all masters are connected yet");
    }
    RedisNode node = now.slots[JedisClusterCRC16.getSlot(key)];
    if (node == null) {
      refresh.soon();
      throw new RedisUnavailableException(Reason.MOVED, "Redis cluster: nobody serves the slot");
    }
    return node;
  }

  private boolean isReady() {
    if (ready) {
      return true;
    }
    Collection<RedisNode> nodes = view.nodes.values();
    ready = !nodes.isEmpty() && nodes.stream().allMatch(node -> node.runId() != null);
    return ready;
  }

  @Override
  public Collection<RedisNode> nodes() {
    return view.nodes.values();
  }

  @Override
  public @Nullable TopologyTrouble trouble() {
    return view.nodes.isEmpty() ? trouble : null;
  }

  @Override
  public void refreshSoon() {
    refresh.soon();
  }

  @Override
  public synchronized void tick() {
    if (++ticks % TICKS == 0) {
      refresh.soon();
    }
  }

  @Override
  public void start() {
    refresh.soon();
  }

  /** Asks one node after the other; answers whether all masters are without trouble. */
  private boolean ask() {
    Set<Endpoint> candidates = new LinkedHashSet<>();
    view.nodes.values().stream()
        .filter(node -> node.trouble() == null)
        .forEach(node -> candidates.add(node.endpoint()));
    candidates.addAll(seeds);
    candidates.addAll(view.nodes.keySet());
    @Nullable TopologyTrouble problem = null;
    for (Endpoint candidate : candidates) {
      try {
        List<SlotRange> ranges = slotsAt(candidate);
        if (!ranges.isEmpty()) {
          become(ranges);
          return nodes().stream().allMatch(node -> node.trouble() == null);
        }
        problem =
            new TopologyTrouble(
                "CLUSTERDOWN", "Redis at " + candidate + " says that nobody serves any slot");
      } catch (TroubleException away) {
        problem =
            problem != null
                ? problem
                : new TopologyTrouble(
                    away.trouble().code(), "Redis at " + candidate + " " + away.trouble().words());
      }
    }
    if (problem != null && view.nodes.isEmpty() && !problem.equals(trouble)) {
      trouble = problem;
      changed.run();
    }
    return false;
  }

  private List<SlotRange> slotsAt(Endpoint asked) throws TroubleException {
    RedisConnection connection = connector.greeted(asked);
    try {
      Object reply = connector.ask(connection, List.of(RedisCommand.of("CLUSTER", "SLOTS"))).get(0);
      if (reply instanceof RedisError error) {
        throw new TroubleException(Trouble.of(error));
      }
      return SlotRange.read(reply, asked);
    } finally {
      connection.closeAtOnce();
    }
  }

  private void become(List<SlotRange> ranges) {
    Map<Endpoint, RedisNode> before = view.nodes;
    Map<Endpoint, RedisNode> nodes = new HashMap<>();
    List<RedisNode> added = new ArrayList<>();
    @Nullable RedisNode[] slots = new RedisNode[16_384];
    for (SlotRange range : ranges) {
      RedisNode node = nodes.get(range.master());
      if (node == null) {
        node = before.get(range.master());
        if (node == null) {
          node = makeNode.apply(range.master());
          added.add(node);
        }
        nodes.put(range.master(), node);
      }
      for (int slot = range.first(); slot <= range.last(); slot++) {
        slots[slot] = node;
      }
    }
    view = new View(slots, Map.copyOf(nodes));
    before.forEach(
        (endpoint, node) -> {
          if (!nodes.containsKey(endpoint)) {
            node.close();
          }
        });
    added.forEach(RedisNode::connectSoon);
    if (!added.isEmpty() || before.size() != nodes.size()) {
      changed.run();
    }
  }

  @Override
  public void close() {
    refresh.close();
    view.nodes.values().forEach(RedisNode::close);
  }
}
