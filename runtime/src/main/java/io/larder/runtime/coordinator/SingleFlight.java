package io.larder.runtime.coordinator;

import io.larder.runtime.model.Entry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread load what several want: the others wait for its result. Nobody waits for himself,
 * whatever detour the wait would take, and nobody waits for ever. Thread-safe.
 */
final class SingleFlight {

  private final Cache cache;
  private final ConcurrentHashMap<Object, Flight> flights = new ConcurrentHashMap<>();

  SingleFlight(Cache cache) {
    this.cache = cache;
  }

  /**
   * Makes the calling thread load, or wait for the one that does.
   *
   * @param key as it is to be stored
   * @param tags of the result; {@code null} for none
   * @return a hit; a ticket; or {@code null} to run the body and forget about it
   */
  @Nullable Object enter(
      Object key, ResultType type, @Nullable CachedCall call, @Nullable TagSource tags) {
    Flight mine = new Flight(cache, key, type, call, tags);
    long waitUntil = 0;
    for (; ; ) {
      long joinedAt = tags == null ? 0 : cache.tags().now();
      Flight other = flights.putIfAbsent(key, mine);
      if (other == null) {
        return takeOff(mine, type);
      }
      // Landed, and not taken out at the end of its thread's stack; or doomed, with all others.
      if (other.hasLanded() || other.isDoomed()) {
        landed(other);
        continue;
      }
      if (other.leader() == Thread.currentThread()) {
        return uncached(); // a recursion that came back to its own arguments
      }
      long now = cache.clock().nanos();
      waitUntil = waitUntil == 0 ? now + cache.policy().waitAtMost().toNanos() : waitUntil;
      switch (Waiting.await(other, waitUntil - now)) {
        case LANDED -> {
          Object outcome = other.isFreshFor(joinedAt) ? outcomeOf(other, type) : null;
          if (outcome != null) {
            cache.counters().coalesced.increment();
            if (outcome instanceof Entry entry && entry.isPromoted()) {
              cache.counters().sharedLookups.increment();
            }
            return outcome;
          }
        }
        case TIMED_OUT -> {
          other.doom(); // while an invalidation still finds it
          mine.setWaited();
          return flights.replace(key, other, mine) ? takeOff(mine, type) : uncached();
        }
        case RING, INTERRUPTED -> {
          return uncached();
        }
      }
    }
  }

  /** Has a flight begin that nobody waits for; {@code false} when there is one of its key. */
  boolean tryTakeOff(Flight flight) {
    Flight other = flights.putIfAbsent(flight.key(), flight);
    if (other != null && other.hasLanded()) { // as above
      landed(other);
    }
    return other == null;
  }

  private @Nullable Object uncached() {
    cache.counters().uncached.increment();
    return null;
  }

  static @Nullable Object outcomeOf(Flight other, ResultType type) {
    Entry result = other.result();
    if (result != null && type.accepts(result.value)) {
      return result;
    }
    Throwable failure = other.failure();
    return failure == null ? null : new FailedWait(failure);
  }

  private Object takeOff(Flight flight, ResultType type) {
    try {
      // Another load may have landed between the caller's look and this flight.
      Entry raced = cache.memory().get(flight.key());
      if (raced != null && !raced.isAlive()) {
        cache.counters().invalidations.increment(); // which the invalidation of its tag could not
      } else if (raced != null && type.accepts(raced.value)) {
        flight.land(); // without it: who waits may have come after it was invalidated
        landed(flight);
        cache.counters().coalesced.increment();
        return raced;
      }
      Entry found = flight.lookUp();
      if (found != null) {
        flight.landWith(found);
        landed(flight);
        return found;
      }
      flight.start();
      return flight;
    } catch (Throwable problem) { // of a key's equals, or at the end of the stack: runs uncached
      flight.land(); // first, as it needs the least stack
      landed(flight);
      flight.giveUp();
      throw problem;
    }
  }

  /** Whether a load of the key is under way. */
  boolean isUnderWay(Object key) {
    return flights.containsKey(key);
  }

  /** Takes a flight out that is over. */
  void landed(Flight flight) {
    flights.remove(flight.key(), flight);
  }

  /** Sees to it that what is loaded for the key now is not stored, and that nobody joins it. */
  void forget(Object key) {
    Flight flight = flights.get(key);
    if (flight != null) {
      forget(flight);
    }
  }

  /** As {@link #forget(Object)} for all keys that pass. */
  void forgetKeys(Predicate<Object> keys) {
    for (Flight flight : flights.values()) {
      if (keys.test(flight.key())) {
        forget(flight);
      }
    }
  }

  /** As {@link #forget(Object)} for all, without looking at their keys. */
  void forgetAll() {
    flights.values().forEach(Flight::doom);
  }

  /** Sees to it that no result that has a tag, and is loaded now, is stored. */
  void invalidatedTag(String tag, long stamp) {
    for (Flight flight : flights.values()) {
      if (flight.invalidatedTag(tag, stamp)) {
        forget(flight);
      }
    }
  }

  private void forget(Flight flight) {
    flight.doom();
    landed(flight);
  }
}
