package io.larder.runtime.model;

import io.larder.bootstrap.LarderHit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stored result with its lifecycle: when it was created, what it cost to compute, what it weighs,
 * and until when it may be served. Immutable.
 */
public final class Entry extends LarderHit {

  private final long createdNanos;
  private final long loadNanos;
  private final int bytes;
  private final @Nullable Lineage lineage;

  /**
   * The result type that found the value to be its own. Racy on purpose: a thread that misses it
   * only checks again.
   */
  private @Nullable Object checkedFor;

  /** Set before other threads can see the entry. */
  private boolean promoted;

  /**
   * An entry without tags.
   *
   * @param value the result, boxed for a primitive
   * @param createdNanos when it was computed, on the runtime's clock
   * @param loadNanos how long that took; 0 when it was not timed
   * @param bytes its estimated size; 0 when nobody asked
   */
  public Entry(@Nullable Object value, long createdNanos, long loadNanos, int bytes) {
    this(value, createdNanos, loadNanos, bytes, /* lineage= */ null);
  }

  /**
   * An entry.
   *
   * @param lineage what may outdate it; {@code null} for nothing
   */
  public Entry(
      @Nullable Object value,
      long createdNanos,
      long loadNanos,
      int bytes,
      @Nullable Lineage lineage) {
    super(value);
    this.createdNanos = createdNanos;
    this.loadNanos = loadNanos;
    this.bytes = bytes;
    this.lineage = lineage;
  }

  /** What may outdate it; {@code null} for nothing. */
  public @Nullable Lineage lineage() {
    return lineage;
  }

  /** Whether no tag of it was invalidated since it was loaded. */
  public boolean isAlive() {
    return lineage == null || lineage.isAlive();
  }

  /** Whether {@link #setCheckedFor} was called with this very object. */
  public boolean isCheckedFor(Object type) {
    return checkedFor == type;
  }

  /** Notes that the value is of a type, so that a hit need not look again. */
  public void setCheckedFor(Object type) {
    checkedFor = type;
  }

  /** Whether it came from a slower tier. */
  public boolean isPromoted() {
    return promoted;
  }

  /** Notes that it came from a slower tier; before other threads can see it. */
  public void setPromoted() {
    promoted = true;
  }

  /** When the result was computed, in nanoseconds of the runtime's clock. */
  public long createdNanos() {
    return createdNanos;
  }

  /** How long the method took to compute the result, in nanoseconds; 0 when that was not timed. */
  public long loadNanos() {
    return loadNanos;
  }

  /** The estimated size in bytes; 0 when the cache has no bound in bytes. */
  public int bytes() {
    return bytes;
  }

  /**
   * Whether the result may no longer be served.
   *
   * @param nowNanos the time of the runtime's clock
   */
  public boolean isExpired(Duration ttl, long nowNanos) {
    return nowNanos - createdNanos >= ttl.toNanos();
  }
}
