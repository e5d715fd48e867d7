package io.larder.runtime.coordinator;

import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.stats.CacheCounters;
import io.larder.runtime.time.Clock;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * All caches, by name and by the class loader whose classes they serve: two web applications may
 * use one name and never meet. Held weakly; the woven classes hold them. Thread-safe.
 */
public final class CacheRegistry {

  private static final Logger logger = Log.logger(CacheRegistry.class);

  private final Clock clock;
  private final ReferenceQueue<Object> gone;

  /** Guarded by this. */
  private final List<Handle> handles = new ArrayList<>();

  /** Guarded by this. */
  private @Nullable Listener listener;

  /** Guarded by this. */
  private boolean enabled = true;

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
          hits + counters.calls.hits(),
          misses + counters.calls.misses(),
          savedNanos + counters.savedNanos());
    }
  }

  /** Is told of caches as they come and go. */
  public interface Listener {
    /** A cache was made; must be quick, as a lock is held. */
    void created(Handle handle);

    /** A cache was collected with its classes. */
    void collected(Handle handle);
  }

  /** A weak reference to a cache, with what may be known of it when it is gone. */
  public static final class Handle extends WeakReference<Cache> {

    private final String name;
    private final CachePolicy declared;
    private final CacheCounters counters;
    private final WeakReference<@Nullable ClassLoader> loader;
    private final boolean ofBootLoader;

    private Handle(Cache cache, @Nullable ClassLoader loader, ReferenceQueue<Object> gone) {
      super(cache, gone);
      this.name = cache.name();
      this.declared = cache.policy();
      this.counters = cache.counters();
      this.loader = new WeakReference<>(loader);
      this.ofBootLoader = loader == null;
    }

    /** The name of the cache. */
    public String name() {
      return name;
    }

    /** The loader of the classes it serves; {@code null} when it is gone. */
    public @Nullable ClassLoader loader() {
      return loader.get();
    }

    private boolean isOf(@Nullable ClassLoader wanted) {
      return wanted == null ? ofBootLoader : loader.refersTo(wanted);
    }

    /** Whether the cache serves classes of a loader or of one below it. */
    private boolean isAtOrBelow(@Nullable ClassLoader top) {
      for (ClassLoader next = loader.get(); next != null; next = next.getParent()) {
        if (next == top) {
          return true;
        }
      }
      return top == null;
    }
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

  /** Runs through a miss in a cache that nobody sees; see {@link Cache#rehearse}. */
  public void rehearse() {
    Cache.rehearse(clock, gone);
  }

  /** Sets who is told; caches that are there already are told at once. */
  public synchronized void setListener(Listener value) {
    listener = value;
    handles.forEach(value::created);
  }

  /**
   * The cache of a name and loader, made when it is missing. When it is there with another policy,
   * that one stays and a warning says so.
   */
  public synchronized Cache getOrCreate(
      @Nullable ClassLoader loader, String name, CachePolicy policy) {
    for (Handle handle : handles) {
      Cache cache = handle.name.equals(name) && handle.isOf(loader) ? handle.get() : null;
      if (cache != null) {
        if (!handle.declared.equals(policy)) {
          logger.warn(
              "Cache \"{}\": another method asks for {}, and {} stays; give both the same values, or"
                  + " caches of their own.",
              name,
              policy,
              handle.declared);
        }
        return cache;
      }
    }
    Cache cache = new Cache(name, policy, clock, gone);
    cache.setEnabledByAll(enabled);
    Handle handle = new Handle(cache, loader, gone);
    handles.add(handle);
    if (listener != null) {
      listener.created(handle);
    }
    return cache;
  }

  /** Forgets a cache that was collected. */
  public void collected(Handle handle) {
    Listener told;
    synchronized (this) {
      if (handles.remove(handle)) {
        ofCollected = ofCollected.plus(handle.counters);
      }
      told = listener;
    }
    if (told != null) {
      told.collected(handle);
    }
  }

  /**
   * Switches all caches, those to come too. A cache that was switched off alone stays off.
   *
   * @see Cache#setEnabled
   */
  public void setEnabled(boolean value) {
    List<Cache> all;
    synchronized (this) {
      enabled = value;
      all = alive(handles);
    }
    all.forEach(cache -> cache.setEnabledByAll(value)); // may run code of keys: without the lock
  }

  /** Whether caches are on, as far as they are switched together. */
  public synchronized boolean isEnabled() {
    return enabled;
  }

  /** What all caches counted, collected ones included, so that it never goes back. */
  public synchronized Totals totals() {
    Totals totals = ofCollected;
    for (Handle handle : handles) {
      totals = totals.plus(handle.counters);
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

  private static List<Cache> alive(List<Handle> handles) {
    List<Cache> caches = new ArrayList<>();
    for (Handle handle : handles) {
      Cache cache = handle.get();
      if (cache != null) {
        caches.add(cache);
      }
    }
    return caches;
  }
}
