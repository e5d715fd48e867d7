package io.larder.runtime.coordinator;

import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.PolicyLayers;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.PolicySource;
import io.larder.runtime.stats.CacheCounters;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A weak reference to a cache of the registry, with what may be known of it when it is gone, and
 * with what is said about it: by whom, and what holds.
 */
public final class CacheHandle extends WeakReference<Cache> {

  private static final Logger logger = Log.logger(CacheHandle.class);

  private final String name;
  private final CacheCounters counters;
  private final WeakReference<@Nullable ClassLoader> loader;
  private final boolean ofBootLoader;

  /** Guarded by this. */
  private PolicySettings declared;

  /** Guarded by this. */
  private PolicySource source;

  /** What was set through JMX. Guarded by this. */
  private PolicySettings overrides = PolicySettings.NONE;

  /** Guarded by this. */
  private @Nullable Boolean switched;

  CacheHandle(
      Cache cache,
      @Nullable ClassLoader loader,
      PolicySettings declared,
      PolicySource source,
      ReferenceQueue<Object> gone) {
    super(cache, gone);
    this.name = cache.name();
    this.declared = declared;
    this.source = source;
    this.counters = cache.counters();
    this.loader = new WeakReference<>(loader);
    this.ofBootLoader = loader == null;
  }

  /** All that is said about the cache. */
  public synchronized PolicyLayers layers() {
    return PolicyLayers.of(source, name, overrides, declared);
  }

  /**
   * Takes what a method's annotation says, unless one said something before.
   *
   * @return what holds of annotations
   */
  synchronized PolicySettings declare(PolicySettings said) {
    if (declared.isEmpty() && !said.isEmpty()) {
      declared = said;
      apply();
    }
    return declared;
  }

  /**
   * Sets something for this cache, stronger than all else; a change of another setting at the same
   * time is not undone.
   *
   * @throws IllegalArgumentException if the value is not allowed
   */
  public synchronized void override(PolicySetting setting, String value) {
    PolicySettings wanted = overrides.with(setting, value); // throws before anything is changed
    String problem = PolicyLayers.of(source, name, wanted, declared).policy().refreshProblem();
    if (problem != null) {
      throw new IllegalArgumentException(problem);
    }
    overrides = wanted;
    apply();
  }

  /** Switches the cache, stronger than all else. */
  public synchronized void overrideEnabled(boolean value) {
    switched = value;
    apply();
  }

  /** Takes back what was set with {@link #override} and {@link #overrideEnabled}. */
  public synchronized void clearOverrides() {
    overrides = PolicySettings.NONE;
    switched = null;
    apply();
  }

  /** Says anew what holds. */
  synchronized void setSource(PolicySource value) {
    source = value;
    apply();
  }

  private synchronized void apply() {
    Cache cache = get();
    if (cache == null) {
      return;
    }
    CachePolicy wanted = layers().policy();
    if (!wanted.equals(cache.policy())) {
      cache.setPolicy(wanted);
      warnOf(wanted, name);
    }
    cache.setEnabled(!Boolean.FALSE.equals(switched == null ? source.enabled(name) : switched));
  }

  /** The name of the cache. */
  public String name() {
    return name;
  }

  /** The loader of the classes it serves; {@code null} when it is gone. */
  public @Nullable ClassLoader loader() {
    return loader.get();
  }

  /** What the cache counts, also when it is gone. */
  CacheCounters counters() {
    return counters;
  }

  /** Whether the cache serves classes of this very loader. */
  boolean isOf(@Nullable ClassLoader wanted) {
    return wanted == null ? ofBootLoader : loader.refersTo(wanted);
  }

  /** Whether the cache serves classes of a loader or of one below it. */
  boolean isAtOrBelow(@Nullable ClassLoader top) {
    for (ClassLoader next = loader.get(); next != null; next = next.getParent()) {
      if (next == top) {
        return true;
      }
    }
    return top == null;
  }

  /** Says what is contradictory only when all sources are seen together. */
  static void warnOf(CachePolicy policy, String name) {
    String problem = policy.refreshProblem();
    if (problem != null) {
      logger.warn("Cache \"{}\": nothing is refreshed: {}.", name, problem);
    }
  }
}
