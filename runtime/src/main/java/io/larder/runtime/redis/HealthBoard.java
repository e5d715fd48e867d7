package io.larder.runtime.redis;

import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.Trouble.Effect;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The health of Redis as a whole, and the one line of the log for each change of it. Reading is one
 * volatile read; changes are made one at a time.
 */
final class HealthBoard {

  private static final Logger logger = Log.logger(HealthBoard.class);

  private volatile RedisState state =
      new RedisState(
          Health.DOWN,
          Trouble.NOT_CONNECTED.code(),
          "Redis is not connected yet",
          /* writable= */ false,
          System.currentTimeMillis());

  /** Guarded by this. */
  private boolean warned;

  /** Whether it was ever up. Guarded by this. */
  private boolean announced;

  RedisState state() {
    return state;
  }

  /** Looks at all servers again. */
  synchronized void update(Collection<RedisNode> nodes, boolean enabled) {
    RedisState before = state;
    RedisState now = enabled ? stateOf(nodes) : off();
    if (now.health() == before.health()
        && now.code().equals(before.code())
        && now.reason().equals(before.reason())) {
      return;
    }
    state = now;
    log(before, now, nodes);
  }

  private static RedisState off() {
    return new RedisState(Health.OFF, "OFF", "Redis is switched off", /* writable= */ false, now());
  }

  private static RedisState stateOf(Collection<RedisNode> nodes) {
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
    if (nodes.isEmpty()) {
      trouble = Trouble.NOT_CONNECTED;
    }
    if (trouble == null) {
      return new RedisState(Health.UP, "", "", /* writable= */ true, now());
    }
    Health health = down == nodes.size() ? Health.DOWN : Health.DEGRADED;
    return new RedisState(health, trouble.code(), sentence(worst, trouble), writable, now());
  }

  private static String sentence(@Nullable RedisNode node, Trouble trouble) {
    return "Redis " + (node == null ? "" : "at " + node.endpoint() + " ") + trouble.words();
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private void log(RedisState before, RedisState now, Collection<RedisNode> nodes) {
    switch (now.health()) {
      case UP -> {
        if (warned) {
          logger.info("Redis at {} is back", names(nodes));
        } else if (!announced) {
          logger.info("Redis at {} is connected", names(nodes));
        }
        announced = true;
        warned = false;
      }
      case DEGRADED -> {
        if (before.health() != Health.DEGRADED || !now.code().equals(before.code())) {
          warned = true;
          logger.warn("{}", now.reason());
        }
      }
      case DOWN -> {
        // One for each outage: that a server which refused is loading now is in the state only.
        if (before.health() != Health.DOWN || !warned) {
          warned = true;
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
