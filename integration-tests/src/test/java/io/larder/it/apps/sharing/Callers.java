package io.larder.it.apps.sharing;

import io.larder.CacheInvalidate;
import io.larder.Cached;
import io.larder.it.apps.Probe;
import io.larder.runtime.thread.RunQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Many threads that call cached methods all the time, hold each answer to what it must be, and note
 * how much longer a call took than the method. Understands {@code begin}, {@code end}, which prints
 * what was noted since, and an empty line, which ends it.
 */
public final class Callers {

  private static final int THREADS = 64;
  private static final int QUICK = 3_000;
  private static final int KEYS = 3_400;
  private static final int REGIONS = 40;
  private static final long QUICK_NANOS = 5_000_000;
  private static final long SLOW_NANOS = 60_000_000;
  private static final long PAUSE_NANOS = 5_000_000;

  /** Of each key, raised before it is invalidated. */
  private static final AtomicLongArray VERSIONS = new AtomicLongArray(KEYS);

  /** Of each key the version below which nothing may be answered: its invalidation is over. */
  private static final AtomicLongArray SETTLED = new AtomicLongArray(KEYS);

  private static final AtomicReferenceArray<Run> RUNS = new AtomicReferenceArray<>(KEYS);
  private static final Notes NOTES = new Notes(new Stalls(THREADS));

  private Callers() {}

  /** What the methods answer; can be checked. */
  public record Price(int id, long version, String text) {
    private static Price of(int id, long version) {
      return new Price(id, version, "price " + id + " of version " + version);
    }
  }

  /** The last run of a method for a key. */
  private record Run(long start, long end) {}

  /** Does what it is told. */
  public static void main(String[] ignored) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(Callers::callOn, "application-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    Probe.say("ready", true);
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.equals("begin")) {
        NOTES.clear();
        Probe.say(line, true);
      } else {
        Probe.say(line, NOTES.summary());
      }
    }
  }

  private static void callOn() {
    try {
      RunQueue queue = RunQueue.ofThisThread();
      while (true) {
        int id = ThreadLocalRandom.current().nextInt(KEYS);
        if (ThreadLocalRandom.current().nextInt(100) == 0) {
          change(id, queue);
        } else {
          find(id, queue);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException unreadable) {
      NOTES.threw(unreadable);
    }
  }

  private static void find(int id, RunQueue queue) throws IOException {
    long settled = SETTLED.get(id);
    long queued = queue.waitedNanos();
    long start = System.nanoTime();
    Price found;
    try {
      found = id < QUICK ? quick(id) : slow("r" + id % REGIONS, id);
    } catch (Throwable thrown) {
      NOTES.threw(thrown);
      return;
    }
    long end = System.nanoTime();
    long added = end - start - inTheMethod(id, start, end);
    NOTES.called(start, end, added, queue.waitedNanos() - queued);
    if (found == null || found.version < settled || !found.equals(Price.of(id, found.version))) {
      NOTES.wrong("asked for " + id + " of version " + settled + " or later: " + found);
    }
  }

  /** How long the call was the method's: run by this thread, or by another it waited for. */
  private static long inTheMethod(int id, long start, long end) {
    Run run = RUNS.get(id);
    if (run == null) {
      return 0;
    }
    long from = Math.max(0, run.start - start);
    long to = Math.min(end - start, run.end - start);
    return Math.max(0, to - from);
  }

  /** An invalidation is no method of its own: all it takes is added. */
  private static void change(int id, RunQueue queue) throws IOException {
    long version = VERSIONS.incrementAndGet(id);
    long queued = queue.waitedNanos();
    long start = System.nanoTime();
    try {
      if (id < QUICK) {
        forgetQuick(id);
      } else {
        forgetSlow("r" + id % REGIONS, id);
      }
    } catch (Throwable thrown) {
      NOTES.threw(thrown);
    }
    long end = System.nanoTime();
    NOTES.called(start, end, end - start, queue.waitedNanos() - queued);
    SETTLED.accumulateAndGet(id, version, Math::max);
  }

  @Cached(name = "quick", maximumEntries = 300)
  static Price quick(int id) {
    return compute(id, QUICK_NANOS);
  }

  /** Written through, and with a tag: as many round trips as a call can have. */
  @Cached(name = "slow", maximumEntries = 40, tags = "region:{region}", write = "through")
  static Price slow(String region, int id) {
    return compute(id, SLOW_NANOS);
  }

  @CacheInvalidate(cache = "quick")
  static void forgetQuick(int id) {}

  @CacheInvalidate(cache = "slow")
  static void forgetSlow(String region, int id) {}

  private static Price compute(int id, long nanos) {
    long start = System.nanoTime();
    Price price = Price.of(id, VERSIONS.get(id));
    for (long left = nanos; left > 0; left = start + nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    RUNS.set(id, new Run(start, System.nanoTime()));
    return price;
  }
}
