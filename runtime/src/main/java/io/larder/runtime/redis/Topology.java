package io.larder.runtime.redis;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which servers there are, and which of them holds a key. Thread-safe. */
interface Topology {

  /**
   * The master that holds a key. Does not wait.
   *
   * @throws RedisUnavailableException if none is known
   */
  RedisNode nodeOf(byte[] key);

  /** All masters that are known. */
  Collection<RedisNode> nodes();

  /** Why no master is known, as a sentence; {@code null} if one is. */
  @Nullable TopologyTrouble trouble();

  /** Has the topology looked at again, in the background. */
  void refreshSoon();

  /** Called each second, in the background. */
  void tick();

  /** Starts to connect. */
  void start();

  /** Ends all connections. */
  void close();

  /** Why no server is known. */
  record TopologyTrouble(String code, String sentence) {}
}
