package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;

/** A JVM that keeps nothing in memory. */
public final class SilentListener implements CoherenceListener {

  @Override
  public void forgetKey(String cache, KeyHash group) {}

  @Override
  public void forgetTag(String cache, String tag) {}

  @Override
  public void forgetCache(String cache) {}

  @Override
  public void doubtful() {}

  @Override
  public void coherent() {}
}
