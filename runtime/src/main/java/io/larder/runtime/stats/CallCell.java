package io.larder.runtime.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** The counts of one thread; padded, so that two threads do not write to one cache line. */
@SuppressWarnings("unused") // the padding
final class CallCell extends WeakReference<Thread> {

  static final VarHandle HITS = count("hits");
  static final VarHandle MISSES = count("misses");
  static final VarHandle PUTS = count("puts");
  static final VarHandle TIMED = count("timed");
  static final VarHandle LOAD_NANOS = count("loadNanos");
  static final VarHandle SLOW_HITS = count("slowHits");
  static final VarHandle FOUND_LOADS = count("foundLoads");
  static final VarHandle FOUND_LOAD_NANOS = count("foundLoadNanos");
  static final VarHandle SLOW_SAVED_NANOS = count("slowSavedNanos");

  private long before1;
  private long before2;
  private long before3;
  private long before4;
  private long before5;
  private long before6;
  private long before7;
  long hits;
  long misses;
  long puts;
  long timed;
  long loadNanos;
  long slowHits;
  long foundLoads;
  long foundLoadNanos;
  long slowSavedNanos;
  int quickInARow;
  int untimed;
  private long after1;
  private long after2;
  private long after3;
  private long after4;
  private long after5;
  private long after6;
  private long after7;

  /** Nothing yet, or what a thread counted that ended. */
  CallCell(Thread owner, @Nullable CallCell before) {
    super(owner);
    if (before != null) {
      hits = before.hits;
      misses = before.misses;
      puts = before.puts;
      timed = before.timed;
      loadNanos = before.loadNanos;
      slowHits = before.slowHits;
      foundLoads = before.foundLoads;
      foundLoadNanos = before.foundLoadNanos;
      slowSavedNanos = before.slowSavedNanos;
    }
  }

  /** Whether its thread has ended. */
  boolean isAbandoned() {
    Thread owner = get();
    return owner == null || !owner.isAlive();
  }

  private static VarHandle count(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(CallCell.class, name, long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }
}
