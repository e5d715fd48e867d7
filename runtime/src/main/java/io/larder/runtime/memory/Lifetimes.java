package io.larder.runtime.memory;

import com.github.benmanes.caffeine.cache.Expiry;
import io.larder.runtime.model.Entry;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long each entry of a tier lives: its time to live counts from when it was computed, in this
 * JVM or in another, and not from when it arrived.
 */
final class Lifetimes implements Expiry<Object, Entry> {

  private final @Nullable Duration ttl;

  /** Read by who stores, set by who watches over the tier. */
  private volatile long longestNanos = Long.MAX_VALUE;

  Lifetimes(@Nullable Duration ttl) {
    this.ttl = ttl;
  }

  boolean isFor(@Nullable Duration other) {
    return Objects.equals(ttl, other);
  }

  void setLongest(long nanos) {
    longestNanos = nanos;
  }

  @Override
  public long expireAfterCreate(Object key, Entry entry, long nowNanos) {
    long age = nowNanos - entry.createdNanos();
    long left = ttl == null ? Long.MAX_VALUE : ttl.toNanos() - age;
    long longest = longestNanos;
    // From when the load began: what was invalidated since then may not have been heard.
    long leftOfLongest = longest == Long.MAX_VALUE ? longest : longest - age - entry.loadNanos();
    return Math.max(0, Math.min(left, leftOfLongest));
  }

  @Override
  public long expireAfterUpdate(Object key, Entry entry, long nowNanos, long left) {
    return expireAfterCreate(key, entry, nowNanos);
  }

  @Override
  public long expireAfterRead(Object key, Entry entry, long nowNanos, long left) {
    return left;
  }
}
