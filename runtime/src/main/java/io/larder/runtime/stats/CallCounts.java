package io.larder.runtime.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Exact counts of what happens with every call, at less than a nanosecond each: an atomic increment
 * costs three, and six on a miss.
 *
 * <p>Loads are timed one by one. Only where a thread's last {@value #QUICK_IN_A_ROW} of them took
 * less than a microsecond each, one of {@value #QUICK_PERIOD} is timed and stands for all: to read
 * the clock twice takes 60 ns. The first one that takes longer ends that.
 *
 * <p>Each thread counts in a cell that it alone writes, so a plain store is enough and nothing is
 * ever lost. Cells are found by thread id. A thread whose place is taken by another living thread
 * adds atomically instead; the place of a thread that ended is taken over with its counts.
 *
 * <p>A record, because the JIT trusts the fields of records: its array becomes a constant.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the JIT trusts a record's fields
public record CallCounts(@Nullable CallCell[] cells, Others others) {

  private static final int CELLS = 256;
  private static final int QUICK_NANOS = 1_000;
  private static final int QUICK_IN_A_ROW = 64;
  private static final int QUICK_PERIOD = 8;
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(CallCell[].class);

  /** What threads without a cell count. */
  record Others(
      LongAdder hits,
      LongAdder misses,
      LongAdder puts,
      LongAdder timed,
      LongAdder loadNanos,
      LongAdder slowHits,
      LongAdder foundLoads,
      LongAdder foundLoadNanos,
      LongAdder slowSavedNanos) {

    Others() {
      this(
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder());
    }

    private void slowHit(long loadNanos, long savedNanos) {
      slowHits.increment();
      if (loadNanos > 0) {
        foundLoads.increment();
        foundLoadNanos.add(loadNanos);
        slowSavedNanos.add(savedNanos);
      }
    }
  }

  /** All counts at zero. */
  public static CallCounts create() {
    return new CallCounts(new @Nullable CallCell[CELLS], new Others());
  }

  /** Counts a call that was answered from the cache. */
  public void hit() {
    Thread thread = Thread.currentThread();
    CallCell cell = cells[(int) thread.getId() & (CELLS - 1)];
    if (cell != null && cell.refersTo(thread)) {
      cell.hits++;
    } else {
      hitElsewhere();
    }
  }

  private void hitElsewhere() { // apart, because the JIT inlines the hit
    CallCell cell = cell();
    if (cell == null) {
      others.hits.increment();
    } else {
      cell.hits++;
    }
  }

  /** Counts a call that found nothing it could use. */
  public void miss() {
    CallCell cell = cell();
    if (cell == null) {
      others.misses.increment();
    } else {
      cell.misses++;
    }
  }

  /** Counts a run of the method whose result was stored. */
  public void put() {
    CallCell cell = cell();
    if (cell == null) {
      others.puts.increment();
    } else {
      cell.puts++;
    }
  }

  /**
   * Counts a call that was answered from a slower tier; it has been counted as a miss before.
   *
   * @param loadNanos how long it took to compute the result; 0 when nobody timed
   * @param savedNanos what of that the look saved
   */
  void slowHit(long loadNanos, long savedNanos) {
    CallCell cell = cell();
    if (cell == null) {
      others.slowHit(loadNanos, savedNanos);
      return;
    }
    cell.slowHits++;
    if (loadNanos > 0) {
      cell.foundLoads++;
      cell.foundLoadNanos += loadNanos;
      cell.slowSavedNanos += savedNanos;
    }
  }

  /** Whether to time the load that this thread is about to begin. */
  public boolean isToBeTimed() {
    CallCell cell = cell();
    if (cell == null || cell.quickInARow < QUICK_IN_A_ROW || cell.untimed == QUICK_PERIOD - 1) {
      return true;
    }
    cell.untimed++;
    return false;
  }

  /**
   * Notes the time of a load.
   *
   * @param failed whether it failed, so that its time does not count in the mean
   * @return for how many loads it stands: itself, and those that were not timed since the last one
   */
  public int timed(long loadNanos, boolean failed) {
    CallCell cell = cell();
    if (cell == null) {
      if (!failed) {
        others.timed.increment();
        others.loadNanos.add(loadNanos);
      }
      return 1;
    }
    int weight = cell.untimed + 1;
    cell.untimed = 0;
    cell.quickInARow = loadNanos < QUICK_NANOS ? Math.min(QUICK_IN_A_ROW, cell.quickInARow + 1) : 0;
    if (!failed) {
      cell.timed += weight;
      cell.loadNanos += weight * loadNanos;
    }
    return weight;
  }

  /** Calls answered from the cache: exact once they happened before, else a moment behind. */
  public long hits() {
    return others.hits.sum() + sum(cell -> (long) CallCell.HITS.getOpaque(cell));
  }

  /** Calls that found nothing they could use; exact as {@link #hits}. */
  public long misses() {
    return others.misses.sum() + sum(cell -> (long) CallCell.MISSES.getOpaque(cell));
  }

  /** Runs of the method whose result was stored; exact as {@link #hits}. */
  public long puts() {
    return others.puts.sum() + sum(cell -> (long) CallCell.PUTS.getOpaque(cell));
  }

  /** Calls answered from a slower tier; exact as {@link #hits}. */
  long slowHits() {
    return others.slowHits.sum() + sum(cell -> (long) CallCell.SLOW_HITS.getOpaque(cell));
  }

  /** Those of them whose load was timed. */
  long foundLoads() {
    return others.foundLoads.sum() + sum(cell -> (long) CallCell.FOUND_LOADS.getOpaque(cell));
  }

  /** How long all these loads took. */
  long foundLoadNanos() {
    return others.foundLoadNanos.sum()
        + sum(cell -> (long) CallCell.FOUND_LOAD_NANOS.getOpaque(cell));
  }

  /** What calls saved that were answered from a slower tier. */
  long slowSavedNanos() {
    return others.slowSavedNanos.sum()
        + sum(cell -> (long) CallCell.SLOW_SAVED_NANOS.getOpaque(cell));
  }

  /** Loads that were timed and did not fail, with those that they stand for. */
  long timedLoads() {
    return others.timed.sum() + sum(cell -> (long) CallCell.TIMED.getOpaque(cell));
  }

  /** The mean time of a load that was timed, in nanoseconds; 0 before the first. */
  public double meanLoadNanos() {
    long timed = others.timed.sum();
    long nanos = others.loadNanos.sum();
    for (int slot = 0; slot < CELLS; slot++) {
      CallCell cell = (CallCell) SLOT.getVolatile(cells, slot);
      if (cell != null) {
        timed += (long) CallCell.TIMED.getOpaque(cell);
        nanos += (long) CallCell.LOAD_NANOS.getOpaque(cell);
      }
    }
    return timed == 0 ? 0 : (double) nanos / timed;
  }

  private long sum(ToLongFunction<CallCell> count) {
    long sum = 0;
    for (int slot = 0; slot < CELLS; slot++) {
      CallCell cell = (CallCell) SLOT.getVolatile(cells, slot);
      if (cell != null) {
        sum += count.applyAsLong(cell);
      }
    }
    return sum;
  }

  /** This thread's cell; {@code null} when another living thread has its place. */
  private @Nullable CallCell cell() {
    Thread thread = Thread.currentThread();
    int slot = (int) thread.getId() & (CELLS - 1);
    CallCell cell = (CallCell) SLOT.getVolatile(cells, slot);
    if (cell != null && cell.refersTo(thread)) {
      return cell;
    }
    // A thread that is not alive did all its counting before, see JLS 17.4.5.
    if (cell == null || cell.isAbandoned()) {
      CallCell mine = new CallCell(thread, cell);
      if (SLOT.compareAndSet(cells, slot, cell, mine)) {
        return mine;
      }
    }
    return null;
  }
}
