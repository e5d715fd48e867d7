package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.redis.Patience;
import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisError;
import io.larder.runtime.redis.RedisExchange;
import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the protocol, each as what Redis is asked. Knows nothing of what this JVM believes.
 * Thread-safe; each step throws {@link RedisUnavailableException} if it cannot be known to be done.
 */
final class Store {

  /** The field of a tombstone's clock. */
  private static final byte[] TOMBSTONE = {'t'};

  private final RedisExchange redis;
  private final SharedKeys keys;
  private final SharedSettings settings;

  Store(RedisExchange redis, SharedSettings settings) {
    this.redis = redis;
    this.keys = new SharedKeys(settings.namespace());
    this.settings = settings;
  }

  SharedKeys keys() {
    return keys;
  }

  /** How an invalidation, or a replacement, ended. */
  record Outcome(long number, long affected) {
    /** In another epoch nothing is done. */
    boolean isOfAnotherEpoch() {
      return number < 0;
    }
  }

  StoreState state() {
    return stateFrom(eval(keys.state(), Scripts.STATE, List.of(keys.state())));
  }

  /**
   * Begins an epoch, unless there is one that began with these servers.
   *
   * @param proposed the new epoch, random
   * @param ended one that must not go on; 0 for none
   */
  StoreState begin(String nodes, long proposed, long ended) {
    return stateFrom(
        eval(keys.state(), Scripts.BEGIN, List.of(keys.state()), nodes, proposed, ended));
  }

  private static StoreState stateFrom(Object reply) {
    StoreState state = StoreState.of(reply);
    if (state == null) {
      throw strange();
    }
    return state;
  }

  private static RedisUnavailableException strange() {
    return new RedisUnavailableException(Reason.REFUSED, "Redis gave an answer of another kind");
  }

  /** Makes an invalidation known to Redis and, through it, to all. */
  Outcome forget(Forgotten what, long epoch, long sender) {
    return numbered(
        scriptOf(what), placeOf(what), epoch, messageOf(what, epoch, sender), lifeOf(what));
  }

  /**
   * As {@link #forget}, for several.
   *
   * @return for each its outcome, {@code null} if it is not known to be done
   */
  List<@Nullable Outcome> forgetEach(List<Forgotten> all, long epoch, long sender) {
    if (redis.isSplit()) {
      return forgetOneByOne(all, epoch, sender);
    }
    List<RedisCommand> commands = new ArrayList<>(all.size());
    for (Forgotten what : all) {
      byte[] message = messageOf(what, epoch, sender);
      commands.add(
          numberedCommand(
              scriptOf(what), placeOf(what), epoch, /* number= */ 0, message, lifeOf(what)));
    }
    List<@Nullable Outcome> outcomes = new ArrayList<>(all.size());
    for (Object reply : redis.exchangeEach(commands)) {
      outcomes.add(reply instanceof List<?> ? outcomeFrom(reply) : null);
    }
    return outcomes;
  }

  private List<@Nullable Outcome> forgetOneByOne(List<Forgotten> all, long epoch, long sender) {
    List<@Nullable Outcome> outcomes = new ArrayList<>(all.size());
    boolean answers = true; // after one deadline passed, no second is waited for
    for (Forgotten what : all) {
      Outcome outcome = null;
      if (answers) {
        try {
          outcome = forget(what, epoch, sender);
        } catch (RedisUnavailableException away) {
          answers = false;
        }
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static String scriptOf(Forgotten what) {
    return what.key() == null ? Scripts.FORGET_TAG : Scripts.FORGET_KEY;
  }

  private byte[] placeOf(Forgotten what) {
    KeyHash key = what.key();
    return key == null ? keys.tag(what.storedTag()) : keys.entry(what.cache(), key);
  }

  private static byte[] messageOf(Forgotten what, long epoch, long sender) {
    return BusMessage.forgotten(sender, epoch, what).body();
  }

  private long lifeOf(Forgotten what) {
    return what.key() == null ? tagMillis() : settings.tombstone().toMillis();
  }

  private static Outcome outcomeFrom(Object reply) {
    if (reply instanceof List<?> parts
        && parts.size() == 2
        && parts.get(0) instanceof Long number
        && parts.get(1) instanceof Long affected) {
      return new Outcome(number, affected);
    }
    throw strange();
  }

  /** Takes the next number; -1 in another epoch. */
  private long advance(long epoch) {
    Object reply = eval(keys.state(), Scripts.ADVANCE, List.of(keys.state()), epoch);
    if (reply instanceof Long number) {
      return number;
    }
    throw strange();
  }

  /** What is stored of a key: its tombstone's clock, and its entry, each may be absent. */
  static RedisCommand lookUp(byte[] entry, byte[] field) {
    return new RedisCommand("HMGET", List.of(entry, TOMBSTONE, field));
  }

  /**
   * Stores an entry; answers as the script says.
   *
   * @param clock when its load began
   * @param millis to live
   * @param lease under which it was loaded
   */
  RedisCommand put(
      TierKey key, byte[] envelope, long clock, long millis, @Nullable LoadLease lease) {
    byte[] entry = keys.entry(key.cache(), key.group());
    byte[] field = SharedKeys.field(key);
    if (lease == null) {
      return evalOf(Scripts.PUT, List.of(entry), field, envelope, clock, millis);
    }
    byte[] leased = keys.lease(key);
    return evalOf(
        Scripts.PUT,
        List.of(entry, leased),
        field,
        envelope,
        clock,
        millis,
        lease.token(),
        keys.channel(),
        lease.message());
  }

  /**
   * Stores an entry in place of all that is known of its key; its outcome affects 1 if it stays.
   */
  Outcome replace(TierKey key, byte[] envelope, long clock, long millis, long epoch, long sender) {
    Forgotten what = Forgotten.key(key.cache(), key.group());
    return numbered(
        Scripts.REPLACE,
        keys.entry(key.cache(), key.group()),
        epoch,
        BusMessage.forgotten(sender, epoch, what).body(),
        Math.max(millis, settings.tombstone().toMillis()),
        clock,
        SharedKeys.field(key),
        envelope);
  }

  /**
   * Runs a script that takes a number: in one step, but where the state is on another node first
   * takes the number there.
   */
  private Outcome numbered(
      String script, byte[] at, long epoch, byte[] message, long life, Object... more) {
    long number = redis.isSplit() ? advance(epoch) : 0;
    if (number < 0) {
      return new Outcome(-1, 0);
    }
    List<RedisCommand> command =
        List.of(numberedCommand(script, at, epoch, number, message, life, more));
    // A number that was taken and never arrives has all JVMs in doubt.
    Patience forBoth = number == 0 ? null : Patience.unlimited();
    try {
      return outcomeFrom(checked(redis.exchange(at, command).get(0)));
    } finally {
      if (forBoth != null) {
        forBoth.close();
      }
    }
  }

  /** One step with the state, unless a number was taken. */
  private RedisCommand numberedCommand(
      String script,
      byte[] at,
      long epoch,
      long number,
      byte[] message,
      long life,
      Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(epoch, number, keys.channel(), message, life));
    arguments.addAll(List.of(more));
    List<byte[]> scriptKeys = number == 0 ? List.of(at, keys.state()) : List.of(at);
    return evalOf(script, scriptKeys, arguments.toArray());
  }

  /** How long Redis remembers a tag's version: longer than what has the tag. */
  long tagMillis() {
    return settings.longestTtl().plus(settings.tombstone()).toMillis();
  }

  List<@Nullable Object> exchange(byte[] routingKey, List<RedisCommand> commands) {
    return redis.exchange(routingKey, commands);
  }

  /** Tells everybody something without a number. */
  void publish(byte[] message) {
    List<RedisCommand> command = List.of(RedisCommand.of("PUBLISH", keys.channel(), message));
    var unused = redis.exchange(keys.channel(), command);
  }

  /** Several commands, each with its own key; stands for what throws as the reply of each. */
  List<@Nullable Object> exchangeAll(List<RedisCommand> commands) {
    try {
      return commands.size() == 1
          ? redis.exchange(commands.get(0).routingKey(), commands)
          : redis.exchangeEach(commands);
    } catch (RedisUnavailableException none) {
      return Collections.nCopies(commands.size(), none);
    }
  }

  List<@Nullable Object> exchangeEach(List<RedisCommand> commands) {
    return redis.exchangeEach(commands);
  }

  /** Runs a script and answers with its reply, which is no error and not null. */
  Object eval(byte[] routingKey, String script, List<byte[]> scriptKeys, Object... arguments) {
    RedisCommand command = evalOf(script, scriptKeys, arguments);
    return checked(redis.exchange(routingKey, List.of(command)).get(0));
  }

  static RedisCommand evalOf(String script, List<byte[]> scriptKeys, Object... arguments) {
    List<Object> all = new ArrayList<>(2 + scriptKeys.size() + arguments.length);
    all.add(script);
    all.add(scriptKeys.size());
    all.addAll(scriptKeys);
    all.addAll(List.of(arguments));
    return RedisCommand.of("EVAL", all.toArray());
  }

  private static Object checked(@Nullable Object reply) {
    if (reply instanceof RedisError error) {
      throw new RedisUnavailableException(
          Reason.REFUSED, "Redis answered with the error " + error.code());
    }
    if (reply == null) {
      throw strange();
    }
    return reply;
  }
}
