package io.larder.runtime.shared;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.EntryForm;
import io.larder.runtime.codec.EnvelopeHeader;
import io.larder.runtime.codec.Objection;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.redis.RedisCommand;
import io.larder.runtime.redis.RedisError;
import io.larder.runtime.redis.RedisUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of one cache and judges whether they count. Thread-safe; throws nothing because of
 * Redis.
 */
final class EntryReader {

  private final String cache;
  private final SharedStore shared;
  private final Store store;
  private final EntryForm form;
  private final TagCheck tagCheck;
  private final SharedTierCounters counters;

  EntryReader(
      String cache, SharedStore shared, Store store, EntryForm form, SharedTierCounters counters) {
    this.cache = cache;
    this.shared = shared;
    this.store = store;
    this.form = form;
    this.tagCheck = new TagCheck(store);
    this.counters = counters;
  }

  /** The entry of a key, if it counts. */
  @Nullable SharedEntry read(TierKey key) {
    long start = shared.clock().nanos();
    View view = shared.view(); // as below
    if (!isToBeAsked(key, view)) {
      return null;
    }
    SharedEntry found = judge(key, view, store.exchangeAll(List.of(lookUp(key))).get(0));
    return count(found == null ? 0 : 1, view, start) ? found : null;
  }

  /** The entries that count, of several keys, in one round trip to each server. */
  Map<TierKey, SharedEntry> read(Collection<TierKey> keys) {
    long start = shared.clock().nanos();
    View view = shared.view(); // before Redis is asked: what ends meanwhile must not be believed
    List<TierKey> asked = new ArrayList<>(keys.size());
    List<RedisCommand> commands = new ArrayList<>(keys.size());
    for (TierKey key : keys) {
      if (isToBeAsked(key, view)) {
        asked.add(key);
        commands.add(lookUp(key));
      }
    }
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<TierKey, SharedEntry> found = new HashMap<>();
    List<@Nullable Object> replies = store.exchangeAll(commands);
    for (int i = 0; i < replies.size(); i++) {
      SharedEntry entry = judge(asked.get(i), view, replies.get(i));
      if (entry != null) {
        found.put(asked.get(i), entry);
      }
    }
    return count(found.size(), view, start) ? found : Map.of();
  }

  private boolean isToBeAsked(TierKey key, View view) {
    if (!view.era().isKnown()) {
      counters.missed(MissReason.AWAY);
      return false;
    }
    if (shared.pending().covers(cache, key.group())) {
      counters.missed(MissReason.PENDING);
      return false;
    }
    return true;
  }

  private RedisCommand lookUp(TierKey key) {
    return Store.lookUp(store.keys().entry(cache, key.group()), SharedKeys.field(key));
  }

  /**
   * Counts what was found.
   *
   * @return whether it still counts
   */
  private boolean count(int found, View view, long startNanos) {
    // What answered may be a server that came up with old data. The era ended before it could.
    if (shared.view().era() != view.era()) {
      for (int i = 0; i < found; i++) {
        counters.missed(MissReason.EPOCH);
      }
      return false;
    }
    counters.hits.add(found);
    long end = shared.clock().nanos();
    counters.reads.record(end - startNanos, end, /* weight= */ 1);
    return true;
  }

  private @Nullable SharedEntry judge(TierKey key, View view, @Nullable Object reply) {
    if (!(reply instanceof List<?> parts) || parts.size() != 2) {
      counters.missed(noAnswer(reply));
      return null;
    }
    if (!(parts.get(1) instanceof byte[] stored)) {
      counters.missed(parts.get(0) == null ? MissReason.ABSENT : MissReason.INVALIDATED);
      return null;
    }
    try {
      EnvelopeHeader header = form.header(key, stored);
      MissReason objection = objection(key, view, header, parts.get(0));
      if (objection == null) {
        Entry entry = form.decode(key, header, stored);
        return new SharedEntry(entry, header.tags(), view.era().stamp(header.clock()));
      }
      counters.missed(objection);
    } catch (DamagedEntryException damaged) {
      boolean foreign = damaged.reason() == DamagedEntryException.Reason.FOREIGN;
      counters.missed(foreign ? MissReason.FOREIGN : MissReason.DAMAGED);
      if (!foreign) { // which is of another release, or of a key whose hash is the same
        counters.problems.note(EntryProblems.Kind.NOT_READ, damaged.getMessage());
      }
    } catch (RedisUnavailableException unknown) { // whether its tags count
      counters.missed(MissReason.UNAVAILABLE);
    }
    return null;
  }

  private static MissReason noAnswer(@Nullable Object reply) {
    if (reply instanceof RedisUnavailableException none) {
      return switch (none.reason()) {
        case NOT_CONNECTED, BREAKER_OPEN, OFF -> MissReason.AWAY;
        default -> MissReason.UNAVAILABLE;
      };
    }
    boolean theirs = reply instanceof RedisError error && error.code().equals("WRONGTYPE");
    return theirs ? MissReason.FOREIGN : MissReason.UNAVAILABLE;
  }

  private @Nullable MissReason objection(
      TierKey key, View view, EnvelopeHeader header, @Nullable Object tombstone) {
    Objection own = form.objection(key, header);
    if (own == Objection.FOREIGN) {
      return MissReason.FOREIGN;
    }
    if (header.epoch() != view.era().epoch()) {
      return MissReason.EPOCH;
    }
    if (own == Objection.EXPIRED) {
      return MissReason.EXPIRED;
    }
    if (tombstone != null) {
      Tombstone buried = Tombstone.of(tombstone);
      if (buried == null || buried.outdates(header.clock(), SharedKeys.field(key))) {
        return MissReason.INVALIDATED;
      }
    }
    if (shared.pending().coversTag(cache, header.tags())) {
      return MissReason.PENDING;
    }
    List<String> tags = Forgotten.storedTags(cache, header.tags());
    return tagCheck.areOlder(tags, header.clock(), view.tags()) ? null : MissReason.TAG;
  }
}
