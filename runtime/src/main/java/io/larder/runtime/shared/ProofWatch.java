package io.larder.runtime.shared;

import io.larder.runtime.thread.DaemonThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that raises doubt when the one that hears other JVMs hangs, as it may in code of the
 * application while a cache forgets. Looks each second.
 */
final class ProofWatch {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SharedStore shared;
  private final Thread thread = DaemonThreads.newThread("proof", this::run);
  private volatile boolean closed;

  ProofWatch(SharedStore shared) {
    this.shared = shared;
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      try {
        shared.doubtUnlessProven(shared.clock().nanos());
      } catch (Throwable again) {
        // There is no memory to raise it: the next look does.
      }
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
