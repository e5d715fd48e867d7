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
import java.util.concurrent.atomic.AtomicReference;
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

  /** Keys of one group. Compared by identity, as keys are compared by code of the application. */
  private static final class Group {

    private final List<Known> all;

    /** Whether it may be taken out; so it need not be replaced each time that a key is noted. */
    private final AtomicReference<Use> use = new AtomicReference<>(Use.NOTED);

    private Group(List<Known> all) {
      this.all = all;
    }

    private boolean has(Known wanted) {
      for (Known each : all) {
        if (each.identity.equals(wanted.identity) && each.key.equals(wanted.key)) {
          return true;
        }
      }
      return false;
    }

    /** Whether it stays, at least until the next sweep. */
    private boolean stays() {
      return use.get() == Use.NOTED || use.compareAndSet(Use.LOOKED_AT, Use.NOTED);
    }

    /** With one more, in place of one that is equal. */
    private Group with(Known more) {
      List<Known> known = new ArrayList<>(List.of(more));
      for (Known each : all) {
        // Equal bytes are not enough: a list of arrays has them, and is not equal to another.
        if (!each.identity.equals(more.identity) || !each.key.equals(more.key)) {
          known.add(each);
        }
      }
      return new Group(known);
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

  /** A key, by the bytes that tell it from others of its group. */
  private record Known(KeyHash identity, Object key) {}

  /**
   * Notes a key, before it is looked up or loaded.
   *
   * @param isInUse whether a key is in memory, or on the way there
   */
  void add(TierKey tierKey, Object key, Predicate<Object> isInUse) {
    Known known = new Known(tierKey.identity(), key);
    boolean added = false;
    while (!added) { // outside of the map's locks, as equals is foreign
      Group before = keys.get(tierKey.group());
      added =
          before == null
              ? keys.putIfAbsent(tierKey.group(), new Group(List.of(known))) == null
              : (before.has(known) && before.stays())
                  || keys.replace(tierKey.group(), before, before.with(known));
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

  private void sweep(Predicate<Object> isInUse) {
    keys.forEach(
        (hash, group) -> {
          // First: what is noted from now on stays.
          group.use.compareAndSet(Use.NOTED, Use.LOOKED_AT);
          if (group.all.stream().noneMatch(each -> isInUse.test(each.key))
              && group.use.compareAndSet(Use.LOOKED_AT, Use.GONE)) {
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
      for (Known known : group.all) {
        Integer place = places.get(known.key);
        if (place != null) {
          found[place] = known.identity;
        }
      }
    }
    return Stream.of(found).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  /** The keys of a group. */
  List<Object> of(KeyHash group) {
    Group known = keys.get(group);
    return known == null ? List.of() : known.all.stream().map(Known::key).toList();
  }
}
