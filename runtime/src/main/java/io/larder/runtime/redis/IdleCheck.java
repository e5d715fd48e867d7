package io.larder.runtime.redis;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds dead connections to a server before a caller does, and drops those that nobody needed for a
 * minute. For one background thread at a time.
 */
final class IdleCheck {

  private static final List<RedisCommand> PING = List.of(RedisCommand.of("PING"));
  private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final RedisNode node;
  private final ConnectionPool pool;
  private final long deadlineNanos;

  IdleCheck(RedisNode node, ConnectionPool pool, long deadlineNanos) {
    this.node = node;
    this.pool = pool;
    this.deadlineNanos = deadlineNanos;
  }

  /** Looks at all connections that nobody used for a second. */
  void run() {
    for (int i = pool.idle(); i > 0; i--) {
      RedisConnection oldest = pool.pollOldest();
      if (oldest == null) {
        return;
      }
      long unused = System.nanoTime() - oldest.lastUsedNanos();
      if (unused < UNUSED_NANOS) {
        pool.giveBack(oldest);
      } else if (unused > SURPLUS_NANOS && pool.live() > 1) {
        pool.discard(oldest);
      } else {
        ping(oldest);
      }
    }
  }

  private void ping(RedisConnection connection) {
    long lastUsed = connection.lastUsedNanos();
    connection.begin(System.nanoTime() + deadlineNanos);
    try {
      connection.send(PING);
      List<@Nullable Object> replies = connection.receive(1);
      boolean reusable = connection.end(System.nanoTime());
      connection.unusedSince(lastUsed); // not by anybody
      if (reusable) {
        pool.giveBack(connection);
      } else {
        pool.discard(connection);
      }
      node.inspect(PING, replies);
    } catch (RedisUnavailableException refused) {
      return; // inspected
    } catch (JedisException broken) {
      RedisUnavailableException unused = node.fail(connection, deadlineNanos, broken);
    }
  }
}
