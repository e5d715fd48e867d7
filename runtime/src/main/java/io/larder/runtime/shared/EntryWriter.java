package io.larder.runtime.shared;

import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.redis.Patience;
import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores entries of one cache, unless they are outdated. Thread-safe; never throws. While Redis
 * takes nothing, as when it is full or a replica, it is asked again once in a while only.
 */
final class EntryWriter {

  /** How long nothing is stored after Redis did not take an entry. */
  private static final long REST_NANOS = 500_000_000L;

  private final String cache;
  private final SharedStore shared;
  private final Store store;
  private final EntryForm form;
  private final TagCheck tagCheck;
  private final SharedTierCounters counters;

  /** Until when nothing is stored; racy on purpose: one more try does no harm. */
  private volatile long restUntilNanos;

  EntryWriter(
      String cache, SharedStore shared, Store store, EntryForm form, SharedTierCounters counters) {
    this.cache = cache;
    this.shared = shared;
    this.store = store;
    this.form = form;
    this.tagCheck = new TagCheck(store);
    this.counters = counters;
    this.restUntilNanos = shared.clock().nanos();
  }

  /** What is to be stored. */
  record Write(TierKey key, Entry entry, List<String> tags, long stamp) {}

  /** Stores entries in one round trip to each server; answers how many are stored. */
  int store(List<Write> writes) {
    List<RedisCommand> commands = new ArrayList<>(writes.size());
    for (Write write : writes) {
      RedisCommand command = prepare(write, /* lease= */ null);
      if (command != null) {
        commands.add(command);
      }
    }
    return send(commands);
  }

  /** Stores an entry that was loaded under a lease, if that is still held, and gives it back. */
  boolean store(Write write, LoadLease lease) {
    RedisCommand command = prepare(write, lease);
    if (command == null || send(List.of(command)) == 0) {
      return false;
    }
    lease.ended();
    return true;
  }

  private int send(List<RedisCommand> commands) {
    if (commands.isEmpty()) {
      return 0;
    }
    long start = shared.clock().nanos();
    int stored = 0;
    for (Object reply : store.exchangeAll(commands)) {
      if (reply instanceof Long answer) {
        stored += answer == 1 ? 1 : 0;
        (answer == 1 ? counters.puts : counters.refusedPuts).increment();
      } else {
        if (!isDeferred(reply)) {
          counters.failedPuts.increment();
        }
        if (!isOurs(reply)) {
          restUntilNanos = shared.clock().nanos() + REST_NANOS;
        }
      }
    }
    long end = shared.clock().nanos();
    counters.writes.record(end - start, end, /* weight= */ 1);
    return stored;
  }

  /** Whether Redis was not even asked, as this JVM is too busy: that says nothing of the next. */
  private static boolean isOurs(@Nullable Object reply) {
    return reply instanceof RedisUnavailableException none
        && (none.reason() == Reason.REJECTED || none.reason() == Reason.IMPATIENT);
  }

  /** Whether the call is to wait no longer: the entry is stored behind, and counted there. */
  private static boolean isDeferred(@Nullable Object reply) {
    return isOurs(reply) && Patience.isExhaustedNow();
  }

  /** The command that stores an entry; {@code null} if it is not to be stored. */
  private @Nullable RedisCommand prepare(Write write, @Nullable LoadLease lease) {
    Era era = shared.view().era();
    long clock = clockOf(write, era);
    long millis = form.millisToLive(write.key(), write.entry());
    if (clock < 0 || millis <= 0) {
      counters.refusedPuts.increment();
      return null;
    }
    byte[] envelope = envelope(write, era, clock);
    return envelope == null ? null : store.put(write.key(), envelope, clock, millis, lease);
  }

  /** The clock when its load began; -1 if it is outdated, as far as this JVM can tell. */
  private long clockOf(Write write, Era era) {
    long clock = era.clockOf(write.stamp());
    boolean refused =
        clock < 0
            || form.beganBefore(write.entry(), shared.longestLoad())
            || shared.pending().covers(cache, write.key().group())
            || shared.pending().coversTag(cache, write.tags());
    return refused ? -1 : clock;
  }

  /** The bytes of an entry; {@code null} if it has none, or a tag outdates it. */
  private byte @Nullable [] envelope(Write write, Era era, long clock) {
    if (shared.clock().nanos() - restUntilNanos < 0) {
      counters.failedPuts.increment();
      return null;
    }
    try {
      byte[] envelope = form.encode(write.key(), write.entry(), write.tags(), era.epoch(), clock);
      // The tags need a version before the entry is there: who reads it first would give them a
      // later one.
      List<String> tags = Forgotten.storedTags(cache, write.tags());
      if (tagCheck.areOlder(tags, clock, shared.view().tags())) {
        return envelope;
      }
      counters.refusedPuts.increment();
    } catch (NotStorableException not) {
      counters.notStorable(not.getMessage());
    } catch (RedisUnavailableException away) {
      if (!isDeferred(away)) {
        counters.failedPuts.increment();
      }
    }
    return null;
  }

  /**
   * Stores what a method that changes things answered, in place of all that is known of the key
   * anywhere.
   *
   * @param write with the stamp from before the method ran
   * @return whether it is stored; if not, the key is invalidated all the same
   */
  boolean replace(Write write) {
    Forgotten what = Forgotten.key(cache, write.key().group());
    Store.Outcome done = null;
    try {
      done = tryReplace(write);
    } finally {
      if (done == null) { // also after an error of one of the application's classes
        shared.forget(what);
      }
    }
    boolean stored = done != null && done.affected() == 1;
    if (done != null && !stored) {
      shared.tell(what);
    }
    return stored;
  }

  /** {@code null} if Redis is not known to have heard of it. */
  private Store.@Nullable Outcome tryReplace(Write write) {
    Era era = shared.view().era();
    long clock = clockOf(write, era);
    long millis = form.millisToLive(write.key(), write.entry());
    if (clock < 0 || millis <= 0) {
      counters.refusedPuts.increment();
      return null;
    }
    byte[] envelope = envelope(write, era, clock);
    if (envelope == null) {
      return null;
    }
    try {
      Store.Outcome done =
          store.replace(write.key(), envelope, clock, millis, era.epoch(), shared.sender());
      if (done.isOfAnotherEpoch()) {
        return null;
      }
      era.heard(done.number());
      (done.affected() == 1 ? counters.puts : counters.refusedPuts).increment();
      return done;
    } catch (RedisUnavailableException away) {
      counters.failedPuts.increment();
      return null;
    }
  }
}
