package io.larder.runtime.redis;

import io.larder.runtime.redis.RedisUri.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Makes connections that are ready to use: opened, greeted, logged in, and told who the server is.
 * Waits, so it is for background threads. Thread-safe.
 */
final class Connector {

  private static final Trouble ENDS = Trouble.connect("CONNECTION", "ends connections");

  /**
   * A server that misses a certificate says so in the handshake, under TLS 1.3 afterwards; if its
   * reset does not win.
   */
  private static final Trouble ENDS_TLS =
      Trouble.connect(
          "TLS",
          "ends connections in the TLS handshake or after it (does it ask for a certificate:"
              + " tls-auth-clients? set redis.keyStore)");

  private static final RedisCommand PING = RedisCommand.of("PING");

  private final SocketOpener sockets;
  private final CredentialsSource credentials;
  private final int database;
  private final Watchdog watchdog;
  private final int maxReplyBytes;
  private final long stepNanos;
  private final long deadlineNanos;
  private final Kind kind;
  private final boolean tls;

  Connector(
      RedisSettings settings, CredentialsSource credentials, int database, Watchdog watchdog) {
    this.sockets =
        new SocketOpener(settings.uri().tls(), settings.tls(), settings.connectTimeout(), watchdog);
    this.credentials = credentials;
    this.database = database;
    this.watchdog = watchdog;
    this.maxReplyBytes = settings.maxReplyBytes();
    this.stepNanos = settings.connectTimeout().toNanos();
    this.deadlineNanos = settings.deadline().toNanos();
    this.tls = settings.uri().tls();
    this.kind = settings.uri().kind();
  }

  /**
   * Opens a connection that answered quickly enough to be used.
   *
   * @throws TroubleException if there is none to be had
   */
  RedisConnection open(Endpoint endpoint) throws TroubleException {
    RedisConnection connection = greeted(endpoint);
    boolean usable = false;
    try {
      identify(connection);
      ping(connection);
      usable = true;
      return connection;
    } finally {
      if (!usable) {
        connection.closeAtOnce();
      }
    }
  }

  /** Opens a connection that is logged in, and asks for no more. */
  RedisConnection greeted(Endpoint endpoint) throws TroubleException {
    RedisCredentials who = currentCredentials();
    OpenSocket socket;
    try {
      socket = sockets.open(endpoint);
    } catch (SocketOpener.UnusableStoreException unusable) {
      throw new TroubleException(
          Trouble.connect("TLS", "cannot be connected to: " + unusable.getMessage()));
    } catch (IOException failure) {
      throw new TroubleException(withTls(Trouble.of(failure)));
    }
    RedisConnection connection = new RedisConnection(socket, watchdog, maxReplyBytes);
    boolean greeted = false;
    try {
      greet(connection, who);
      greeted = true;
      return connection;
    } catch (TroubleException broken) {
      throw new TroubleException(withTls(broken.trouble()));
    } finally {
      if (!greeted) {
        connection.closeAtOnce();
      }
    }
  }

  private Trouble withTls(Trouble trouble) {
    return tls && trouble.equals(ENDS) ? ENDS_TLS : trouble;
  }

  private RedisCredentials currentCredentials() throws TroubleException {
    try {
      return credentials.get();
    } catch (UnreadableFileException unreadable) {
      throw new TroubleException(
          Trouble.connect("CREDENTIALS", "cannot be logged in to: " + unreadable.getMessage()));
    } catch (IOException | RuntimeException unreadable) { // whose message may say too much
      throw new TroubleException(
          Trouble.connect("CREDENTIALS", "cannot be logged in to: the password cannot be read"));
    }
  }

  /**
   * Asks for something on the way to a connection, or beside the application's exchanges.
   *
   * @throws TroubleException if the connection breaks
   */
  List<@Nullable Object> ask(RedisConnection connection, List<RedisCommand> commands)
      throws TroubleException {
    try {
      return connection.exchange(commands, System.nanoTime() + stepNanos);
    } catch (JedisException broken) {
      throw new TroubleException(troubleOf(broken));
    }
  }

  private void greet(RedisConnection connection, RedisCredentials who) throws TroubleException {
    String user = who.user() == null ? "default" : who.user();
    List<Object> hello = new ArrayList<>(List.of("3"));
    if (who.password() != null) {
      hello.addAll(List.of("AUTH", user, who.password()));
    }
    hello.addAll(List.of("SETNAME", RedisSettings.CLIENT_NAME));
    Object reply = ask(connection, List.of(RedisCommand.of("HELLO", hello.toArray()))).get(0);
    if (!(reply instanceof RedisError error)) {
      connection.agreeOnProtocol(3);
      return;
    }
    boolean unknown = error.code().equals("ERR") || error.code().equals("NOPROTO");
    Trouble trouble = Trouble.of(error);
    boolean denied = trouble.effect() == Trouble.Effect.COMMAND;
    if (trouble.effect() == Trouble.Effect.TIER || !(unknown || denied)) {
      throw new TroubleException(trouble);
    }
    // A server before Redis 6, one that was told not to say HELLO, or something that forwards.
    if (who.password() != null) {
      List<Object> auth = new ArrayList<>();
      if (who.user() != null) {
        auth.add(who.user());
      }
      auth.add(who.password());
      require(ask(connection, List.of(RedisCommand.of("AUTH", auth.toArray()))).get(0));
    }
    ask(connection, List.of(RedisCommand.of("CLIENT", "SETNAME", RedisSettings.CLIENT_NAME)));
  }

  private void identify(RedisConnection connection) throws TroubleException {
    List<RedisCommand> questions = new ArrayList<>();
    questions.add(RedisCommand.of("INFO", "server"));
    questions.add(RedisCommand.of("INFO", "replication"));
    questions.add(PING); // refused while it loads
    if (database != 0) {
      questions.add(RedisCommand.of("SELECT", database));
    }
    if (kind == Kind.CLUSTER) {
      questions.add(RedisCommand.of("CLUSTER", "INFO"));
    }
    List<@Nullable Object> answers = ask(connection, questions);
    for (Object answer : answers) {
      require(answer);
    }
    ServerIdentity identity = ServerIdentity.of(bytes(answers.get(0)), bytes(answers.get(1)));
    if (identity.runId().isEmpty()) {
      throw new TroubleException(
          Trouble.connect(
              "RUN_ID", "does not say its run_id in INFO, by which Larder notices a restart"));
    }
    requireKind(identity);
    if (kind == Kind.CLUSTER
        && !"ok"
            .equals(
                ServerIdentity.field(
                    new String(bytes(answers.get(3)), StandardCharsets.UTF_8), "cluster_state"))) {
      throw new TroubleException(Trouble.of(new RedisError("CLUSTERDOWN", "")));
    }
    connection.identify(identity);
  }

  private void requireKind(ServerIdentity identity) throws TroubleException {
    if (kind != Kind.CLUSTER && identity.mode().equals("cluster")) {
      throw new TroubleException(
          Trouble.connect("MODE", "is a node of a cluster; write redis-cluster:// in redis.uri"));
    }
    if (identity.mode().equals("sentinel")) {
      throw new TroubleException(
          Trouble.connect(
              "MODE", "is a sentinel; write redis-sentinel://...?master=<name> in redis.uri"));
    }
    if (kind == Kind.SENTINEL && !identity.master()) {
      throw new TroubleException(
          Trouble.connect("REPLICA", "is no master any more, and the sentinels name no other yet"));
    }
  }

  /** The last step: what answers more slowly than the deadline is of no use. */
  private void ping(RedisConnection connection) throws TroubleException {
    long start = System.nanoTime();
    require(ask(connection, List.of(PING)).get(0));
    long took = System.nanoTime() - start;
    if (took > CircuitBreaker.slowNanos(deadlineNanos)) {
      throw new TroubleException(tooSlow(deadlineNanos));
    }
  }

  static Trouble tooSlow(long deadlineNanos) {
    return Trouble.connect(
        "SLOW", "answers too slowly for the deadline of " + deadlineNanos / 1_000_000 + " ms");
  }

  private static void require(@Nullable Object reply) throws TroubleException {
    if (reply instanceof RedisError error) {
      Trouble trouble = Trouble.of(error);
      throw new TroubleException(
          trouble.effect() == Trouble.Effect.TIER
              ? trouble
              : Trouble.connect(trouble.code(), trouble.words()));
    }
  }

  private static byte[] bytes(@Nullable Object reply) {
    return reply instanceof byte[] bytes ? bytes : new byte[0];
  }

  /** What it means that an exchange on the way to a connection broke. */
  private static Trouble troubleOf(JedisException broken) {
    // Under TLS 1.3 a server says only afterwards that it wanted a certificate.
    return broken.getCause() instanceof SocketTimeoutException
            || broken.getCause() instanceof SSLException
        ? Trouble.of((IOException) broken.getCause())
        : ENDS;
  }

  /** How long a subscriber may take to say something when it must. */
  Duration step() {
    return Duration.ofNanos(stepNanos);
  }
}
