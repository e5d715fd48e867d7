package io.larder.runtime.redis;

import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.Trouble.Effect;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The health of Redis as a whole, and the one line of the log for each change of it. Reading is one
 * volatile read; changes are made one at a time.
 */
final class HealthBoard {

  private static final Logger logger = Log.logger(HealthBoard.class);

  private final boolean quiet;
  private volatile RedisState state =
      new RedisState(
          Health.DOWN,
          Trouble.NOT_CONNECTED.code(),
          "Redis is not connected yet",
          /* writable= */ false,
          System.currentTimeMillis());

  /** The worst that was warned of since it was well. Guarded by this. */
  private Health warned = Health.UP;

  /** Of the troubles that leave it partly usable, those warned of. Guarded by this. */
  private final Set<String> warnedCodes = new HashSet<>();

  /** Whether it was ever up. Guarded by this. */
  private boolean announced;

  /**
   * Not connected.
   *
   * @param quiet whether to write no line
   */
  HealthBoard(boolean quiet) {
    this.quiet = quiet;
  }

  RedisState state() {
    return state;
  }

  /** Looks at all servers again. */
  synchronized void update(Topology topology, boolean enabled) {
    Collection<RedisNode> nodes = topology.nodes();
    RedisState before = state;
    RedisState now = enabled ? stateOf(nodes, topology.trouble()) : off();
    if (now.health() == before.health()
        && now.code().equals(before.code())
        && now.reason().equals(before.reason())) {
      return;
    }
    state = now;
    log(now, nodes);
  }

  private static RedisState off() {
    return new RedisState(Health.OFF, "OFF", "Redis is switched off", /* writable= */ false, now());
  }

  private static RedisState stateOf(
      Collection<RedisNode> nodes, Topology.@Nullable TopologyTrouble unknown) {
    if (unknown != null) {
      return new RedisState(
          Health.DOWN, unknown.code(), unknown.sentence(), /* writable= */ false, now());
    }
    RedisNode worst = null;
    int down = 0;
    boolean writable = false;
    for (RedisNode node : nodes) {
      Trouble trouble = node.trouble();
      boolean off = trouble != null && trouble.effect() == Effect.TIER;
      down += off ? 1 : 0;
      writable |= trouble == null || (!off && trouble.effect() != Effect.WRITES);
      if (trouble != null && (worst == null || off)) {
        worst = node;
      }
    }
    Trouble trouble = worst == null ? null : worst.trouble();
    if (trouble == null || worst == null) {
      return new RedisState(Health.UP, "", "", /* writable= */ true, now());
    }
    Health health = down == nodes.size() ? Health.DOWN : Health.DEGRADED;
    return new RedisState(health, trouble.code(), sentence(worst, trouble), writable, now());
  }

  private static String sentence(RedisNode node, Trouble trouble) {
    return "Redis at " + node.endpoint() + " " + trouble.words();
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private void log(RedisState now, Collection<RedisNode> nodes) {
    if (quiet) {
      return;
    }
    if (now.code().equals(Trouble.NOT_CONNECTED.code())) {
      return; // it begins, or some of a cluster's masters do
    }
    switch (now.health()) {
      case UP -> {
        if (warned != Health.UP) {
          logger.info("Redis at {} is back", names(nodes));
        } else if (!announced) {
          logger.info("Redis at {} is connected", names(nodes));
        }
        announced = true;
        warned = Health.UP;
        warnedCodes.clear();
      }
      case DEGRADED -> {
        boolean partly = Trouble.isPartial(now.code());
        if (partly ? warnedCodes.add(now.code()) : warned == Health.UP) {
          warned = warned == Health.UP ? Health.DEGRADED : warned;
          logger.warn("{}", now.reason());
        }
      }
      case DOWN -> {
        // One for each outage: that a server which refused is loading now is in the state only.
        if (warned != Health.DOWN) {
          warned = Health.DOWN;
          logger.warn("{}; calls go on without it", now.reason());
        }
      }
      case OFF -> logger.info("Redis is switched off");
    }
  }

  private static String names(Collection<RedisNode> nodes) {
    return String.join(", ", nodes.stream().map(node -> node.endpoint().toString()).toList());
  }
}
