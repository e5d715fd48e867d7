package io.larder.runtime.redis;

/** Is told when the servers behind Redis are not those of before: content may be older or gone. */
@FunctionalInterface
public interface NodesListener {

  /**
   * There are other masters, or one of them started anew. Said in the background before any
   * exchange reaches such a server, so it must not exchange anything itself, nor wait.
   *
   * @param fingerprint of the masters' run ids: the same as long as they are the same
   */
  void nodesChanged(String fingerprint);
}
