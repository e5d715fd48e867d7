package io.larder.runtime.codec;

import org.jspecify.annotations.Nullable;

/**
 * A key as slower tiers take it, and how what is stored under it is read.
 *
 * @param cache the name of the cache
 * @param group stands for the arguments alone, whatever method and version they belong to: what is
 *     invalidated together; see {@link KeyCodec#group}
 * @param identity stands for method, version, shape of the classes and arguments: what one entry
 *     belongs to
 * @param codec of the results
 * @param ttlMillis how long an entry is kept; 0 for as long as the tier keeps any
 */
public record TierKey(
    String cache, KeyHash group, KeyHash identity, ValueCodec codec, long ttlMillis) {

  /** Whether both are of the same entry. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TierKey that
        && identity.equals(that.identity)
        && cache.equals(that.cache);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  /** Never shows the arguments: they may be confidential. */
  @Override
  public String toString() {
    return "TierKey[" + cache + "/" + identity + "]";
  }
}
