package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Loads, invalidations and changes of policy in a random order: what was invalidated before a call
 * began is never its answer. Writers change a source, invalidate, and then publish what readers
 * must see at least.
 */
class InvalidationStressTest {

  private static final int KEYS = 200;
  private static final int READERS = 3;
  private static final int INVALIDATING = 10;
  private static final int ROUNDS = 4_000;
  private static final int CALLS = 20_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy[] POLICIES = {
    new CachePolicy(null, 1_000, 0, MINUTE),
    new CachePolicy(MINUTE, 1_000, 0, MINUTE),
    new CachePolicy(MINUTE, 1_000, 1 << 20, MINUTE),
    new CachePolicy(null, 0, 1 << 20, MINUTE),
    new CachePolicy(MINUTE, 20, 0, MINUTE),
  };

  private final long seed = System.nanoTime();
  private final Cache cache =
      new Cache(
          "prices", POLICIES[0], new FakeClock(), /* slowTiers= */ null, new ReferenceQueue<>());
  private final AtomicLongArray source = new AtomicLongArray(KEYS);
  private final AtomicLongArray published = new AtomicLongArray(KEYS);

  @Test
  void call_whileInvalidatedAtRandom_isNeverOutdated() throws Exception {
    run(/* changingPolicy= */ false);
  }

  @RepeatedTest(3)
  void call_whileInvalidatedAndMigratedAtRandom_isNeverOutdated() throws Exception {
    run(/* changingPolicy= */ true);
  }

  /** What one forgets another may just be forgetting, too, and then must not be there any more. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 4})
  void call_whileManyInvalidateAll_isNeverOutdated(int maximumEntries) throws Exception {
    cache.setPolicy(new CachePolicy(null, maximumEntries, 0, MINUTE));
    cache.add(new WovenCall.RawCall("com.acme.Dao.find(int)"));
    try (Workers workers = new Workers()) {
      var running =
          workers.startAll(
              INVALIDATING,
              key -> {
                for (int i = 0; i < ROUNDS; i++) {
                  long written = source.incrementAndGet(key);
                  cache.invalidateAll();
                  for (int again = 0; again < 2; again++) {
                    assertThat(WovenCall.call(cache, key, () -> source.get(key)))
                        .as("key %s, round %s", key, i)
                        .isEqualTo(written);
                  }
                }
                return key;
              });
      for (var each : running) {
        each.result();
      }
    }
  }

  private void run(boolean changingPolicy) throws Exception {
    cache.add(new WovenCall.RawCall("com.acme.Dao.find(int)"));
    AtomicInteger reading = new AtomicInteger(READERS);
    try (Workers workers = new Workers()) {
      var readers =
          workers.startAll(
              READERS,
              number -> {
                try {
                  SplittableRandom random = new SplittableRandom(seed + number);
                  for (int i = 0; i < CALLS; i++) {
                    read(random);
                  }
                } finally {
                  reading.decrementAndGet();
                }
                return number;
              });
      var changing =
          workers.start(
              () -> {
                for (int i = 0; changingPolicy && reading.get() > 0; i++) {
                  cache.setPolicy(POLICIES[i % POLICIES.length]);
                }
                return true;
              });
      SplittableRandom random = new SplittableRandom(seed - 1);
      while (reading.get() > 0) {
        invalidate(random);
      }
      for (var reader : readers) {
        reader.result();
      }
      changing.result();
    }
  }

  private void read(SplittableRandom random) throws Exception {
    int key = random.nextInt(KEYS);
    long atLeast = published.get(key);
    boolean slow = random.nextInt(8) == 0;
    Object read =
        WovenCall.call(
            cache,
            key,
            () -> {
              long version = source.get(key);
              if (slow) {
                LockSupport.parkNanos(1_000); // so that more happens meanwhile
              }
              return version;
            });
    assertThat((Long) Objects.requireNonNull(read))
        .as("key %s with seed %s", key, seed)
        .isGreaterThanOrEqualTo(atLeast);
  }

  private void invalidate(SplittableRandom random) {
    if (random.nextInt(3) > 0) {
      int key = random.nextInt(KEYS);
      long version = source.incrementAndGet(key);
      cache.invalidate(key);
      published.set(key, version);
      return;
    }
    long[] versions = new long[KEYS];
    for (int key = 0; key < KEYS; key++) {
      versions[key] = source.incrementAndGet(key);
    }
    cache.invalidateAll();
    for (int key = 0; key < KEYS; key++) {
      published.set(key, versions[key]);
    }
  }
}
