package io.larder.runtime;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.shared.CoherenceListener;

/** Has memory forget what other JVMs invalidated, or may have. Thread-safe. */
final class ForgettingHere implements CoherenceListener {

  private final CacheRegistry registry;

  /** In the memory of these caches. */
  ForgettingHere(CacheRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void forgetKey(String cache, KeyHash key) {
    registry.forget(cache, key);
  }

  @Override
  public void forgetTag(String cache, String tag) {
    registry.forgetTag(cache, tag);
  }

  @Override
  public void forgetCache(String cache) {
    registry.forgetAll(cache);
  }

  @Override
  public void doubtful() {
    registry.doubt();
  }

  @Override
  public void coherent() {
    registry.doubt();
  }
}
