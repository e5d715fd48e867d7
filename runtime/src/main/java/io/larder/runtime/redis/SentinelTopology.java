package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one master that sentinels name. They are asked each second, and at once when the master is in
 * trouble; the first that answers is believed, and a server that says it is no master is not used.
 */
final class SentinelTopology implements Topology {

  private static final String UNKNOWN_MASTER = "MASTER_NAME";

  private final List<Endpoint> sentinels;
  private final String masterName;
  private final Connector connector;
  private final Function<Endpoint, RedisNode> nodes;
  private final Runnable changed;
  private final Refresh refresh;
  private volatile @Nullable RedisNode master;
  private volatile TopologyTrouble trouble =
      new TopologyTrouble(Trouble.NOT_CONNECTED.code(), "Redis is not connected yet");

  /** The sentinel that answered last comes first. Guarded by the refresh. */
  private final List<Endpoint> order;

  /** To that one; {@code null} if it broke. Guarded by the refresh. */
  private @Nullable RedisConnection open;

  /**
   * Not connected yet.
   *
   * @param nodes makes the master's
   * @param changed called when there is another master, or a reason why there is none
   */
  SentinelTopology(
      RedisUri uri,
      Connector connector,
      Background background,
      Function<Endpoint, RedisNode> nodes,
      Runnable changed) {
    this.sentinels = uri.endpoints();
    this.masterName = String.valueOf(uri.master());
    this.connector = connector;
    this.nodes = nodes;
    this.changed = changed;
    this.refresh = new Refresh(background, this::ask);
    this.order = new ArrayList<>(sentinels);
  }

  @Override
  public RedisNode nodeOf(byte[] key) {
    RedisNode known = master;
    if (known == null) {
      throw new RedisUnavailableException(Reason.NOT_CONNECTED, trouble.sentence());
    }
    return known;
  }

  @Override
  public Collection<RedisNode> nodes() {
    RedisNode known = master;
    return known == null ? List.of() : List.of(known);
  }

  @Override
  public @Nullable TopologyTrouble trouble() {
    return master == null ? trouble : null;
  }

  @Override
  public void refreshSoon() {
    refresh.soon();
  }

  @Override
  public void tick() {
    refresh.soon();
  }

  @Override
  public void start() {
    refresh.soon();
  }

  /** Asks one sentinel after the other; answers whether there is a master without trouble. */
  private boolean ask() {
    @Nullable TopologyTrouble problem = null;
    for (Endpoint sentinel : List.copyOf(order)) {
      try {
        Endpoint named = masterAt(sentinel);
        if (named != null) {
          order.remove(sentinel);
          order.add(0, sentinel);
          return become(named);
        }
        if (problem == null || !problem.code().equals(UNKNOWN_MASTER)) {
          problem =
              new TopologyTrouble(
                  UNKNOWN_MASTER,
                  "Sentinel at " + sentinel + " knows no master called \"" + masterName + "\"");
        }
      } catch (TroubleException away) {
        problem =
            problem != null
                ? problem
                : new TopologyTrouble(
                    away.trouble().code(),
                    "Sentinel at " + sentinel + " " + away.trouble().words());
      }
      closeOpen();
    }
    if (problem != null && master == null && !problem.equals(trouble)) {
      trouble = problem;
      changed.run();
    }
    return master != null && isWell();
  }

  private @Nullable Endpoint masterAt(Endpoint sentinel) throws TroubleException {
    RedisConnection connection = open != null ? open : connector.greeted(sentinel);
    open = connection;
    Object reply =
        connector
            .ask(
                connection,
                List.of(RedisCommand.of("SENTINEL", "get-master-addr-by-name", masterName)))
            .get(0);
    if (reply instanceof RedisError error) {
      throw new TroubleException(Trouble.of(error));
    }
    return reply instanceof List<?> address
            && address.size() == 2
            && address.get(0) instanceof byte[] host
            && address.get(1) instanceof byte[] port
        ? new Endpoint(
            new String(host, StandardCharsets.UTF_8),
            Integer.parseInt(new String(port, StandardCharsets.UTF_8)))
        : null;
  }

  private boolean become(Endpoint named) {
    RedisNode before = master;
    if (before != null && before.endpoint().equals(named)) {
      return isWell();
    }
    RedisNode now = nodes.apply(named);
    master = now;
    if (before != null) {
      before.close();
    }
    now.connectSoon();
    changed.run();
    return true; // the next tick looks again
  }

  private boolean isWell() {
    RedisNode known = master;
    return known != null && known.trouble() == null;
  }

  private void closeOpen() {
    RedisConnection broken = open;
    open = null;
    if (broken != null) {
      broken.closeAtOnce();
    }
  }

  @Override
  public void close() {
    refresh.close();
    synchronized (refresh) {
      closeOpen();
    }
    RedisNode known = master;
    if (known != null) {
      known.close();
    }
  }
}
