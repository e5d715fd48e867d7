package io.larder.runtime.coordinator;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.PolicyLayers;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.PolicySource;
import io.larder.runtime.stats.CacheCounters;
import io.larder.runtime.thread.WorkerPool;
import io.larder.runtime.time.Clock;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * All caches, by name and by the class loader whose classes they serve: two web applications may
 * use one name and never meet. Held weakly; the woven classes hold them. Thread-safe.
 */
public final class CacheRegistry {

  private static final Logger logger = Log.logger(CacheRegistry.class);

  private static final int MOST_REFRESHES_AT_A_TIME = 8;
  private static final int MOST_REFRESHES_WAITING = 1_000;

  private final Clock clock;
  private final ReferenceQueue<Object> gone;
  private final WorkerPool refreshers =
      new WorkerPool("refresh", MOST_REFRESHES_AT_A_TIME, MOST_REFRESHES_WAITING);

  /** Guarded by this. */
  private final List<CacheHandle> handles = new ArrayList<>();

  /** Guarded by this. */
  private @Nullable Listener listener;

  /** What stands behind the memory of caches that are made from now on. Guarded by this. */
  private @Nullable SlowTiers slowTiers;

  /** Set once at most, before it is asked for. Written under this. */
  private volatile @Nullable InvalidationListener invalidationListener;

  /** Guarded by this. */
  private boolean enabled = true;

  /** What was set through JMX. Guarded by this. */
  private @Nullable Boolean switched;

  /** Guarded by this. */
  private PolicySource source = PolicySource.NONE;

  /** What collected caches counted. Guarded by this. */
  private Totals ofCollected = new Totals(0, 0, 0);

  /**
   * Sums over all caches there ever were.
   *
   * @param hits calls answered from caches
   * @param misses calls that found nothing
   * @param savedNanos time that the hits saved
   */
  public record Totals(long hits, long misses, long savedNanos) {

    private Totals plus(CacheCounters counters) {
      return new Totals(
          hits + counters.hits(), misses + counters.misses(), savedNanos + counters.savedNanos());
    }
  }

  /** Is told of caches as they come and go. */
  public interface Listener {
    /** A cache was made; must be quick, as a lock is held. */
    void created(CacheHandle handle);

    /** A cache was collected with its classes. */
    void collected(CacheHandle handle);
  }

  /**
   * An empty registry.
   *
   * @param gone where references to collected caches and instances go
   */
  public CacheRegistry(Clock clock, ReferenceQueue<Object> gone) {
    this.clock = clock;
    this.gone = gone;
  }

  /** Forgets in memory what another JVM invalidated in caches of a name. */
  public void forget(String name, KeyHash group) {
    inEach(named(name), cache -> cache.invalidations().forgetGroup(group));
  }

  /**
   * Forgets in memory what a method put for all JVMs, in those caches of a name that are not its
   * own: of other class loaders.
   */
  void forgetElsewhere(String name, CachedCall own, KeyHash group) {
    List<Cache> others =
        named(name).stream().filter(cache -> !cache.calls().contains(own)).toList();
    inEach(others, cache -> cache.invalidations().forgetGroup(group));
  }

  /** Forgets in memory all of the caches of a name, as another JVM did. */
  public void forgetAll(String name) {
    inEach(named(name), Cache::applyRemoteInvalidationOfAll);
  }

  /**
   * Forgets in memory what has a tag, as another JVM did.
   *
   * @param name of the caches; empty for all
   */
  public void forgetTag(String name, String tag) {
    inEach(name.isEmpty() ? caches() : named(name), cache -> cache.applyRemoteTagInvalidation(tag));
  }

  /** Other JVMs can be heard again, or cannot any more: see {@link Cache#doubt}. */
  public void doubt() {
    inEach(caches(), Cache::doubt);
  }

  /** One cache that fails forgets all of it, and must not keep the others from forgetting. */
  private static void inEach(List<Cache> caches, Consumer<Cache> work) {
    for (Cache cache : caches) {
      try {
        work.accept(cache);
      } catch (Throwable problem) {
        cache.startAfresh(problem);
      }
    }
  }

  private List<Cache> named(String name) {
    return caches().stream().filter(cache -> cache.name().equals(name)).toList();
  }

  /** Says what stands behind the memory of caches that are made from now on. */
  public synchronized void setSlowTiers(@Nullable SlowTiers value) {
    slowTiers = value;
  }

  /** Runs through a miss in a cache that nobody sees; see {@link Rehearsal#run}. */
  public void rehearse() {
    Rehearsal.run(clock, gone);
  }

  /** Sets who is told; caches that are there already are told at once. */
  public synchronized void setListener(Listener value) {
    listener = value;
    handles.forEach(value::created);
  }

  /** Sets who is told what the application asks of caches, those to come too. */
  public synchronized void setInvalidationListener(@Nullable InvalidationListener value) {
    invalidationListener = value;
    alive(handles).forEach(cache -> cache.invalidations().setListener(value));
  }

  /** Tells whoever passes on what is asked of caches, if anybody does. */
  public void tellOthers(Consumer<InvalidationListener> event) {
    InvalidationListener told = invalidationListener;
    if (told != null) {
      event.accept(told);
    }
  }

  /**
   * Forgets all of some caches, and has it passed on; what was kept of caches that are not here yet
   * as well.
   *
   * @return how many entries were in memory
   */
  public long invalidateAll(List<Cache> caches) {
    tellOthers(InvalidationListener::invalidatedEverything);
    return caches.stream().mapToLong(Cache::invalidateAll).sum();
  }

  /**
   * Forgets what has a tag in some caches, and has it passed on.
   *
   * @return whether any of them knows the tag
   */
  public boolean invalidateTag(List<Cache> caches, String tag) {
    tellOthers(told -> told.invalidatedTag(/* cacheName= */ "", tag));
    boolean known = false;
    for (Cache cache : caches) {
      known |= cache.applyRemoteTagInvalidation(tag);
    }
    return known;
  }

  /** Says anew what holds for all caches, those to come too. */
  public void setSource(PolicySource value) {
    List<CacheHandle> all;
    synchronized (this) {
      source = value;
      all = List.copyOf(handles);
    }
    all.forEach(handle -> handle.setSource(value)); // may run code of keys: without the lock
  }

  /**
   * The cache of a name and loader, made when it is missing. The first method that declares
   * something for it decides; when another one declares something else, a warning says so.
   *
   * @param declared what the method's annotation says
   */
  public Cache getOrCreate(@Nullable ClassLoader loader, String name, PolicySettings declared) {
    PolicySource said = source();
    // Without the lock, as all that may write a line: standard error may be somebody's lock.
    CachePolicy policy = PolicyLayers.of(said, name, PolicySettings.NONE, declared).policy();
    Found found = findOrMake(loader, name, declared, said, policy);
    if (found.isNew) {
      CacheHandle.warnOf(policy, name);
    }
    PolicySettings holding = found.handle.declare(declared);
    if (!declared.isEmpty() && !holding.equals(declared)) {
      logger.warn(
          "Cache \"{}\": another method asks for {}, and {} stays; give both the same values, or"
              + " caches of their own.",
          name,
          declared.over(CachePolicy.DEFAULT),
          holding.over(CachePolicy.DEFAULT));
    }
    if (found.isNew && !said.equals(source())) { // said anew meanwhile, and not to this one
      found.handle.setSource(source());
    }
    return found.cache;
  }

  private record Found(CacheHandle handle, Cache cache, boolean isNew) {}

  private synchronized Found findOrMake(
      @Nullable ClassLoader loader,
      String name,
      PolicySettings declared,
      PolicySource said,
      CachePolicy policy) {
    for (CacheHandle handle : handles) {
      Cache cache = handle.name().equals(name) && handle.isOf(loader) ? handle.get() : null;
      if (cache != null) {
        return new Found(handle, cache, /* isNew= */ false);
      }
    }
    Cache cache = new Cache(name, policy, clock, slowTiers, gone);
    cache.invalidations().setListener(invalidationListener);
    cache.refreshing().setPool(refreshers);
    cache.setEnabledByAll(isEnabled());
    cache.setEnabled(!Boolean.FALSE.equals(said.enabled(name)));
    CacheHandle handle = new CacheHandle(cache, loader, declared, said, gone);
    handles.add(handle);
    if (listener != null) {
      listener.created(handle);
    }
    return new Found(handle, cache, /* isNew= */ true);
  }

  private synchronized PolicySource source() {
    return source;
  }

  /** Ends the refreshes of all caches, for good. */
  public void stopRefreshing() {
    refreshers.close();
  }

  /** Forgets a cache that was collected. */
  public void collected(CacheHandle handle) {
    Listener told;
    synchronized (this) {
      if (handles.remove(handle)) {
        ofCollected = ofCollected.plus(handle.counters());
      }
      told = listener;
    }
    if (told != null) {
      told.collected(handle);
    }
  }

  /**
   * Switches all caches, those to come too, unless JMX did. A cache that was switched off alone
   * stays off.
   *
   * @see Cache#setEnabled
   */
  public void setEnabled(boolean value) {
    synchronized (this) {
      enabled = value;
    }
    switchAll();
  }

  /** Switches all caches, stronger than {@link #setEnabled}. */
  public void overrideEnabled(boolean value) {
    synchronized (this) {
      switched = value;
    }
    switchAll();
  }

  private void switchAll() {
    boolean value;
    do { // again if somebody else switched meanwhile
      value = isEnabled();
      for (Cache cache : caches()) {
        cache.setEnabledByAll(value); // may run code of keys: without the lock
      }
    } while (value != isEnabled());
  }

  /** Whether caches are on, as far as they are switched together. */
  public synchronized boolean isEnabled() {
    return switched == null ? enabled : switched;
  }

  /** What all caches counted, collected ones included, so that it never goes back. */
  public synchronized Totals totals() {
    Totals totals = ofCollected;
    for (CacheHandle handle : handles) {
      totals = totals.plus(handle.counters());
    }
    return totals;
  }

  /** All caches that are there. */
  public synchronized List<Cache> caches() {
    return alive(handles);
  }

  /** The caches that serve classes of a loader or of loaders below it. */
  public synchronized List<Cache> cachesBelow(@Nullable ClassLoader top) {
    return alive(handles.stream().filter(handle -> handle.isAtOrBelow(top)).toList());
  }

  /** The caches that serve classes which a loader sees: its own, and those of loaders above it. */
  public synchronized List<Cache> cachesSeenBy(@Nullable ClassLoader loader) {
    List<CacheHandle> seen = new ArrayList<>();
    for (CacheHandle handle : handles) {
      boolean isSeen = handle.isOf(null);
      for (ClassLoader next = loader; next != null; next = next.getParent()) {
        isSeen |= handle.isOf(next);
      }
      if (isSeen) {
        seen.add(handle);
      }
    }
    return alive(seen);
  }

  private static List<Cache> alive(List<CacheHandle> handles) {
    List<Cache> caches = new ArrayList<>();
    for (CacheHandle handle : handles) {
      Cache cache = handle.get();
      if (cache != null) {
        caches.add(cache);
      }
    }
    return caches;
  }
}
