package io.larder.runtime.redis;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Work in the background that many may ask for, and that is done once at a time. Thread-safe. */
final class Refresh {

  private final Background background;
  private final BooleanSupplier work;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Not begun.
   *
   * @param work answers whether it was done; if not, it is tried again in a moment
   */
  Refresh(Background background, BooleanSupplier work) {
    this.background = background;
    this.work = work;
  }

  void soon() {
    if (due.compareAndSet(false, true)) {
      background.soon(this::run);
    }
  }

  private void again() {
    if (due.compareAndSet(false, true)) {
      background.in(ThreadLocalRandom.current().nextLong(100, 250), this::run);
    }
  }

  private void run() {
    if (closed) {
      return;
    }
    boolean done;
    synchronized (this) {
      due.set(false); // who asks from here on may have seen something newer
      done = work.getAsBoolean();
    }
    if (!done) {
      again();
    }
  }

  void close() {
    closed = true;
  }
}
