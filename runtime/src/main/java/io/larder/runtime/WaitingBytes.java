package io.larder.runtime;

import io.larder.runtime.memory.ObjectSize;
import io.larder.runtime.model.Entry;

/**
 * How much heap results may take that wait to be written to a slow tier. What they refer to may
 * have left memory long since: then the queue alone holds it.
 */
final class WaitingBytes {

  private static final long LARGEST_BOUND = 64L << 20;

  /** Of the heap. */
  private static final int SHARE = 10;

  /** Of a result that changes while it is looked at, or that only its own code could tell. */
  private static final int UNKNOWN = 64 << 10;

  private WaitingBytes() {}

  /** How many bytes wait at most in one queue. */
  static long most() {
    return Math.min(LARGEST_BOUND, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * About how many an entry has. It is known where memory is bounded in bytes; how many there are
   * when it is encoded turns out only on the thread that writes, which is where it waits for. To
   * guess from those before would hold for the first ones after a start of which nothing is known,
   * and these are many. Runs no code of the application, which would hold up the call.
   */
  static long of(Entry entry) {
    if (entry.bytes() > 0) {
      return entry.bytes();
    }
    try {
      return ObjectSize.roughlyOf(entry.value, UNKNOWN);
    } catch (VirtualMachineError full) {
      throw full;
    } catch (Throwable changing) {
      return UNKNOWN;
    }
  }
}
