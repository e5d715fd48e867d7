package io.larder.runtime.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks Redis; each call ends within the deadline of the connection. Thread-safe.
 *
 * <p>A reply is a {@code byte[]}, a {@code Long}, a {@code List} of replies, {@code null}, or a
 * {@link RedisError}.
 */
public interface RedisExchange {

  /**
   * Sends commands in one go to the node that holds a key, and answers with their replies in order.
   *
   * @param routingKey decides the node of a cluster; all keys of the commands share its slot
   * @throws RedisUnavailableException if not all replies came in time
   */
  List<@Nullable Object> exchange(byte[] routingKey, List<RedisCommand> commands);

  /**
   * Sends commands that each go to the node of their own key, one round trip a node.
   *
   * @return their replies in order; a {@link RedisUnavailableException} stands for one that did not
   *     come
   * @throws RedisUnavailableException if nothing may be asked now, as when it is switched off
   */
  List<@Nullable Object> exchangeEach(List<RedisCommand> commands);

  /** Whether keys of different slots are on different nodes, as in a cluster. */
  default boolean isSplit() {
    return false;
  }
}
