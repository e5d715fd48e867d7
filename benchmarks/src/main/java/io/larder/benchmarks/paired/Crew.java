package io.larder.benchmarks.paired;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The threads that run a block at the same time. They wait for each other by spinning: a parked
 * thread would start up to 50 microseconds late, a tenth of a block.
 */
final class Crew implements AutoCloseable {

  /** Where results go, so that the JIT must compute them. */
  private static final AtomicLong sink = new AtomicLong();

  /** A block to run, on every thread once. A null block sends the helpers home. */
  private record Order(long number, @Nullable Block block, int operations) {}

  private final int threads;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private volatile Order order = new Order(0, null, 0);

  Crew(int threads) {
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      Thread helper = new Thread(this::help, "crew-" + i);
      helper.setDaemon(true);
      helper.start();
    }
  }

  /** Runs a block on every thread, and returns how long it took, in the mean of the threads. */
  double nanosOf(Block block, int operations) {
    nanos.set(0);
    running.set(threads);
    order = new Order(order.number() + 1, block, operations);
    work(block, operations);
    while (running.get() > 0) {
      Thread.onSpinWait();
    }
    return (double) nanos.get() / threads;
  }

  private void help() {
    long done = 0;
    while (true) {
      Order next = order;
      if (next.number() == done) {
        Thread.onSpinWait();
        continue;
      }
      done = next.number();
      Block block = next.block();
      if (block == null) {
        return;
      }
      work(block, next.operations());
    }
  }

  private void work(Block block, int operations) {
    long start = System.nanoTime();
    long result = block.run(operations);
    long took = System.nanoTime() - start;
    sink.addAndGet(result);
    nanos.addAndGet(took);
    running.decrementAndGet();
  }

  @Override
  public void close() {
    order = new Order(order.number() + 1, null, 0);
  }
}
