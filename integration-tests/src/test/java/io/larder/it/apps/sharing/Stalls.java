package io.larder.it.apps.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * When this machine, which others use as well, let threads wait that were due to run: the control
 * beside which waits are judged. Its threads do nothing but what a call does without Larder, which
 * is to park for as long as the method takes, and for as long as it may wait. Thread-safe.
 */
final class Stalls {

  private static final long METHOD_NANOS = 5_000_000;
  private static final long DEADLINE_NANOS = 50_000_000;

  /** Less is what each wake-up takes. */
  private static final long LEAST_NANOS = 1_000_000;

  /** From when a thread was due until it ran. */
  private record Stall(long due, long woken) {}

  /** Guarded by this. */
  private List<Stall> stalls = new ArrayList<>();

  private long longest;

  /** Begins with so many threads. */
  Stalls(int threads) {
    for (int i = 0; i < threads; i++) {
      Thread thread = new Thread(this::run, "control-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    while (true) {
      pause(METHOD_NANOS);
      pause(DEADLINE_NANOS);
    }
  }

  private void pause(long nanos) {
    long due = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
    if (-left > LEAST_NANOS) {
      note(new Stall(due, due - left));
    }
  }

  private synchronized void note(Stall stall) {
    stalls.add(stall);
    longest = Math.max(longest, stall.woken - stall.due);
  }

  synchronized void clear() {
    stalls = new ArrayList<>();
    longest = 0;
  }

  synchronized long longestNanos() {
    return longest;
  }

  /** For how long, between two times, some thread was due and did not run. */
  synchronized long within(long start, long end) {
    List<Stall> inOrder = new ArrayList<>(stalls);
    inOrder.sort((a, b) -> Long.compare(a.due - start, b.due - start));
    long sum = 0;
    long counted = start;
    for (Stall stall : inOrder) {
      long from = Math.max(stall.due - start, counted - start);
      long to = Math.min(stall.woken - start, end - start);
      if (to > from) {
        sum += to - from;
        counted = start + to;
      }
    }
    return sum;
  }
}
