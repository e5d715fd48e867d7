package io.larder.runtime.redis;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One server that holds all keys. */
final class StandaloneTopology implements Topology {

  private final RedisNode node;

  StandaloneTopology(RedisNode node) {
    this.node = node;
  }

  @Override
  public RedisNode nodeOf(byte[] key) {
    return node;
  }

  @Override
  public Collection<RedisNode> nodes() {
    return List.of(node);
  }

  @Override
  public @Nullable TopologyTrouble trouble() {
    return null;
  }

  @Override
  public void refreshSoon() {
    // There is nobody to ask. A server that became a replica is noticed by its replies.
  }

  @Override
  public void tick() {
    // As above.
  }

  @Override
  public void start() {
    node.connectSoon();
  }

  @Override
  public void close() {
    node.close();
  }
}
