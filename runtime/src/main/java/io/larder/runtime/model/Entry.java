package io.larder.runtime.model;

import io.larder.bootstrap.LarderHit;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stored result with its lifecycle: when it was created, what it cost to compute, what it weighs,
 * and until when it may be served. Immutable, but for the notes of who serves it.
 */
public final class Entry extends LarderHit {

  private static final VarHandle REFRESH_FROM;

  /** No refresh may begin: one has been asked for. Even, unlike all ticks. */
  private static final int CLAIMED = 2;

  /**
   * Makes a tick of nanoseconds: eight milliseconds, as all are odd. They repeat after 208 days. An
   * entry that lies untouched for half of that, after a refresh in vain, is refreshed later.
   */
  private static final int TICK_SHIFT = 22;

  static {
    try {
      REFRESH_FROM = MethodHandles.lookup().findVarHandle(Entry.class, "refreshFrom", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final long createdNanos;
  private final long loadNanos;

  /**
   * With the sign bit for an entry that came from a slower tier: a field more, and entries were
   * eight bytes larger. Set before other threads can see the entry.
   */
  private int bytes;

  private final @Nullable Lineage lineage;

  /**
   * The result type that found the value to be its own. Racy on purpose: a thread that misses it
   * only checks again.
   */
  private @Nullable Object checkedFor;

  /**
   * From which tick on it may be refreshed; 0 for any, or {@link #CLAIMED}. Here and not in a
   * table, as it goes with the entry.
   */
  @SuppressWarnings("unused") // through REFRESH_FROM
  private volatile int refreshFrom;

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
    return bytes < 0;
  }

  /** Notes that it came from a slower tier; before other threads can see it. */
  public void setPromoted() {
    bytes |= Integer.MIN_VALUE;
  }

  /**
   * Asks to be the one who has it refreshed. Answers {@code true} to one of several callers, and
   * then to nobody before {@link #releaseRefresh}.
   */
  public boolean claimRefresh(long nowNanos) {
    int from = refreshFrom;
    boolean isFree = from == 0 || (from != CLAIMED && tickOf(nowNanos) - from >= 0);
    return isFree && REFRESH_FROM.compareAndSet(this, from, CLAIMED);
  }

  /** Ends a claim; the next one is granted from then on. */
  public void releaseRefresh(long fromNanos) {
    refreshFrom = tickOf(fromNanos);
  }

  private static int tickOf(long nanos) {
    return (int) (nanos >> TICK_SHIFT) | 1;
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
    return bytes & Integer.MAX_VALUE;
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
