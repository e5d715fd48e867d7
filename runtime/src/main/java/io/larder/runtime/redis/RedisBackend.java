package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import io.larder.runtime.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one Redis. Whatever becomes of the servers, a call ends within the deadline:
 * connections are made in the background only, an exchange is one round trip on the caller's own
 * thread, and a watchdog closes the socket of one that is late. Thread-safe.
 */
public final class RedisBackend implements RedisExchange, AutoCloseable {

  private static final int BACKGROUND_THREADS = 3;
  private static final long CHECK_MILLIS = 1_000;

  private final RedisSettings settings;
  private final Clock clock;
  private final Watchdog watchdog;
  private final Background background = new Background(BACKGROUND_THREADS);
  private final Connector connector;
  private final Traffic traffic = new Traffic();
  private final HealthBoard board;
  private final Fingerprint fingerprint = new Fingerprint();
  private final Topology topology;
  private volatile boolean enabled = true;

  private RedisBackend(RedisSettings settings, Clock clock, boolean quiet) {
    this.board = new HealthBoard(quiet);
    this.settings = settings;
    this.clock = clock;
    this.watchdog =
        new Watchdog(
            Math.min(
                Patience.shortestOf(settings.deadline().toNanos()),
                settings.connectTimeout().toNanos()));
    this.connector =
        new Connector(settings, settings.credentials(), settings.uri().database(), watchdog);
    this.topology = topology();
  }

  private Topology topology() {
    RedisUri uri = settings.uri();
    return switch (uri.kind()) {
      case STANDALONE -> new StandaloneTopology(node(uri.endpoints().get(0)));
      case SENTINEL ->
          new SentinelTopology(uri, sentinelConnector(), background, this::node, this::updateBoard);
      case CLUSTER ->
          new ClusterTopology(uri, connector, background, this::node, this::updateBoard);
    };
  }

  private Connector sentinelConnector() {
    CredentialsSource theirs = settings.sentinelCredentials();
    return new Connector(
        settings,
        theirs != null ? theirs : CredentialsSource.of(RedisCredentials.NONE),
        /* database= */ 0,
        watchdog);
  }

  /**
   * A backend that begins to connect at once, in the background.
   *
   * @param listener told of the servers before the first exchange can be answered
   */
  public static RedisBackend open(RedisSettings settings, Clock clock, NodesListener listener) {
    RedisBackend backend = new RedisBackend(settings, clock, /* quiet= */ false);
    backend.fingerprint.add(listener);
    backend.start();
    return backend;
  }

  /** As {@link #open}, for somebody who tells of its health himself. */
  static RedisBackend openQuietly(RedisSettings settings, Clock clock) {
    RedisBackend backend = new RedisBackend(settings, clock, /* quiet= */ true);
    backend.start();
    return backend;
  }

  private void start() {
    topology.start();
    background.each(CHECK_MILLIS, this::checkIdle);
  }

  private RedisNode node(Endpoint endpoint) {
    return new RedisNode(endpoint, settings, connector, background, clock, traffic, new Changes());
  }

  @Override
  public List<@Nullable Object> exchange(byte[] routingKey, List<RedisCommand> commands) {
    requireEnabled();
    RedisNode node = topology.nodeOf(routingKey);
    long start = System.nanoTime();
    return NodeExchange.all(node, commands, start, endOf(start));
  }

  @Override
  public List<@Nullable Object> exchangeEach(List<RedisCommand> commands) {
    requireEnabled();
    long start = System.nanoTime();
    long end = endOf(start);
    Map<RedisNode, NodeExchange> parts = new LinkedHashMap<>();
    List<@Nullable Object> replies =
        new ArrayList<>(Collections.<@Nullable Object>nCopies(commands.size(), null));
    for (int i = 0; i < commands.size(); i++) {
      RedisCommand command = commands.get(i);
      try {
        RedisNode node = topology.nodeOf(command.routingKey());
        parts.computeIfAbsent(node, NodeExchange::new).add(command, i);
      } catch (RedisUnavailableException unknown) {
        replies.set(i, unknown);
      }
    }
    // All nodes are asked before the first is listened to: they answer at the same time.
    for (NodeExchange part : parts.values()) {
      part.send(start, end);
    }
    for (NodeExchange part : parts.values()) {
      part.receive(replies);
    }
    return replies;
  }

  private long endOf(long startNanos) {
    return Patience.endOf(startNanos, settings.deadline().toNanos());
  }

  @Override
  public boolean isSplit() {
    return settings.uri().kind() == RedisUri.Kind.CLUSTER;
  }

  private void requireEnabled() {
    if (!enabled) {
      throw new RedisUnavailableException(Reason.OFF, "Redis is switched off");
    }
  }

  /**
   * Subscribes to a channel on a connection of its own; waits for it, so it is for background
   * threads.
   *
   * @throws RedisUnavailableException if no server confirms it
   */
  public RedisSubscription subscribe(byte[] channel) {
    return subscribe(channel, /* trackedPrefix= */ null);
  }

  /**
   * As {@link #subscribe(byte[])}, and is told of changed keys; needs Redis 6 with RESP3. In a
   * cluster those of one node only.
   *
   * @param trackedPrefix of these keys; {@code null} for none
   */
  public RedisSubscription subscribe(byte[] channel, byte @Nullable [] trackedPrefix) {
    requireEnabled();
    return ChannelSubscription.open(
        topology.nodeOf(channel).endpoint(), connector, channel, trackedPrefix);
  }

  /** How Redis is now, and since when: one volatile read. */
  public RedisState state() {
    return board.state();
  }

  /** Asks something now, whatever is known; says in words what came back. Never throws. */
  public String check() {
    String address = "Redis at " + settings.uri();
    byte[] anywhere = "larder".getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    try {
      Object reply = exchange(anywhere, List.of(RedisCommand.of("PING"))).get(0);
      double millis = Math.round((System.nanoTime() - start) / 1e3) / 1e3;
      String answered = reply instanceof RedisError ? " answered with an error" : " answered";
      return address + answered + " within " + millis + " ms.";
    } catch (RedisUnavailableException unavailable) {
      return address + " is not available: " + unavailable.getMessage() + ".";
    }
  }

  /** What was counted. */
  public RedisFigures figures() {
    long[] reads = traffic.reads.percentiles(clock.nanos(), 0.5, 0.99);
    long[] writes = traffic.writes.percentiles(clock.nanos(), 0.5, 0.99);
    Collection<RedisNode> nodes = topology.nodes();
    int live = nodes.stream().mapToInt(node -> node.pool().live()).sum();
    int idle = nodes.stream().mapToInt(node -> node.pool().idle()).sum();
    return new RedisFigures(
        traffic.connects.sum(),
        traffic.bytesRead.sum(),
        traffic.bytesWritten.sum(),
        traffic.rejected.sum(),
        traffic.deadlineMisses.sum(),
        traffic.lost.sum(),
        traffic.errors.sum(),
        nodes.stream().mapToLong(node -> node.breaker().openings()).sum(),
        Math.max(0, live - idle),
        idle,
        nodes.stream().mapToInt(node -> node.pool().maximum()).sum(),
        nodes.stream().mapToInt(node -> node.pool().waiters()).sum(),
        reads[0],
        reads[1],
        writes[0],
        writes[1]);
  }

  /** Switches it off or on again; while off, every exchange is refused at once. */
  public void setEnabled(boolean wanted) {
    enabled = wanted;
    updateBoard();
  }

  /** Of the masters' run ids; empty until all of them are known. */
  public String fingerprint() {
    return fingerprint.current();
  }

  /** Adds a listener, and tells it of the servers if they are known. */
  public void addListener(NodesListener listener) {
    fingerprint.add(listener);
  }

  /** What is done about changes of a server. */
  private final class Changes implements NodeObserver {

    @Override
    public void serverChanged(RedisNode node, ServerIdentity identity) {
      fingerprint.update(topology.nodes());
    }

    @Override
    public void healthChanged(RedisNode node) {
      updateBoard();
      if (node.trouble() != null) {
        topology.refreshSoon();
      }
    }

    @Override
    public void topologyDoubtful() {
      topology.refreshSoon();
    }
  }

  private void updateBoard() {
    board.update(topology, enabled);
  }

  /** The masters that are known. */
  Collection<RedisNode> nodes() {
    return topology.nodes();
  }

  /** Makes connections as the backend's own are. */
  Connector connector() {
    return connector;
  }

  private void checkIdle() {
    topology.tick();
    topology.nodes().forEach(RedisNode::checkIdle);
  }

  /** Ends all connections and threads. */
  @Override
  public void close() {
    background.close();
    topology.close();
    watchdog.close();
  }
}
