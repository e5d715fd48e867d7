package io.larder.it.apps.invalidation;

import io.larder.CacheStatistics;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounds, times to live, and counters under load. */
public final class Limits {

  private static final int THREADS = 4;
  private static final int CALLS = 2_000_000;

  private static final LongAdder wrong = new LongAdder();

  private Limits() {}

  public static void main(String[] arguments) throws Exception {
    for (int i = 0; i < 5_000; i++) {
      bounded(i);
      heavy(i % 500);
    }
    Probe.say("bounded", soon(() -> of("bounded").entryCount() <= 100));
    Probe.say("bounded.notEmpty", of("bounded").entryCount() > 0);
    Probe.say("bounded.evictions", soon(() -> of("bounded").evictionCount() >= 4_900));
    // 1 MB of results of 10,000 bytes: about a hundred, by an estimate.
    Probe.say("heavy", soon(() -> of("heavy").entryCount() <= 105));
    Probe.say("heavy.notEmpty", of("heavy").entryCount() > 50);
    expiry();
    exactOnOneThread();
    nearlyExactOnMany();
  }

  /** Nothing older than its time to live is served; the tolerance is for a machine under load. */
  private static void expiry() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    long oldest = 0;
    while (System.nanoTime() < end) {
      long now = System.nanoTime();
      oldest = Math.max(oldest, now - loadedAt());
      LockSupport.parkNanos(100_000);
    }
    Probe.say("expiry.reloaded", Probe.bodies("expiring") > 2);
    Probe.say("expiry.cached", of("expiring").hitCount() > Probe.bodies("expiring"));
    Probe.say("expiry.inTime", oldest < TimeUnit.MILLISECONDS.toNanos(1_000));
    Probe.say("expiry.counted", soon(() -> of("expiring").expiryCount() > 0));
  }

  private static void exactOnOneThread() {
    long before = of("counted").hitCount();
    for (int i = 0; i < CALLS; i++) {
      check(i & 63);
    }
    Probe.say("one.hits", of("counted").hitCount() - before);
    Probe.say("one.misses", of("counted").missCount());
  }

  private static void nearlyExactOnMany() throws Exception {
    long before = of("counted").hitCount();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      tasks.add(
          () -> {
            for (int i = 0; i < CALLS; i++) {
              check(i & 63);
            }
            return true;
          });
    }
    tasks.add(Limits::neverGoesBack);
    boolean all = true;
    for (Future<Boolean> result : threads.invokeAll(tasks)) {
      all &= result.get();
    }
    threads.shutdown();
    double counted = of("counted").hitCount() - before;
    double made = (double) THREADS * CALLS;
    Probe.say("many.withinOneInThousand", Math.abs(counted - made) / made <= 0.001);
    Probe.say("many.monotonic", all);
    Probe.say("wrong", wrong.sum());
  }

  private static boolean neverGoesBack() {
    long last = 0;
    for (int i = 0; i < 2_000; i++) {
      long now = of("counted").hitCount();
      if (now < last) {
        return false;
      }
      last = now;
      LockSupport.parkNanos(100_000);
    }
    return true;
  }

  private static void check(int number) {
    if (counted(number) != number * 3L) {
      wrong.increment();
    }
  }

  private static CacheStatistics of(String cache) {
    return Larder.statistics(cache)
        .orElseGet(
            () -> {
              counted(0); // the first use makes the cache
              return Larder.statistics(cache).orElseThrow();
            });
  }

  private static boolean soon(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return true;
  }

  @Cached(name = "bounded", maximumEntries = 100)
  private static int bounded(int number) {
    return number;
  }

  @Cached(name = "heavy", maximumBytes = "1MB")
  private static byte[] heavy(int number) {
    byte[] result = new byte[10_000];
    result[0] = (byte) number;
    return result;
  }

  @Cached(name = "expiring", ttl = "200ms")
  private static long loadedAt() {
    Probe.body("expiring");
    return System.nanoTime();
  }

  @Cached(name = "counted")
  private static long counted(int number) {
    return number * 3L;
  }
}
