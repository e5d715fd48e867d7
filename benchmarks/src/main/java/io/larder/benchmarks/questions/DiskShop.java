package io.larder.benchmarks.questions;

import io.larder.benchmarks.paired.Workload;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Calls of a woven method whose results the disk has and memory has not. */
final class DiskShop {

  /** In a cycle: memory, which holds one entry, never has the next one. */
  static final int KEYS = 1_024;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static int bodies;
  private static int calls;

  private DiskShop() {}

  /** What the woven methods do. */
  static Product load(long id) {
    bodies++;
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500)); // else the disk would not pay
    return Product.of(id);
  }

  /** Calls until the disk has all: it has none before Larder has opened its files. */
  static void fill(LongFunction<Product> method) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    do {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "Larder keeps nothing on disk: %d bodies".formatted(bodies));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      bodies = 0;
      for (int id = 0; id < KEYS; id++) {
        Product unused = method.apply(id);
      }
    } while (bodies > 0);
  }

  /** Whether it is the product of an id. */
  static int counts(@Nullable Object found, int id) {
    return found instanceof Product product && product.id() == id && !Workload.isSentinel(product)
        ? 1
        : 0;
  }

  /** Makes sure that the disk answers. */
  static void called(int operations) {
    calls += operations;
    if (bodies > 100 + calls / 20) { // some, when the machine is busy: the median ignores them
      throw new IllegalStateException(
          "the disk did not answer: the method ran %d of %d times".formatted(bodies, calls));
    }
  }
}
