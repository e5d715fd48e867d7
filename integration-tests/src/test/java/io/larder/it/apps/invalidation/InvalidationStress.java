package io.larder.it.apps.invalidation;

import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Writers change what a method reads and then invalidate; readers check that whatever they get is
 * at least as new as the last change whose invalidation had returned before they called.
 */
public final class InvalidationStress {

  private static final int KEYS = 8;
  private static final int WRITES = 20_000;
  private static final int READERS = 3;

  private final AtomicLongArray versions = new AtomicLongArray(KEYS);

  /** The newest version of each key that nobody may be served less than. */
  private final AtomicLongArray published = new AtomicLongArray(KEYS);

  /** Reached when every reader reads. */
  private final CountDownLatch reading = new CountDownLatch(READERS);

  private volatile boolean done;

  private InvalidationStress() {}

  /** Argument: the seed. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    Probe.say("seed", seed);
    new InvalidationStress().run(seed);
  }

  private void run(long seed) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Callable<Long>> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(seed + i);
      readers.add(() -> outdatedReads(random));
    }
    List<Future<Long>> outdated = new ArrayList<>();
    for (Callable<Long> reader : readers) {
      outdated.add(threads.submit(reader));
    }
    reading.await();
    Future<?> writer = threads.submit(() -> write(new Random(seed - 1)));
    writer.get();
    done = true;
    long sum = 0;
    for (Future<Long> count : outdated) {
      sum += count.get();
    }
    threads.shutdown();
    Probe.say("outdated", sum);
    Probe.say("hitsAndMisses", hitsAndMisses());
  }

  private static boolean hitsAndMisses() {
    var statistics = Larder.statistics("versions").orElseThrow();
    return statistics.hitCount() > 0 && statistics.missCount() > KEYS;
  }

  private void write(Random random) {
    for (int i = 0; i < WRITES; i++) {
      int key = random.nextInt(KEYS);
      long version = versions.incrementAndGet(key);
      if (i % 500 == 0) {
        Larder.invalidateCache("versions");
      } else {
        Larder.invalidate("versions", key);
      }
      published.accumulateAndGet(key, version, Math::max);
    }
  }

  private long outdatedReads(Random random) {
    long outdated = 0;
    for (int key = 0; key < KEYS; key++) {
      version(key);
    }
    reading.countDown();
    while (!done) {
      int key = random.nextInt(KEYS);
      long atLeast = published.get(key);
      if (version(key) < atLeast) {
        outdated++;
      }
    }
    return outdated;
  }

  @Cached(name = "versions")
  long version(int key) {
    long version = versions.get(key);
    if (version % 7 == 0) {
      LockSupport.parkNanos(1_000); // so that some loads take longer than an invalidation
    }
    return version;
  }
}
