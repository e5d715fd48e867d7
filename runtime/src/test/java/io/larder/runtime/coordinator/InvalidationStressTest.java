package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Loads, invalidations and changes of policy in a random order: what was invalidated before a call
 * began is never its answer. Writers change a source, invalidate, and then publish what readers
 * must see at least.
 */
class InvalidationStressTest {

  private static final int KEYS = 48;
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
      new Cache("prices", POLICIES[0], new FakeClock(), new ReferenceQueue<>());
  private final AtomicLongArray source = new AtomicLongArray(KEYS);
  private final AtomicLongArray published = new AtomicLongArray(KEYS);

  @Test
  void call_whileInvalidatedAtRandom_isNeverOutdated() throws Exception {
    run(/* changingPolicy= */ false, 6_000);
  }

  @RepeatedTest(3)
  void call_whileInvalidatedAndMigratedAtRandom_isNeverOutdated() throws Exception {
    run(/* changingPolicy= */ true, 6_000);
  }

  private void run(boolean changingPolicy, int rounds) throws Exception {
    cache.add(new WovenCall.RawCall("com.acme.Dao.find(int)"));
    AtomicBoolean done = new AtomicBoolean();
    try (Workers workers = new Workers()) {
      var readers =
          workers.startAll(
              3,
              number -> {
                SplittableRandom random = new SplittableRandom(seed + number);
                long calls = 0;
                while (!done.get()) {
                  read(random);
                  calls++;
                }
                return calls;
              });
      var changing =
          workers.start(
              () -> {
                for (int i = 0; changingPolicy && !done.get(); i++) {
                  cache.setPolicy(POLICIES[i % POLICIES.length]);
                }
                return true;
              });
      try {
        SplittableRandom random = new SplittableRandom(seed - 1);
        for (int round = 0; round < rounds; round++) {
          invalidate(random);
        }
      } finally {
        done.set(true);
      }
      for (var reader : readers) {
        assertThat(reader.result()).isPositive();
      }
      assertThat(changing.result()).isTrue();
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
    if (random.nextInt(10) > 0) {
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
