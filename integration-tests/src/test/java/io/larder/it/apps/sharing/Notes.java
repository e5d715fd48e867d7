package io.larder.it.apps.sharing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was noted of calls. Thread-safe. */
final class Notes {

  /** A call that waits no longer is as it must be. */
  private static final long ALLOWED_NANOS = 60_000_000;

  /** A call that waited longer than allowed. */
  private record Late(long start, long end, long added, long queued) {}

  private final Stalls stalls;
  private final LongAdder calls = new LongAdder();
  private final LongAdder exceptions = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong longestInTime = new AtomicLong();
  private final Queue<Late> late = new ConcurrentLinkedQueue<>();

  Notes(Stalls stalls) {
    this.stalls = stalls;
  }

  void clear() {
    stalls.clear();
    calls.reset();
    exceptions.reset();
    wrong.reset();
    longest.set(0);
    longestInTime.set(0);
    late.clear();
  }

  /**
   * Notes a call.
   *
   * @param added the time that was not the method's own
   * @param queued for how long the thread waited for a processor meanwhile
   */
  void called(long start, long end, long added, long queued) {
    calls.increment();
    longest.accumulateAndGet(added, Math::max);
    if (added > ALLOWED_NANOS) {
      late.add(new Late(start, end, added, queued));
    } else {
      longestInTime.accumulateAndGet(added, Math::max);
    }
  }

  void threw(Throwable thrown) {
    exceptions.increment();
    thrown.printStackTrace();
  }

  void wrong(String what) {
    wrong.increment();
    System.err.println(what);
  }

  /**
   * Numbers with spaces between: calls, exceptions, wrong values, calls above what is allowed, the
   * longest added time in microseconds; the same two less what the machine added, which is the time
   * that the thread waited for a processor, or that some thread of the control was due and did not
   * run, whichever is more; the longest wait of the control.
   */
  String summary() {
    long lateBeyond = 0;
    long longestBeyond = longestInTime.get();
    int all = 0;
    for (Late call : late) {
      long machine = Math.max(call.queued, stalls.within(call.start, call.end));
      long beyond = call.added - machine;
      longestBeyond = Math.max(longestBeyond, beyond);
      lateBeyond += beyond > ALLOWED_NANOS ? 1 : 0;
      all++;
    }
    return String.join(
        " ",
        String.valueOf(calls.sum()),
        String.valueOf(exceptions.sum()),
        String.valueOf(wrong.sum()),
        String.valueOf(all),
        String.valueOf(longest.get() / 1_000),
        String.valueOf(lateBeyond),
        String.valueOf(longestBeyond / 1_000),
        String.valueOf(stalls.longestNanos() / 1_000));
  }
}
