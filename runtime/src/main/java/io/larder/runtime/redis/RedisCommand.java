package io.larder.runtime.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One command to Redis, in bytes. Immutable as long as nobody changes the arrays.
 *
 * @param name of the command, as in {@code GET}
 * @param arguments in order; the first is the key, where the command has one
 */
public record RedisCommand(String name, List<byte[]> arguments) {

  /** Copies the list. */
  public RedisCommand {
    arguments = List.copyOf(arguments);
  }

  /**
   * A command of words and numbers.
   *
   * @param arguments each a {@code byte[]}, or anything whose text is meant
   */
  public static RedisCommand of(String name, Object... arguments) {
    List<byte[]> bytes = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      bytes.add(
          argument instanceof byte[] already
              ? already
              : String.valueOf(argument).getBytes(StandardCharsets.UTF_8));
    }
    return new RedisCommand(name, bytes);
  }

  /** The key that decides the node of a cluster: the first one of a script, else the first word. */
  public byte[] routingKey() {
    return arguments.get(name.equals("EVAL") ? 2 : 0);
  }
}
