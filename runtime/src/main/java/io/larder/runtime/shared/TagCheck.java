package io.larder.runtime.shared;

import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisError;
import io.larder.runtime.redis.RedisUnavailableException;
import io.larder.runtime.redis.RedisUnavailableException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a tag was invalidated since a load began. Asks Redis for what was not heard.
 *
 * <p>A tag that Redis does not know may never have been invalidated, or was and Redis evicted it.
 * Where this JVM would have heard of it, it gets the clock from which on that is so; else that of
 * now, which outdates what may be outdated. Either way it is stored, so that the next to ask need
 * not wonder.
 */
final class TagCheck {

  private final Store store;

  TagCheck(Store store) {
    this.store = store;
  }

  /**
   * Whether none of them was invalidated after a clock.
   *
   * @param tags as stored
   * @throws RedisUnavailableException if it cannot be known
   */
  boolean areOlder(List<String> tags, long clock, TagVersions known) {
    List<String> unknown = new ArrayList<>(0);
    for (String tag : tags) {
      Long version = known.of(tag);
      if (version == null) {
        unknown.add(tag);
      } else if (version > clock) {
        return false;
      }
    }
    return unknown.isEmpty() || learn(unknown, clock, known);
  }

  private boolean learn(List<String> tags, long clock, TagVersions known) {
    List<@Nullable Object> replies =
        store.exchangeEach(
            tags.stream().map(tag -> RedisCommand.of("GET", store.keys().tag(tag))).toList());
    boolean older = true;
    List<String> absent = new ArrayList<>(0);
    for (int i = 0; i < tags.size(); i++) {
      Object reply = answered(replies.get(i));
      if (reply == null) {
        absent.add(tags.get(i));
      } else {
        older &= note(tags.get(i), reply, known) <= clock;
      }
    }
    return (absent.isEmpty() || introduce(absent, clock, known)) && older;
  }

  /** Gives tags that Redis does not know a version. */
  private boolean introduce(List<String> tags, long clock, TagVersions known) {
    long silent = known.silentSince(clock);
    long version = silent >= 0 ? silent : clockNow();
    List<RedisCommand> commands = new ArrayList<>(2 * tags.size());
    for (String tag : tags) {
      byte[] key = store.keys().tag(tag);
      commands.add(RedisCommand.of("SET", key, version, "NX", "PX", store.tagMillis()));
      commands.add(RedisCommand.of("GET", key));
    }
    List<@Nullable Object> replies = store.exchangeEach(commands);
    boolean older = true;
    for (int i = 0; i < tags.size(); i++) {
      Object stored = answered(replies.get(2 * i + 1));
      // Where Redis is full, the tag is not stored, and each has to find out for itself.
      older &= stored == null ? version <= clock : note(tags.get(i), stored, known) <= clock;
    }
    return older;
  }

  private long clockNow() {
    Object reply =
        answered(
            store
                .exchange(
                    store.keys().state(),
                    List.of(RedisCommand.of("HGET", store.keys().state(), "clock")))
                .get(0));
    return version(reply);
  }

  private static long note(String tag, Object reply, TagVersions known) {
    long version = version(reply);
    known.note(tag, version);
    return version;
  }

  private static long version(@Nullable Object reply) {
    long version = StoreState.number(reply);
    if (version < 0) {
      throw new RedisUnavailableException(
          Reason.REFUSED, "Redis has no number where one should be");
    }
    return version;
  }

  private static @Nullable Object answered(@Nullable Object reply) {
    if (reply instanceof RedisUnavailableException none) {
      throw none;
    }
    if (reply instanceof RedisError error) {
      throw new RedisUnavailableException(
          Reason.REFUSED, "Redis answered with the error " + error.code());
    }
    return reply;
  }
}
