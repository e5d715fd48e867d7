package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** What arrives on one channel, over a connection that does nothing else. */
final class ChannelSubscription implements RedisSubscription {

  private static final byte[] INVALIDATE = "invalidate".getBytes(StandardCharsets.US_ASCII);

  private final RedisConnection connection;
  private final String server;
  private final long stepNanos;
  private final List<byte[]> changedKeys = new ArrayList<>();

  private ChannelSubscription(RedisConnection connection, String server, long stepNanos) {
    this.connection = connection;
    this.server = server;
    this.stepNanos = stepNanos;
  }

  /**
   * Subscribes on a new connection, and returns when the server has confirmed it.
   *
   * @param trackedPrefix of keys whose changes are told on the same connection, so that both end
   *     together; {@code null} for none. Needs Redis 6
   * @throws RedisUnavailableException if it did not
   */
  static ChannelSubscription open(
      Endpoint endpoint, Connector connector, byte[] channel, byte @Nullable [] trackedPrefix) {
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
      subscription.confirm(RedisCommand.of("SUBSCRIBE", channel));
      if (trackedPrefix != null) {
        subscription.confirm(
            RedisCommand.of("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", trackedPrefix));
      }
      confirmed = true;
      return subscription;
    } finally {
      if (!confirmed) {
        subscription.close();
      }
    }
  }

  private void confirm(RedisCommand command) {
    Object reply;
    try {
      connection.begin(System.nanoTime() + stepNanos);
      connection.send(List.of(command));
      reply = connection.awaitPush((int) (stepNanos / 1_000_000));
    } catch (JedisException broken) {
      throw lost();
    } finally {
      connection.end(System.nanoTime());
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
        Object pushed = connection.awaitPush((int) Math.min(Integer.MAX_VALUE, left));
        if (!connection.end(System.nanoTime())) {
          throw lost();
        }
        if (pushed instanceof List<?> push
            && push.size() == 3
            && push.get(2) instanceof byte[] message) {
          return message;
        }
        if (noteChanged(pushed)) {
          return null;
        }
        if (pushed == null && System.nanoTime() - until >= 0) {
          return null;
        }
      }
    } catch (JedisException broken) {
      throw lost();
    }
  }

  /** Whether it says that keys changed. */
  private boolean noteChanged(@Nullable Object pushed) {
    if (!(pushed instanceof List<?> push)
        || push.size() != 2
        || !(push.get(0) instanceof byte[] kind)
        || !Arrays.equals(kind, INVALIDATE)) {
      return false;
    }
    if (push.get(1) instanceof List<?> keys) {
      for (Object key : keys) {
        if (key instanceof byte[] name) {
          changedKeys.add(name);
        }
      }
    } else {
      changedKeys.add(new byte[0]); // all were flushed
    }
    return true;
  }

  @Override
  public List<byte[]> takeChangedKeys() {
    if (changedKeys.isEmpty()) {
      return List.of();
    }
    List<byte[]> taken = List.copyOf(changedKeys);
    changedKeys.clear();
    return taken;
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
