package io.larder.runtime.model;

import io.larder.bootstrap.LarderHit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stored result with its lifecycle: when it was created, what it cost to compute, what it weighs,
 * and until when it may be served. Immutable but for what is noted about it.
 */
public final class Entry extends LarderHit {

  private static final VarHandle CHECKED_FOR;
  private static final Object WITHDRAWN = new Object();

  static {
    try {
      CHECKED_FOR = MethodHandles.lookup().findVarHandle(Entry.class, "checkedFor", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final long createdNanos;
  private final long loadNanos;
  private final int bytes;

  /** The result type that found the value to be its own, until the entry is withdrawn. */
  private volatile @Nullable Object checkedFor;

  /**
   * @param value the result, boxed for a primitive
   * @param createdNanos when it was computed, on the runtime's clock
   * @param loadNanos how long that took
   * @param bytes its estimated size; 0 when nobody asked
   */
  public Entry(@Nullable Object value, long createdNanos, long loadNanos, int bytes) {
    super(value);
    this.createdNanos = createdNanos;
    this.loadNanos = loadNanos;
    this.bytes = bytes;
  }

  /**
   * Whether {@link #setCheckedFor} was called with this very object, and the entry has not been
   * withdrawn. One question, because every hit asks it.
   */
  public boolean isCheckedFor(Object type) {
    return checkedFor == type;
  }

  /** Notes that the value is of a type, so that a hit need not look again; the first one stays. */
  public void setCheckedFor(Object type) {
    CHECKED_FOR.compareAndSet(this, null, type);
  }

  /** Whether the entry left its tier: who found it earlier may not serve it any more. */
  public boolean isWithdrawn() {
    return checkedFor == WITHDRAWN;
  }

  /** Marks the entry as no longer in its tier, for ever. */
  public void withdraw() {
    checkedFor = WITHDRAWN;
  }

  /** An entry of the same content that is not withdrawn. */
  public Entry copy() {
    return new Entry(value, createdNanos, loadNanos, bytes);
  }

  /** When the result was computed, in nanoseconds of the runtime's clock. */
  public long createdNanos() {
    return createdNanos;
  }

  /** How long the method took to compute the result, in nanoseconds. */
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
