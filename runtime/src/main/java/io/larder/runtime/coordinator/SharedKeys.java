package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.TierKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys in memory belong to the bytes by which other JVMs call them. May hold keys that are
 * not in memory any more; never lacks one that is. Thread-safe.
 */
final class SharedKeys {

  /** Below it, nobody looks for what is not in memory any more. */
  private static final int SMALLEST_SWEEP = 1_024;

  private final ConcurrentHashMap<KeyHash, Group> keys = new ConcurrentHashMap<>();

  private final AtomicBoolean sweeping = new AtomicBoolean();

  /** Racy on purpose: a sweep too many does no harm. */
  private volatile int nextSweep = SMALLEST_SWEEP;

  /**
   * Keys of one group, mostly one, which is in its fields: each object more between them was
   * measured to cost a look that misses memory. Compared by identity, as keys are compared by code
   * of the application.
   */
  private static final class Group {

    private static final AtomicReferenceFieldUpdater<Group, Use> USE =
        AtomicReferenceFieldUpdater.newUpdater(Group.class, Use.class, "use");

    /** By these a key is told from others of its group. */
    private final long high;

    private final long low;
    private final Object key;
    private final @Nullable Group next;

    /** Whether it may be taken out; so it need not be replaced each time that a key is noted. */
    private volatile Use use = Use.NOTED;

    private Group(KeyHash identity, Object key, @Nullable Group next) {
      this.high = identity.high();
      this.low = identity.low();
      this.key = key;
      this.next = next;
    }

    private boolean isOf(KeyHash identity, Object wanted) {
      return high == identity.high() && low == identity.low() && key.equals(wanted);
    }

    private boolean has(KeyHash identity, Object wanted) {
      for (Group each = this; each != null; each = each.next) {
        if (each.isOf(identity, wanted)) {
          return true;
        }
      }
      return false;
    }

    private boolean hasAny(Predicate<Object> wanted) {
      for (Group each = this; each != null; each = each.next) {
        if (wanted.test(each.key)) {
          return true;
        }
      }
      return false;
    }

    /** Whether it stays, at least until the next sweep. */
    private boolean stays() {
      return use == Use.NOTED || USE.compareAndSet(this, Use.LOOKED_AT, Use.NOTED);
    }

    private KeyHash identity() {
      return new KeyHash(high, low);
    }
  }

  /** What is known of a group. */
  private enum Use {
    /** A key was noted since the last sweep began to look at it. */
    NOTED,
    /** A sweep is looking whether a key is in use. */
    LOOKED_AT,
    /** None is, and it is about to be taken out. */
    GONE
  }

  /**
   * Notes a key, before it is looked up or loaded.
   *
   * @param isInUse whether a key is in memory, or on the way there
   */
  void add(TierKey tierKey, Object key, Predicate<Object> isInUse) {
    boolean added = false;
    while (!added) { // outside of the map's locks, as equals is foreign
      added = tryToAdd(tierKey.group(), tierKey.identity(), key);
    }
    // One thread is enough, and two would mistake what the other has looked at for their own.
    if (keys.size() > nextSweep && sweeping.compareAndSet(false, true)) {
      try {
        sweep(isInUse);
      } finally {
        nextSweep = Math.max(SMALLEST_SWEEP, 2 * keys.size());
        sweeping.set(false);
      }
    }
  }

  private boolean tryToAdd(KeyHash group, KeyHash identity, Object key) {
    Group before = keys.get(group);
    if (before == null) {
      return keys.putIfAbsent(group, new Group(identity, key, /* next= */ null)) == null;
    }
    return (before.has(identity, key) && before.stays())
        || keys.replace(group, before, with(before, identity, key));
  }

  /** With one more, in place of one that is equal. */
  private static Group with(Group before, KeyHash identity, Object key) {
    Group others = null;
    for (Group each = before; each != null; each = each.next) {
      // Equal bytes are not enough: a list of arrays has them, and is not equal to another.
      if (!each.isOf(identity, key)) {
        others = new Group(each.identity(), each.key, others);
      }
    }
    return new Group(identity, key, others);
  }

  private void sweep(Predicate<Object> isInUse) {
    keys.forEach(
        (hash, group) -> {
          // First: what is noted from now on stays.
          Group.USE.compareAndSet(group, Use.NOTED, Use.LOOKED_AT);
          if (!group.hasAny(isInUse) && Group.USE.compareAndSet(group, Use.LOOKED_AT, Use.GONE)) {
            keys.remove(hash, group);
          }
        });
  }

  /**
   * What tells keys from others, in their order.
   *
   * @param wanted compared by their own {@code equals}
   * @return without those that are not known
   */
  List<KeyHash> identitiesOf(List<?> wanted) {
    Map<Object, Integer> places = new HashMap<>();
    for (Object key : wanted) {
      places.putIfAbsent(key, places.size());
    }
    @Nullable KeyHash[] found = new KeyHash[places.size()];
    for (Group group : keys.values()) {
      for (Group each = group; each != null; each = each.next) {
        Integer place = places.get(each.key);
        if (place != null) {
          found[place] = each.identity();
        }
      }
    }
    return Stream.of(found).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  /** The keys of a group. */
  List<Object> of(KeyHash group) {
    List<Object> all = new ArrayList<>();
    for (Group each = keys.get(group); each != null; each = each.next) {
      all.add(each.key);
    }
    return all;
  }
}
