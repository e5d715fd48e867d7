package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** What arrives on one channel, over a connection that does nothing else. */
final class ChannelSubscription implements RedisSubscription {

  private final RedisConnection connection;
  private final String server;
  private final long stepNanos;

  private ChannelSubscription(RedisConnection connection, String server, long stepNanos) {
    this.connection = connection;
    this.server = server;
    this.stepNanos = stepNanos;
  }

  /**
   * Subscribes on a new connection, and returns when the server has confirmed it.
   *
   * @throws RedisUnavailableException if it did not
   */
  static ChannelSubscription open(Endpoint endpoint, Connector connector, byte[] channel) {
    String server = "Redis at " + endpoint;
    RedisConnection connection;
    try {
      connection = connector.greeted(endpoint);
    } catch (TroubleException none) {
      throw new RedisUnavailableException(
          Reason.NOT_CONNECTED, server + " " + none.trouble().words());
    }
    ChannelSubscription subscription =
        new ChannelSubscription(connection, server, connector.step().toNanos());
    boolean confirmed = false;
    try {
      subscription.confirm(channel);
      confirmed = true;
      return subscription;
    } finally {
      if (!confirmed) {
        subscription.close();
      }
    }
  }

  private void confirm(byte[] channel) {
    Object reply;
    try {
      connection.begin(System.nanoTime() + stepNanos);
      connection.send(List.of(RedisCommand.of("SUBSCRIBE", channel)));
      reply = connection.awaitPush((int) (stepNanos / 1_000_000));
    } catch (JedisException broken) {
      throw lost();
    } finally {
      connection.end();
    }
    if (reply instanceof RedisError error) {
      throw new RedisUnavailableException(Reason.REFUSED, server + " " + Trouble.of(error).words());
    }
    if (reply == null) {
      throw lost();
    }
  }

  @Override
  public byte @Nullable [] next(Duration timeout) {
    long until = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        long left = Math.max(1, (until - System.nanoTime()) / 1_000_000);
        // The watchdog ends a message that begins in time and never ends.
        connection.begin(until + stepNanos);
        Object pushed = connection.awaitPush((int) Math.min(Integer.MAX_VALUE, left));
        if (!connection.end()) {
          throw lost();
        }
        if (pushed instanceof List<?> push
            && push.size() == 3
            && push.get(2) instanceof byte[] message) {
          return message;
        }
        if (pushed == null && System.nanoTime() - until >= 0) {
          return null;
        }
      }
    } catch (JedisException broken) {
      throw lost();
    }
  }

  private RedisUnavailableException lost() {
    close();
    return new RedisUnavailableException(
        Reason.CONNECTION_LOST, server + " ended the subscription");
  }

  @Override
  public void close() {
    connection.closeAtOnce();
  }
}
