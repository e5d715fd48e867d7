package io.larder.runtime.coordinator;

import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Entry;
import io.larder.runtime.thread.WorkerPool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The refreshes of one cache: an entry that is old is loaded anew in the background, while it goes
 * on being served. Thread-safe.
 */
public final class Refreshing {

  private static final Logger logger = Log.logger(Refreshing.class);

  /** How long after a try in vain the next one is made at the earliest. */
  private static final long SHORTEST_PAUSE_NANOS = 100_000_000;

  private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;

  private final Cache cache;
  private final SingleFlight flights;

  /** By the thread that does them. */
  private final Map<Thread, Refresh> running = new ConcurrentHashMap<>();

  /** Shared with other caches; {@code null} where nothing is refreshed. */
  private volatile @Nullable WorkerPool pool;

  private volatile boolean failureReported;

  /** A call, to be made once more. */
  public interface Reload {

    /**
     * Calls the woven method.
     *
     * @throws Throwable what it throws
     */
    void run() throws Throwable;

    /** Whether the arguments still make this key; they may have been changed since. */
    boolean isStillFor(Object key);
  }

  Refreshing(Cache cache, SingleFlight flights) {
    this.cache = cache;
    this.flights = flights;
  }

  void setPool(WorkerPool value) {
    pool = value;
  }

  /**
   * A hit found an entry due: it is loaded anew soon, unless that is about to happen already, or
   * was tried just now.
   *
   * @param call that was answered with the entry
   * @param reload makes the call once more
   */
  public void request(CachedCall call, Entry due, Reload reload) {
    WorkerPool workers = pool;
    if (workers == null || !due.claimRefresh(cache.clock().coarseNanos())) {
      return;
    }
    if (!workers.offer(new Refresh(this, call, due, reload))) {
      cache.counters().refreshesDropped.increment();
      pause(due, SHORTEST_PAUSE_NANOS);
    }
  }

  /**
   * The refresh for which this thread makes the call, if it does, and the call has not come by yet;
   * {@code null} for all other calls, those that the method makes itself among them.
   */
  @SuppressWarnings("ReferenceEquality") // this very method
  public @Nullable Refresh begin(CachedCall call) {
    Refresh mine = running.get(Thread.currentThread());
    return mine != null && mine.call() == call && mine.begin() ? mine : null;
  }

  Cache cache() {
    return cache;
  }

  SingleFlight flights() {
    return flights;
  }

  void started(Refresh refresh) {
    running.put(Thread.currentThread(), refresh);
  }

  void ended() {
    running.remove(Thread.currentThread());
  }

  /** Nobody tries it again at once. */
  void leftToAnother(Entry due) {
    pause(due, SHORTEST_PAUSE_NANOS);
  }

  /** Nothing came of it: nobody tries it again before a tenth of the age at which it was due. */
  void endedInVain(Entry due) {
    pause(
        due,
        Math.max(
            SHORTEST_PAUSE_NANOS,
            Math.min(LONGEST_PAUSE_NANOS, cache.policy().refreshNanos() / 10)));
  }

  private void pause(Entry due, long nanos) {
    due.releaseRefresh(cache.clock().nanos() + nanos);
  }

  /** Counts a failure, and reports the first. */
  void failed(CachedCall call, Throwable failure) {
    cache.counters().refreshFailures.increment();
    if (!failureReported) {
      failureReported = true;
      // Without the message, which may hold an argument.
      logger.warn(
          "Cache \"{}\": a refresh by {} failed with {}; the result that is there is served until"
              + " its ttl has passed. Further failures are counted.",
          cache.name(),
          call.signature(),
          failure.getClass().getName());
    }
  }
}
