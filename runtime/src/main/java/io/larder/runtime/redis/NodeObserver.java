package io.larder.runtime.redis;

/** What is done about changes of a server. Called on whichever thread found them; does not wait. */
interface NodeObserver {
  /** A connection to a server that is not the one before; nobody uses it yet. */
  void serverChanged(RedisNode node, ServerIdentity identity);

  /** Its health or the reason of it changed. */
  void healthChanged(RedisNode node);

  /** It does not hold what it was asked for, or is no master any more. */
  void topologyDoubtful();
}
