package io.larder.it.apps.invalidation;

import io.larder.CacheInvalidate;
import io.larder.CachePut;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Methods that invalidate and put while loads are under way: first step by step, many times, then
 * at random.
 */
@SuppressWarnings("UnusedVariable") // parameters that make keys and tags
public final class AnnotatedRaces {

  private static final int ROUNDS = 500;
  private static final int KEYS = 16;
  private static final int WRITES = 20_000;
  private static final int READERS = 3;
  private static final int WRITERS = 2;

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final AtomicLongArray SOURCE = new AtomicLongArray(KEYS);

  /** The newest version of each key that nobody may be served less than. */
  private static final AtomicLongArray PUBLISHED = new AtomicLongArray(KEYS);

  private static volatile Gate gate = new Gate(true);
  private static volatile long version;
  private static volatile boolean done;

  private AnnotatedRaces() {}

  /** Holds a load up between what it reads and what it returns. */
  private static final class Gate {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch open;

    Gate(boolean isOpen) {
      open = new CountDownLatch(isOpen ? 0 : 1);
    }

    void pass() {
      inside.countDown();
      await(open);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /** Argument: the seed. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    Probe.say("seed", seed);
    Probe.say("byKey", rounds(() -> AnnotatedRaces::byKey));
    Probe.say("all", rounds(() -> key -> all()));
    Probe.say("byTag", rounds(() -> AnnotatedRaces::byTag));
    Probe.say("byTagOfResult", rounds(() -> AnnotatedRaces::byTagOfResult));
    Probe.say("before", rounds(() -> AnnotatedRaces::before));
    Probe.say("put", rounds(() -> AnnotatedRaces::put));
    Probe.say("facade", rounds(() -> key -> Larder.invalidateTag("key:" + key)));
    atRandom(seed);
    THREADS.shutdown();
  }

  private interface Change {
    void on(long key);
  }

  private interface Changes {
    Change make();
  }

  /**
   * A load reads the old version; the change is made and returns; the load returns. Its caller gets
   * the old version, and nobody who calls after the change.
   *
   * @return how many rounds went wrong
   */
  private static int rounds(Changes changes) throws Exception {
    int wrong = 0;
    Change change = changes.make();
    for (long round = 0; round < ROUNDS; round++) {
      version = round;
      Gate closed = new Gate(false);
      gate = closed;
      long key = round % KEYS;
      all(); // what the round before left
      Future<Long> old = THREADS.submit(() -> load(key));
      await(closed.inside);
      gate = new Gate(true);
      version = round + 1;
      change.on(key);
      long during = round % 2 == 0 ? during(key, closed) : round + 1;
      closed.open.countDown();
      boolean right =
          old.get(30, TimeUnit.SECONDS) == round && during == round + 1 && load(key) == round + 1;
      wrong += right ? 0 : 1;
    }
    return wrong;
  }

  /** A call that comes after the change while the old load is still under way. */
  private static long during(long key, Gate closed) throws Exception {
    Future<Long> call = THREADS.submit(() -> load(key));
    if (key % 3 == 0) { // it may have to wait for the old load
      closed.open.countDown();
    } else {
      LockSupport.parkNanos(100_000);
      closed.open.countDown();
    }
    return call.get(30, TimeUnit.SECONDS);
  }

  @Cached(
      name = "raced",
      tags = {"key:{key}", "result:{key}:{result}", "half:{key}"})
  private static long load(long key) {
    long read = version;
    gate.pass();
    return read;
  }

  @CacheInvalidate(cache = "raced")
  private static void byKey(long key) {}

  @CacheInvalidate(cache = "raced", all = true)
  private static void all() {}

  @CacheInvalidate(tags = "half:{key}")
  private static void byTag(long key) {}

  /** The tag of the result that is being loaded, which nobody knows yet. */
  private static void byTagOfResult(long key) {
    forgetResult(key, version - 1);
  }

  @CacheInvalidate(cache = "raced", tags = "result:{key}:{old}")
  private static void forgetResult(long key, long old) {}

  @CacheInvalidate(cache = "raced", when = CacheInvalidate.When.BEFORE)
  private static void before(long key) {}

  @CachePut(cache = "raced")
  private static long put(long key) {
    return version;
  }

  private static void atRandom(long seed) throws Exception {
    CountDownLatch reading = new CountDownLatch(READERS);
    List<Future<Long>> outdated = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      Random random = new Random(seed + i);
      outdated.add(THREADS.submit(() -> outdatedReads(random, reading)));
    }
    reading.await();
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed - 1 - i);
      writing.add(THREADS.submit(() -> write(random)));
    }
    for (Future<?> each : writing) {
      each.get();
    }
    done = true;
    long sum = 0;
    for (Future<Long> count : outdated) {
      sum += count.get();
    }
    Probe.say("random.outdated", sum);
    var statistics = Larder.statistics("random").orElseThrow();
    Probe.say("random.used", statistics.hitCount() > 0 && statistics.updateCount() > 0);
    Probe.say("random.tags", statistics.tagInvalidationCount() > 0);
  }

  private static long outdatedReads(Random random, CountDownLatch reading) {
    long outdated = 0;
    while (!done) {
      int key = random.nextInt(KEYS);
      long atLeast = PUBLISHED.get(key);
      outdated += read(key) < atLeast ? 1 : 0;
      reading.countDown();
    }
    return outdated;
  }

  private static void write(Random random) {
    for (int i = 0; i < WRITES; i++) {
      int key = random.nextInt(KEYS);
      long written =
          switch (random.nextInt(5)) {
            case 0 -> forgetByKey(key);
            case 1 -> forgetByTag(key);
            case 2 -> forgetByTagOfResult(key);
            default -> increment(key);
          };
      PUBLISHED.accumulateAndGet(key, written, Math::max);
    }
  }

  @Cached(
      name = "random",
      tags = {"random:{key}", "of:{result.class.simpleName}"})
  private static Long read(int key) {
    return SOURCE.get(key);
  }

  @CacheInvalidate(cache = "random")
  private static long forgetByKey(int key) {
    return SOURCE.incrementAndGet(key);
  }

  @CacheInvalidate(tags = "random:{key}")
  private static long forgetByTag(int key) {
    return SOURCE.incrementAndGet(key);
  }

  private static long forgetByTagOfResult(int key) {
    long written = SOURCE.incrementAndGet(key);
    Larder.invalidateTag("of:Long");
    return written;
  }

  @CachePut(cache = "random")
  private static Long increment(int key) {
    return SOURCE.incrementAndGet(key);
  }
}
