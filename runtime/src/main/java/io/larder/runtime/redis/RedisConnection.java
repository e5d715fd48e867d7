package io.larder.runtime.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * One connection, for one thread at a time, whose exchanges end with their deadline: a read does so
 * by itself, all else because the {@link Watchdog} closes the socket. Whatever fails leaves it
 * unusable.
 */
final class RedisConnection extends Connection implements Watchdog.Timed {

  /** No exchange is under way. */
  static final long IDLE = Long.MAX_VALUE;

  /** The watchdog closed the socket. */
  static final long EXPIRED = Long.MIN_VALUE;

  private static final int PER_ARGUMENT_BYTES = 8;

  /** In which something must have arrived that the server sends of its own accord. */
  private static final long PUSH_NANOS = 1_000_000_000L;

  /** When the exchange under way must have ended, on {@code System.nanoTime}. */
  private final AtomicLong deadline = new AtomicLong(IDLE);

  private final OpenSocket socket;
  private final Watchdog watchdog;
  private final ReplyReader reader;
  private int soTimeoutMillis;
  private boolean failed;

  /** When it was last given back. Written by its user of the moment, read by the idle check. */
  private volatile long lastUsedNanos = System.nanoTime();

  private long bytesWritten;

  /** Of the pool that it joined. */
  private int generation;

  private int protocolVersion = 2;

  /** What the server said of itself; set before anybody else sees the connection. */
  private ServerIdentity identity = ServerIdentity.UNKNOWN;

  RedisConnection(OpenSocket socket, Watchdog watchdog, int maxReplyBytes) {
    super(new HandedOnce(socket)::get);
    this.socket = socket;
    this.watchdog = watchdog;
    this.reader = new ReplyReader(maxReplyBytes);
    watchdog.watch(this);
  }

  /** Jedis connects anew when it finds its socket closed, on whichever thread that is. */
  private static final class HandedOnce {
    private @Nullable OpenSocket socket;

    HandedOnce(OpenSocket socket) {
      this.socket = socket;
    }

    java.net.Socket get() {
      OpenSocket handed = socket;
      socket = null;
      if (handed == null) {
        throw new JedisConnectionException("the connection is closed");
      }
      return handed.socket();
    }
  }

  ServerIdentity identity() {
    return identity;
  }

  void identify(ServerIdentity found) {
    identity = found;
  }

  /** Of the protocol that was agreed on: 2 or 3. */
  int protocolVersion() {
    return protocolVersion;
  }

  void agreeOnProtocol(int version) {
    protocolVersion = version;
  }

  int generation() {
    return generation;
  }

  void joinGeneration(int current) {
    generation = current;
  }

  long lastUsedNanos() {
    return lastUsedNanos;
  }

  /** As if what was done since had not been: it was for the connection's own sake. */
  void unusedSince(long nanos) {
    lastUsedNanos = nanos;
  }

  /** Starts the time of an exchange. */
  void begin(long deadlineNanos) {
    deadline.set(deadlineNanos);
    watchdog.wake();
  }

  /** Writes commands without waiting for replies. */
  void send(List<RedisCommand> commands) {
    try {
      for (RedisCommand command : commands) {
        List<byte[]> arguments = command.arguments();
        sendCommand(new CommandName(command.name()), arguments.toArray(new byte[0][]));
        for (byte[] argument : arguments) {
          bytesWritten += argument.length + PER_ARGUMENT_BYTES;
        }
        bytesWritten += command.name().length() + PER_ARGUMENT_BYTES;
      }
      flush();
    } catch (RuntimeException | Error broken) {
      failed = true;
      throw broken;
    }
  }

  /** Reads the replies to so many commands. */
  List<@Nullable Object> receive(int count) {
    List<@Nullable Object> replies = new ArrayList<>(count);
    boolean complete = false;
    try {
      for (int i = 0; i < count; i++) {
        if (i < 2) { // those that follow are there with the second, mostly
          limitRead();
        }
        replies.add(readProtocolWithCheckingBroken());
      }
      complete = true;
      return replies;
    } finally {
      failed |= !complete;
    }
  }

  /** A read may take what is left of the deadline; the clock call of each is cheap beside it. */
  private void limitRead() {
    long until = deadline.get();
    long left = until == EXPIRED ? 0 : until - System.nanoTime();
    if (left <= 0) {
      throw new JedisConnectionException("the deadline is over");
    }
    int millis = (int) Math.min(Integer.MAX_VALUE, left / 1_000_000 + 1);
    if (millis < soTimeoutMillis || millis > soTimeoutMillis + 5 || soTimeoutMillis == 0) {
      setSoTimeout(millis);
      soTimeoutMillis = millis;
    }
  }

  /**
   * Ends the time of an exchange.
   *
   * @param nowNanos on {@code System.nanoTime}
   * @return whether the connection may be used again
   */
  boolean end(long nowNanos) {
    lastUsedNanos = nowNanos;
    boolean inTime = deadline.getAndSet(IDLE) != EXPIRED;
    return inTime && !failed;
  }

  /** Commands and their replies, within a time. */
  List<@Nullable Object> exchange(List<RedisCommand> commands, long deadlineNanos) {
    begin(deadlineNanos);
    try {
      send(commands);
      return receive(commands.size());
    } finally {
      end(System.nanoTime());
    }
  }

  /** Whether the watchdog ended the exchange under way. */
  boolean isExpired() {
    return deadline.get() == EXPIRED;
  }

  /** The deadline of the exchange under way, or {@link #IDLE}. */
  @Override
  public long deadlineNanos() {
    return deadline.get();
  }

  @Override
  public void expire(long deadlineNanos) {
    if (deadline.compareAndSet(deadlineNanos, EXPIRED)) {
      socket.closeAtOnce();
    }
  }

  long takeBytesWritten() {
    long taken = bytesWritten;
    bytesWritten = 0;
    return taken;
  }

  long takeBytesRead() {
    return reader.takeBytesRead();
  }

  /**
   * Waits for something that the server sends of its own accord. Only what has begun has to end in
   * time: until then there is nothing that a thread, or a whole JVM, which was held up could lose.
   *
   * @return {@code null} if nothing began in time
   */
  @Nullable Object awaitPush(int millis) {
    setSoTimeout(Math.max(1, millis));
    soTimeoutMillis = 0;
    pushAwaited = true;
    try {
      return readProtocolWithCheckingBroken();
    } finally {
      pushAwaited = false;
    }
  }

  private boolean pushAwaited;

  @Override
  protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain unused) {
    if (!pushAwaited) {
      return reader.reply(in);
    }
    byte type;
    try {
      type = in.readByte();
    } catch (JedisConnectionException nothing) {
      if (nothing.getCause() instanceof java.net.SocketTimeoutException) {
        return null; // nothing was consumed
      }
      throw nothing;
    }
    limitPush();
    return reader.pushOrReply(in, type);
  }

  /** The rest may come in pieces, but not for ever; nor may each piece be late. */
  private void limitPush() {
    if (deadline.compareAndSet(IDLE, System.nanoTime() + PUSH_NANOS)) {
      watchdog.wake();
      setSoTimeout((int) (PUSH_NANOS / 1_000_000));
    }
  }

  /** Closes the socket without a word. From any thread; never waits. */
  void closeAtOnce() {
    watchdog.forget(this);
    socket.closeAtOnce();
  }

  private record CommandName(String name) implements ProtocolCommand {
    @Override
    public byte[] getRaw() {
      return name.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
