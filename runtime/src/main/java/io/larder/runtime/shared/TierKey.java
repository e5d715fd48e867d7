package io.larder.runtime.shared;

import io.larder.runtime.codec.KeyHash;
import org.jspecify.annotations.Nullable;

/** A key in tiers outside of the JVM: canonical bytes of method and arguments. Immutable. */
public final class TierKey {

  private final SharedMethod method;
  private final KeyHash hash;

  /**
   * A key.
   *
   * @param bytes canonical, of the method and its arguments
   */
  public TierKey(SharedMethod method, byte[] bytes) {
    this(method, KeyHash.of(bytes));
  }

  /** A key whose hash is known. */
  public TierKey(SharedMethod method, KeyHash hash) {
    this.method = method;
    this.hash = hash;
  }

  /** How its entry is stored. */
  public SharedMethod method() {
    return method;
  }

  /** The name of the cache. */
  public String cache() {
    return method.cache();
  }

  /** What stands for its bytes. */
  public KeyHash hash() {
    return hash;
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TierKey key
        && key.hash.equals(hash)
        && key.method.cache().equals(method.cache())
        && key.method.version().equals(method.version());
  }

  /** Never shows the arguments. */
  @Override
  public String toString() {
    return "TierKey#" + hash;
  }
}
