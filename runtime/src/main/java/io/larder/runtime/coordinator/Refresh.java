package io.larder.runtime.coordinator;

import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import org.jspecify.annotations.Nullable;

/**
 * One refresh of one entry: calls the woven method once more on a thread of Larder, where {@link
 * #enter} has the call load instead of being answered with the entry.
 *
 * <p>Keeps instance and arguments of the call, and goes when it has run.
 */
public final class Refresh implements Runnable {

  private final Refreshing refreshing;
  private final Cache cache;
  private final CachedCall call;
  private final Entry due;
  private final Refreshing.Reload reload;
  private final @Nullable ClassLoader contextLoader =
      Thread.currentThread().getContextClassLoader();

  /** Whether the call has come by. For the thread that runs it, as all that follows. */
  private boolean begun;

  private boolean leftToAnother;

  /** By the thread that asks for it. */
  Refresh(Refreshing refreshing, CachedCall call, Entry due, Refreshing.Reload reload) {
    this.refreshing = refreshing;
    this.cache = refreshing.cache();
    this.call = call;
    this.due = due;
    this.reload = reload;
  }

  CachedCall call() {
    return call;
  }

  /** Whether the call comes by for the first time. */
  boolean begin() {
    boolean first = !begun;
    begun = true;
    return first;
  }

  @Override
  public void run() {
    Thread me = Thread.currentThread();
    try {
      me.setContextClassLoader(contextLoader);
      refreshing.started(this);
      if (cache.isServing() && due.isAlive()) { // else the body would run for nobody
        reload.run();
      }
    } catch (Throwable failure) { // the old entry goes on being served
      refreshing.failed(call, failure);
    } finally {
      refreshing.ended();
      me.setContextClassLoader(null);
      if (leftToAnother) {
        refreshing.leftToAnother(due);
      } else {
        refreshing.endedInVain(due); // or well: then nobody asks for this entry any more
      }
    }
  }

  /**
   * What becomes of the call, in place of {@link Cache#miss}: a ticket, or a hit with which its
   * body is skipped. Never throws.
   *
   * @param key made of the arguments as they are now
   */
  public Object enter(Object key, ResultType type, @Nullable TagSource tags) {
    Object stored = key instanceof Key made ? made.detach(cache) : key;
    Flight flight = new Flight(cache, stored, type, call, tags);
    flight.setReload(reload);
    try {
      if (!refreshing.flights().tryTakeOff(flight)) {
        return due; // somebody loads it already
      }
    } catch (Throwable problem) { // of a key's equals
      cache.problem(problem);
      return due;
    }
    try {
      return fly(flight);
    } catch (Throwable problem) { // of a key's equals, too
      cache.problem(problem);
      return skip(flight, due);
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very entry
  private Object fly(Flight flight) {
    if (cache.memory().get(flight.key()) != due) {
      return skip(flight, due); // it was invalidated, replaced, evicted, or is that of another key
    }
    Entry newer = flight.lookUpNewer(due);
    if (newer != null) {
      cache.counters().refreshesShared.increment();
      flight.landWith(newer);
      return skip(flight, newer);
    }
    leftToAnother = flight.isLeftToAnother();
    if (leftToAnother) {
      return skip(flight, due);
    }
    flight.start();
    cache.counters().refreshes.increment();
    return flight;
  }

  /**
   * What becomes of a call whose result could not be stored: a hit with which its body is skipped.
   */
  public Object skip() {
    return due;
  }

  private Entry skip(Flight flight, Entry answer) {
    flight.land();
    refreshing.flights().landed(flight);
    flight.giveUp();
    return answer;
  }
}
