package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands to one node, sent in one go. Sending and receiving are two steps, so that several nodes
 * can be at it at the same time. For one thread.
 */
final class NodeExchange {

  private final RedisNode node;
  private final List<RedisCommand> commands = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private long startNanos;
  private long endNanos;
  private @Nullable RedisConnection connection;
  private @Nullable RedisUnavailableException failure;

  NodeExchange(RedisNode node) {
    this.node = node;
  }

  void add(RedisCommand command, int place) {
    commands.add(command);
    places.add(place);
  }

  void send(long start, long end) {
    startNanos = start;
    endNanos = end;
    try {
      RedisConnection leased = node.lease(end);
      connection = leased;
      leased.send(commands);
    } catch (RedisUnavailableException none) {
      failure = none;
    } catch (RuntimeException | Error broken) {
      failure = broken(broken);
    }
  }

  private RedisUnavailableException broken(Throwable broken) {
    RedisConnection leased = connection;
    connection = null;
    return leased == null
        ? new RedisUnavailableException(Reason.CONNECTION_LOST, "Redis: " + broken)
        : unavailable(node, leased, endNanos - startNanos, broken);
  }

  void receive(List<@Nullable Object> replies) {
    List<@Nullable Object> received = List.of();
    RedisConnection leased = connection;
    if (failure == null && leased != null) {
      try {
        received = leased.receive(commands.size());
        node.finish(leased, commands, received, startNanos);
      } catch (RedisUnavailableException refused) {
        failure = refused;
      } catch (RuntimeException | Error broken) {
        failure = broken(broken);
      }
    }
    for (int i = 0; i < places.size(); i++) {
      Object reply = failure != null ? failure : received.get(i);
      boolean moved = reply instanceof RedisError error && isMoved(error);
      replies.set(places.get(i), moved ? moved() : reply);
    }
  }

  /**
   * Sends commands that belong together, and answers with their replies.
   *
   * @throws RedisUnavailableException if one of them did not come
   */
  static List<@Nullable Object> all(
      RedisNode node, List<RedisCommand> commands, long startNanos, long endNanos) {
    RedisConnection connection = node.lease(endNanos);
    List<@Nullable Object> replies;
    try {
      connection.send(commands);
      replies = connection.receive(commands.size());
    } catch (RuntimeException | Error broken) {
      throw unavailable(node, connection, endNanos - startNanos, broken);
    }
    node.finish(connection, commands, replies, startNanos);
    for (Object reply : replies) {
      if (reply instanceof RedisError error && isMoved(error)) {
        throw moved();
      }
    }
    return replies;
  }

  /**
   * Whatever it was, the connection is in the middle of something; a thread may also be stopped.
   */
  private static RedisUnavailableException unavailable(
      RedisNode node, RedisConnection connection, long givenNanos, Throwable broken) {
    RedisUnavailableException unavailable = node.fail(connection, givenNanos, broken);
    if (broken instanceof Error error && !(broken instanceof VirtualMachineError)) {
      throw error;
    }
    return unavailable;
  }

  private static boolean isMoved(RedisError error) {
    return Trouble.of(error).effect() == Trouble.Effect.MOVED;
  }

  private static RedisUnavailableException moved() {
    return new RedisUnavailableException(
        Reason.MOVED, "Redis cluster: the key moved to another node");
  }
}
