package io.larder.runtime.redis;

import java.util.Collection;
import java.util.List;

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
  public void refreshSoon() {
    // Its name may lead to another server by now, which a new connection shows.
    node.connectSoon();
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
