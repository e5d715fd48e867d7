package io.larder.it.apps.invalidation;

import io.larder.CacheIgnore;
import io.larder.CacheKey;
import io.larder.Cached;
import io.larder.Larder;
import io.larder.it.apps.Probe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Forgets through the facade: one key, a cache, all, and while a load is under way. */
public final class Invalidation {

  private volatile int version = 1;

  private Invalidation() {}

  public static void main(String[] arguments) throws Exception {
    Probe.say("active", Larder.isActive());
    Probe.say("namesBefore", Larder.cacheNames());
    Probe.say("unknownCache", Larder.invalidate("unknown", 1) + " " + Larder.statistics("unknown"));
    new Invalidation().keys();
    new Invalidation().caches();
    new Invalidation().instances();
    new Invalidation().statistics();
    Invalidation itself = new Invalidation();
    Probe.calls("itself", () -> itself.forgetful(1), () -> itself.forgetful(1));
    Probe.say("inFlight.key", new Invalidation().inFlight(() -> Larder.invalidate("slow", 1)));
    Probe.say("inFlight.cache", new Invalidation().inFlight(() -> Larder.invalidateCache("slow")));
    Probe.say("inFlight.all", new Invalidation().inFlight(Larder::invalidateAll));
  }

  private void keys() {
    String answers =
        find(1) + find(2) + other("a", "trace", 2L) + array(new int[] {1, 2}) + nullable(null);
    version = 2;
    Probe.say("key.unknown", Larder.invalidate("keys", 99));
    Probe.say("key.wrongType", Larder.invalidate("keys", new Object()));
    Probe.say("key.wrongCount", Larder.invalidate("keys", 1, 2, 3, 4));
    Probe.say("key.forgotten", Larder.invalidate("keys", 1));
    Probe.say("key.again", Larder.invalidate("keys", 1));
    Probe.say("key.selected", Larder.invalidate("keys", "a", 2L));
    Probe.say("key.array", Larder.invalidate("keys", (Object) new int[] {1, 2}));
    Probe.say("key.null", Larder.invalidate("keys", (Object) null));
    Probe.say("key.before", answers);
    Probe.say(
        "key.after",
        find(1) + find(2) + other("a", "other", 2L) + array(new int[] {1, 2}) + nullable(null));
  }

  @Cached(name = "keys")
  String find(int number) {
    return "find" + number + "v" + version + " ";
  }

  @Cached(name = "keys")
  String other(@CacheKey String name, String trace, @CacheKey long number) {
    return name + number + "v" + version + " ";
  }

  @Cached(name = "keys")
  String array(int[] numbers) {
    return numbers.length + "v" + version + " ";
  }

  @Cached(name = "keys")
  String nullable(Object value) {
    return value + "v" + version;
  }

  private void caches() {
    for (int i = 0; i < 10; i++) {
      one(i);
      two(i, "ignored");
    }
    Probe.say("cache.forgotten", Larder.invalidateCache("one"));
    version = 2;
    Probe.say("cache.after", one(1) + two(1, ""));
    Larder.invalidateAll();
    version = 3;
    Probe.say("all.after", one(1) + two(1, ""));
    Probe.say("all.entries", Larder.statistics("one").orElseThrow().entryCount());
  }

  @Cached(name = "one")
  String one(int number) {
    return "one" + number + "v" + version + " ";
  }

  @Cached(name = "two")
  String two(int number, @CacheIgnore String trace) {
    return "two" + number + "v" + version;
  }

  /** The facade names no instance, so the key is forgotten for each. */
  private void instances() {
    Invalidation other = new Invalidation();
    find(7);
    other.find(7);
    version = 2;
    other.version = 2;
    Probe.say("instances.forgotten", Larder.invalidate("keys", 7));
    Probe.say("instances.after", find(7) + other.find(7));
  }

  /** Forgets, while it runs, what it is about to return. */
  @Cached(name = "forgetful")
  String forgetful(int number) {
    Probe.body("itself");
    return "forgot " + Larder.invalidate("forgetful", number) + Larder.invalidateCache("forgetful");
  }

  private void statistics() {
    for (int i = 0; i < 5; i++) {
      counted(1);
    }
    try {
      counted(-1);
    } catch (IllegalArgumentException expected) {
      Probe.say("statistics.thrown", expected.getMessage());
    }
    Larder.invalidate("counted", 1);
    var statistics = Larder.statistics("counted").orElseThrow();
    Probe.say("statistics.hits", statistics.hitCount());
    Probe.say("statistics.misses", statistics.missCount());
    Probe.say("statistics.loads", statistics.loadCount());
    Probe.say("statistics.failures", statistics.loadFailureCount());
    Probe.say("statistics.invalidations", statistics.invalidationCount());
    Probe.say("statistics.entries", statistics.entryCount());
    Probe.say("statistics.names", Larder.cacheNames());
  }

  @Cached(name = "counted")
  long counted(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("negative: " + number);
    }
    return number;
  }

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /**
   * Forgets while the body, which has read the old version, is still running: what it returns goes
   * to its caller and nobody else.
   */
  private String inFlight(Runnable forget)
      throws InterruptedException, ExecutionException, TimeoutException {
    ExecutorService loader = Executors.newSingleThreadExecutor();
    try {
      Future<String> old = loader.submit(() -> slow(1));
      if (!inside.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The load did not start");
      }
      version = 2;
      forget.run();
      String during = slow(1); // a caller that comes while the old load still runs
      open.countDown();
      String loaded = old.get(30, TimeUnit.SECONDS);
      return loaded + " " + during + " " + slow(1);
    } finally {
      loader.shutdownNow();
    }
  }

  @Cached(name = "slow", waitAtMost = "300ms")
  String slow(int number) {
    String read = "v" + version;
    if (version == 1) {
      inside.countDown();
      try {
        if (!open.await(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("The load was not let go");
        }
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException("Interrupted", interrupted);
      }
    }
    return read;
  }
}
