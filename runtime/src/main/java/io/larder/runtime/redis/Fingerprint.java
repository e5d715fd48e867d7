package io.larder.runtime.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The masters' run ids, and those who are told when they change. Thread-safe. */
final class Fingerprint {

  /** Guarded by this. */
  private final List<NodesListener> listeners = new ArrayList<>();

  /** As told last; empty before the first time. Guarded by this. */
  private String current = "";

  synchronized String current() {
    return current;
  }

  /** Adds a listener, and tells it if there is something to tell. */
  synchronized void add(NodesListener listener) {
    listeners.add(listener);
    if (!current.isEmpty()) {
      listener.nodesChanged(current);
    }
  }

  /**
   * Looks at the masters again. Before all of them are known for the first time there is nothing to
   * tell: nobody uses any.
   */
  synchronized void update(Collection<RedisNode> masters) {
    TreeSet<String> runIds = new TreeSet<>();
    boolean complete = true;
    for (RedisNode master : masters) {
      String runId = master.runId();
      if (runId == null) {
        complete = false;
      } else {
        runIds.add(runId);
      }
    }
    String now = String.join("+", runIds);
    if ((complete || !current.isEmpty()) && !now.equals(current)) {
      current = now;
      listeners.forEach(listener -> listener.nodesChanged(now));
    }
  }
}
