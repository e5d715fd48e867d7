package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import io.larder.runtime.time.Clock;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One server: its connections, its circuit breaker and what is wrong with it. Thread-safe.
 *
 * <p>Connections are made and probed in the background only. A server that starts anew is noticed
 * by its {@code run_id}, and told of before a connection to it can be used.
 */
final class RedisNode {

  private static final List<RedisCommand> PING = List.of(RedisCommand.of("PING"));
  private static final long UNUSED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SURPLUS_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long WITHOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long MEND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Endpoint endpoint;
  private final Connector connector;
  private final Background background;
  private final Clock clock;
  private final Traffic traffic;
  private final Observer observer;
  private final long deadlineNanos;
  private final ConnectionPool pool;
  private final CircuitBreaker breaker;
  private final Trouble slow;

  /** Whether a connection is being made, or will be in a moment. */
  private final AtomicBoolean connecting = new AtomicBoolean();

  private final AtomicReference<@Nullable Impairment> impairment = new AtomicReference<>();

  /** Made once, as it is thrown with each call while the breaker is open. */
  private volatile RedisUnavailableException openRefusal;

  /** Why there is no connection any more, and since when; both as of the last one that was lost. */
  private volatile @Nullable Trouble lostTo;

  private volatile long lostNanos;
  private volatile @Nullable String runId;
  private volatile boolean closed;

  /** What the backend does about changes. */
  interface Observer {
    /** A connection to a server that is not the one before; nobody uses it yet. */
    void serverChanged(RedisNode node, ServerIdentity identity);

    /** Its health or the reason of it changed. */
    void healthChanged(RedisNode node);

    /** It does not hold what it was asked for, or is no master any more. */
    void topologyDoubtful();
  }

  /** Commands of one name that do not work, while all others do. */
  private record Impairment(Trouble trouble, String command, long seenNanos) {}

  RedisNode(
      Endpoint endpoint,
      RedisSettings settings,
      Connector connector,
      Background background,
      Clock clock,
      Traffic traffic,
      Observer observer) {
    this.endpoint = endpoint;
    this.connector = connector;
    this.background = background;
    this.clock = clock;
    this.traffic = traffic;
    this.observer = observer;
    this.deadlineNanos = settings.deadline().toNanos();
    this.pool = new ConnectionPool(settings.connections(), this::connectSoon);
    this.breaker = new CircuitBreaker(clock, deadlineNanos);
    this.slow = Connector.tooSlow(deadlineNanos);
    this.openRefusal = refusal(Trouble.NOT_CONNECTED);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** As of the last connection; {@code null} before the first. */
  @Nullable String runId() {
    return runId;
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  ConnectionPool pool() {
    return pool;
  }

  /** What is wrong; {@code null} if nothing is. */
  @Nullable Trouble trouble() {
    Trouble refused = breaker.refusal();
    if (refused != null) {
      return refused;
    }
    Impairment impaired = impairment.get();
    return impaired != null ? impaired.trouble : runId == null ? Trouble.NOT_CONNECTED : null;
  }

  /**
   * A connection whose time runs; ends with {@link #finish} or {@link #fail}.
   *
   * @throws RedisUnavailableException if there is none to be had now
   */
  RedisConnection lease(long startNanos) {
    if (breaker.refusal() != null) {
      traffic.rejected.increment();
      throw openRefusal;
    }
    RedisConnection connection = pool.take();
    if (connection == null) {
      traffic.rejected.increment();
      openIfLongWithout();
      Reason reason = pool.reasonForNone();
      throw new RedisUnavailableException(
          reason,
          reason == Reason.REJECTED
              ? "Redis at " + endpoint + ": all connections are in use " + figures()
              : "Redis at " + endpoint + " " + Trouble.NOT_CONNECTED.words());
    }
    connection.begin(startNanos + deadlineNanos);
    return connection;
  }

  /** That a connection cannot be made takes long to find out where nothing answers. */
  private void openIfLongWithout() {
    Trouble lost = lostTo;
    if (lost != null
        && pool.live() == 0
        && clock.nanos() - lostNanos > WITHOUT_NANOS
        && breaker.trip(lost)) {
      opened(lost);
    }
  }

  private String figures() {
    return "(active="
        + (pool.live() - pool.idle())
        + ", idle="
        + pool.idle()
        + ", waiting="
        + pool.waiters()
        + ")";
  }

  /**
   * Takes back a connection whose exchange was answered.
   *
   * @throws RedisUnavailableException if the answer is that the server answers nothing now
   */
  void finish(
      RedisConnection connection,
      List<RedisCommand> commands,
      List<@Nullable Object> replies,
      long startNanos) {
    boolean reusable = connection.end();
    long took = System.nanoTime() - startNanos;
    count(connection, commands, took);
    if (breaker.answered(took, slow)) {
      opened(slow);
    }
    if (reusable) {
      pool.giveBack(connection);
    } else {
      pool.discard(connection);
      connectSoon();
    }
    inspect(commands, replies);
  }

  private void count(RedisConnection connection, List<RedisCommand> commands, long took) {
    traffic.bytesRead.add(connection.takeBytesRead());
    traffic.bytesWritten.add(connection.takeBytesWritten());
    boolean write = !commands.isEmpty() && !isRead(commands.get(0).name());
    (write ? traffic.writes : traffic.reads).record(took, clock.nanos(), /* weight= */ 1);
  }

  private static boolean isRead(String command) {
    return switch (command) {
      case "GET", "MGET", "HMGET", "HGET", "EXISTS", "PTTL", "PING", "STRLEN" -> true;
      default -> false;
    };
  }

  /** Throws away a connection whose exchange broke, and says what it means. */
  RedisUnavailableException fail(RedisConnection connection, Throwable failure) {
    boolean late = connection.isExpired() || isTimeout(failure);
    connection.end();
    pool.discard(connection);
    Trouble trouble =
        late
            ? Trouble.of(new SocketTimeoutException())
            : Trouble.connect("CONNECTION", "ends connections");
    (late ? traffic.deadlineMisses : traffic.lost).increment();
    if (pool.live() == 0) {
      lostNanos = clock.nanos();
      lostTo = trouble;
    }
    if (breaker.failed(trouble)) {
      opened(trouble);
    }
    connectSoon();
    return new RedisUnavailableException(
        late ? Reason.DEADLINE : Reason.CONNECTION_LOST,
        late
            ? "Redis at "
                + endpoint
                + " did not answer within "
                + deadlineNanos / 1_000_000
                + " ms "
                + figures()
            : "Redis at " + endpoint + " ended the connection");
  }

  private static boolean isTimeout(Throwable failure) {
    return failure.getCause() instanceof SocketTimeoutException
        || (failure.getMessage() != null && failure.getMessage().contains("deadline"));
  }

  /** Looks at the error replies. */
  private void inspect(List<RedisCommand> commands, List<@Nullable Object> replies) {
    Impairment impaired = impairment.get();
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof RedisError error) {
        traffic.errors.increment();
        answeredWith(error, commands.get(i).name());
      } else if (impaired != null
          && impaired.command.equals(commands.get(i).name())
          && clock.nanos() - impaired.seenNanos > MEND_NANOS
          && impairment.compareAndSet(impaired, null)) {
        observer.healthChanged(this);
      }
    }
  }

  private void answeredWith(RedisError error, String command) {
    Trouble trouble = Trouble.of(error);
    switch (trouble.effect()) {
      case TIER -> {
        if (breaker.trip(trouble)) {
          opened(trouble);
        }
        throw new RedisUnavailableException(
            Reason.REFUSED, "Redis at " + endpoint + " " + trouble.words());
      }
      case WRITES, COMMAND -> {
        Impairment before = impairment.getAndSet(new Impairment(trouble, command, clock.nanos()));
        if (before == null || !before.trouble.equals(trouble)) {
          observer.healthChanged(this);
        }
        if (trouble.code().equals("READONLY")) {
          observer.topologyDoubtful();
        }
      }
      case MOVED -> observer.topologyDoubtful();
      case NONE -> {}
    }
  }

  private RedisUnavailableException refusal(Trouble trouble) {
    return new RedisUnavailableException(
        Reason.BREAKER_OPEN, "Redis at " + endpoint + " " + trouble.words());
  }

  private void opened(Trouble trouble) {
    openRefusal = refusal(trouble);
    pool.empty(); // they may be half open: the probe makes a new one
    observer.healthChanged(this);
    connectSoon();
  }

  /** Has a connection made in the background, unless one is being made already. */
  void connectSoon() {
    if (!closed && connecting.compareAndSet(false, true)) {
      background.soon(this::connect);
    }
  }

  private void connect() {
    long again = -1;
    try {
      while (!closed && (breaker.refusal() != null || pool.wantsMore())) {
        connectOnce();
      }
    } catch (TroubleException none) {
      cannotConnect(none.trouble());
      again = ThreadLocalRandom.current().nextLong(100, 250);
    }
    if (again >= 0) {
      background.in(again, this::connect);
    } else {
      connecting.set(false);
      if (!closed && (breaker.refusal() != null || pool.live() == 0)) { // became so meanwhile
        connectSoon();
      }
    }
  }

  private void connectOnce() throws TroubleException {
    RedisConnection connection = connector.open(endpoint);
    boolean added = false;
    try {
      ServerIdentity identity = connection.identity();
      boolean first = runId == null;
      if (!identity.runId().equals(runId)) {
        pool.empty(); // what is left goes to another server
        runId = identity.runId();
        observer.serverChanged(this, identity);
      }
      traffic.connects.increment();
      boolean changed = noteRole(identity.master());
      pool.add(connection);
      added = true;
      lostTo = null;
      if (closed) {
        pool.empty();
      }
      if (breaker.close() || changed || first) {
        observer.healthChanged(this);
      }
    } finally {
      if (!added) {
        connection.closeAtOnce();
      }
    }
  }

  /** Whether it became a replica, or ceased to be one. */
  private boolean noteRole(boolean master) {
    Impairment before = impairment.get();
    boolean wasReplica = before != null && before.trouble.code().equals("READONLY");
    if (master == !wasReplica) {
      return false;
    }
    Trouble readOnly = Trouble.of(new RedisError("READONLY", ""));
    impairment.set(master ? null : new Impairment(readOnly, "SET", clock.nanos()));
    return true;
  }

  private void cannotConnect(Trouble trouble) {
    if (pool.live() > 0) {
      return; // those that exist decide
    }
    Trouble before = breaker.refusal();
    if (breaker.trip(trouble)) {
      opened(trouble);
    } else if (!trouble.equals(before)) {
      openRefusal = refusal(trouble);
      observer.healthChanged(this);
    }
  }

  /** Called each second: finds dead connections before a caller does, and drops those too many. */
  void checkIdle() {
    if (closed || breaker.refusal() != null) {
      return;
    }
    for (int i = pool.idle(); i > 0; i--) {
      RedisConnection oldest = pool.pollOldest();
      if (oldest == null) {
        return;
      }
      long unused = System.nanoTime() - oldest.lastUsedNanos();
      if (unused < UNUSED_NANOS) {
        pool.giveBack(oldest);
        return;
      }
      if (unused > SURPLUS_NANOS && pool.live() > 1) {
        pool.discard(oldest);
      } else {
        check(oldest);
      }
    }
  }

  private void check(RedisConnection connection) {
    long lastUsed = connection.lastUsedNanos();
    long start = System.nanoTime();
    connection.begin(start + deadlineNanos);
    try {
      connection.send(PING);
      List<@Nullable Object> replies = connection.receive(1);
      boolean reusable = connection.end();
      connection.unusedSince(lastUsed);
      if (reusable) {
        pool.giveBack(connection);
      } else {
        pool.discard(connection);
      }
      inspect(PING, replies);
    } catch (RedisUnavailableException refused) {
      return; // inspected
    } catch (JedisException broken) {
      RedisUnavailableException unused = fail(connection, broken);
    }
  }

  void close() {
    closed = true;
    pool.empty();
  }
}
