package io.larder.runtime.redis;

import java.util.Collection;

/** Which servers there are, and which of them holds a key. Thread-safe; no method waits. */
interface Topology {

  /**
   * The master that holds a key.
   *
   * @throws RedisUnavailableException if none is known
   */
  RedisNode nodeOf(byte[] key);

  /** All masters that are known. */
  Collection<RedisNode> nodes();

  /** Whether all masters and their run ids are known: before that, nobody uses any. */
  default boolean isComplete() {
    return nodes().stream().allMatch(node -> node.runId() != null);
  }

  /** Has the topology looked at again, in the background. */
  void refreshSoon();

  /** Starts to connect. */
  void start();

  /** Ends all connections. */
  void close();
}
