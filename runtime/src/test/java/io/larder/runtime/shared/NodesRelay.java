package io.larder.runtime.shared;

import io.larder.runtime.redis.NodesListener;
import org.jspecify.annotations.Nullable;

/** Passes on which servers there are, to a store that is made after the connections. */
final class NodesRelay implements NodesListener {

  private @Nullable String last;
  private @Nullable NodesListener target;

  @Override
  public synchronized void nodesChanged(String fingerprint) {
    last = fingerprint;
    if (target != null) {
      target.nodesChanged(fingerprint);
    }
  }

  synchronized void to(NodesListener listener) {
    target = listener;
    if (last != null) {
      listener.nodesChanged(last);
    }
  }
}
