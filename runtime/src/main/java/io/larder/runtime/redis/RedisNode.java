package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUnavailableException.Reason;
import io.larder.runtime.time.Clock;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One server: its connections, its circuit breaker and what is wrong with it. Thread-safe.
 *
 * <p>Connections are made and probed in the background only. A server that starts anew is noticed
 * by its {@code run_id}, and told of before a connection to it can be used.
 */
final class RedisNode {

  private static final long WITHOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Endpoint endpoint;
  private final Connector connector;
  private final Background background;
  private final Clock clock;
  private final Traffic traffic;
  private final NodeObserver observer;
  private final long deadlineNanos;
  private final ConnectionPool pool;
  private final CircuitBreaker breaker;
  private final IdleCheck idleCheck;
  private final Trouble slow;

  /** Whether a connection is being made, or will be in a moment. */
  private final AtomicBoolean connecting = new AtomicBoolean();

  private final Impairments impairments;

  /** Made once, as it is thrown with each call while the breaker is open. */
  private volatile RedisUnavailableException openRefusal;

  /** Why there is no connection any more, and since when; both as of the last one that was lost. */
  private volatile @Nullable Trouble lostTo;

  private volatile long lostNanos;
  private volatile @Nullable String runId;
  private volatile boolean closed;

  RedisNode(
      Endpoint endpoint,
      RedisSettings settings,
      Connector connector,
      Background background,
      Clock clock,
      Traffic traffic,
      NodeObserver observer) {
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
    this.idleCheck = new IdleCheck(this, pool, deadlineNanos);
    this.impairments =
        new Impairments(
            clock, traffic, () -> observer.healthChanged(this), observer::topologyDoubtful);
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
    return runId == null ? Trouble.NOT_CONNECTED : impairments.current();
  }

  /**
   * A connection whose time runs; ends with {@link #finish} or {@link #fail}.
   *
   * @param endNanos when it is over
   * @throws RedisUnavailableException if there is none to be had now
   */
  RedisConnection lease(long endNanos) {
    if (breaker.refusal() != null) {
      traffic.rejected.increment();
      throw openRefusal;
    }
    RedisConnection connection =
        pool.take(Patience.waitForConnectionNanos(endNanos - System.nanoTime()));
    if (connection == null) {
      traffic.rejected.increment();
      openIfLongWithout();
      Reason reason = pool.reasonForNone();
      if (reason == Reason.REJECTED) {
        Patience.exhaust();
      }
      throw new RedisUnavailableException(
          reason,
          reason == Reason.REJECTED
              ? "Redis at " + endpoint + ": all connections are in use " + figures()
              : "Redis at " + endpoint + " " + Trouble.NOT_CONNECTED.words());
    }
    connection.begin(endNanos);
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
    long now = System.nanoTime();
    boolean reusable = connection.end(now);
    long took = now - startNanos;
    traffic.count(connection, commands, took, clock.coarseNanos());
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

  /**
   * Throws away a connection whose exchange broke, and says what it means.
   *
   * @param givenNanos how long the exchange was to take at most: one that was given less than the
   *     deadline and is late says nothing of the server
   */
  RedisUnavailableException fail(RedisConnection connection, long givenNanos, Throwable failure) {
    boolean late = connection.isExpired() || isTimeout(failure);
    connection.end(System.nanoTime());
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
    boolean shortened = late && givenNanos < deadlineNanos;
    if (!shortened && breaker.failed(trouble)) {
      opened(trouble);
    }
    connectSoon();
    return new RedisUnavailableException(
        late ? Reason.DEADLINE : Reason.CONNECTION_LOST,
        late
            ? "Redis at "
                + endpoint
                + " did not answer within "
                + givenNanos / 1_000_000
                + " ms "
                + figures()
            : "Redis at " + endpoint + " ended the connection");
  }

  private static boolean isTimeout(Throwable failure) {
    return failure.getCause() instanceof SocketTimeoutException
        || (failure.getMessage() != null && failure.getMessage().contains("deadline"));
  }

  /**
   * Looks at the error replies.
   *
   * @throws RedisUnavailableException if one of them says that the server answers nothing now
   */
  void inspect(List<RedisCommand> commands, List<@Nullable Object> replies) {
    Trouble refused = impairments.inspect(commands, replies);
    if (refused != null) {
      if (breaker.trip(refused)) {
        opened(refused);
      }
      throw new RedisUnavailableException(
          Reason.REFUSED, "Redis at " + endpoint + " " + refused.words());
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
      boolean changed = impairments.noteRole(identity.master());
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

  private void cannotConnect(Trouble trouble) {
    if (closed || pool.live() > 0) {
      return; // nobody asks any more, or those that exist decide
    }
    Trouble before = breaker.refusal();
    if (breaker.trip(trouble)) {
      opened(trouble);
    } else if (!trouble.equals(before)) {
      openRefusal = refusal(trouble);
      observer.healthChanged(this);
    }
  }

  /** Called each second. */
  void checkIdle() {
    if (!closed && breaker.refusal() == null) {
      idleCheck.run();
    }
  }

  void close() {
    closed = true;
    pool.empty();
  }
}
