package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loads, invalidations by tag and puts in a random order, while the memory tier is replaced now and
 * then: what a change made outdated before a call began is never its answer.
 */
class TagAndPutStressTest {

  private static final int KEYS = 64;
  private static final int TAGS = 8;
  private static final int READERS = 3;
  private static final int WRITERS = 2;
  private static final int CALLS = 20_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy[] POLICIES = {
    new CachePolicy(null, 1_000, 0, MINUTE),
    new CachePolicy(MINUTE, 1_000, 0, MINUTE),
    new CachePolicy(MINUTE, 20, 0, MINUTE),
  };

  /** How writers make what they changed known. */
  enum Kind {
    TAGS_OF_ARGUMENTS,
    TAGS_OF_RESULTS,
    PUTS,
    PUTS_AND_TAGS
  }

  private final long seed = System.nanoTime();
  private final Cache cache =
      new Cache(
          "prices", POLICIES[0], new FakeClock(), /* slowTiers= */ null, new ReferenceQueue<>());
  private final WovenCall.RawCall call = new WovenCall.RawCall("com.acme.Dao.find(int)");
  private final AtomicLongArray source = new AtomicLongArray(KEYS);
  private final AtomicLongArray published = new AtomicLongArray(KEYS);

  @ParameterizedTest
  @EnumSource
  void call_whileOthersChangeAtRandom_isNeverOutdated(Kind kind) throws Exception {
    cache.add(call);
    AtomicInteger reading = new AtomicInteger(READERS);
    try (Workers workers = new Workers()) {
      var readers =
          workers.startAll(
              READERS,
              number -> {
                try {
                  SplittableRandom random = new SplittableRandom(seed + number);
                  for (int i = 0; i < CALLS; i++) {
                    read(kind, random);
                  }
                } finally {
                  reading.decrementAndGet();
                }
                return number;
              });
      var writers =
          workers.startAll(
              WRITERS,
              number -> {
                SplittableRandom random = new SplittableRandom(seed - 1 - number);
                while (reading.get() > 0) {
                  write(kind, random);
                }
                return number;
              });
      for (int i = 0; reading.get() > 0; i++) {
        cache.setPolicy(POLICIES[i % POLICIES.length]);
        LockSupport.parkNanos(100_000);
      }
      for (var reader : readers) {
        reader.result();
      }
      for (var writer : writers) {
        writer.result();
      }
    }
    assertThat(cache.counters().calls.hits()).isPositive();
    assertThat(cache.counters().updates.sum() > 0).isEqualTo(kind.name().startsWith("PUTS"));
  }

  private static String tagOf(int key) {
    return "group:" + key % TAGS;
  }

  private static TagSource tagsOf(Kind kind, int key) {
    return kind == Kind.TAGS_OF_RESULTS
        ? FixedTags.ofResult(result -> List.of(tagOf(key), "all"))
        : FixedTags.of(tagOf(key), "all");
  }

  private void read(Kind kind, SplittableRandom random) throws Exception {
    int key = random.nextInt(KEYS);
    long atLeast = published.get(key);
    boolean slow = random.nextInt(8) == 0;
    Object read =
        WovenCall.call(
            cache,
            key,
            tagsOf(kind, key),
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

  private void write(Kind kind, SplittableRandom random) {
    boolean puts = kind == Kind.PUTS || (kind == Kind.PUTS_AND_TAGS && random.nextBoolean());
    if (puts) {
      put(kind, random.nextInt(KEYS), random.nextInt(4) == 0);
    } else {
      invalidate(random.nextInt(TAGS), random.nextInt(8) == 0);
    }
  }

  /** All keys of a tag, or of all. */
  private void invalidate(int tag, boolean all) {
    long[] versions = new long[KEYS];
    for (int key = 0; key < KEYS; key++) {
      if (all || key % TAGS == tag) {
        versions[key] = source.incrementAndGet(key);
      }
    }
    cache.invalidateTag(all ? "all" : tagOf(tag));
    for (int key = 0; key < KEYS; key++) {
      publish(key, versions[key]);
    }
  }

  /** What a method does that increments, and returns what it made. */
  private void put(Kind kind, int key, boolean slow) {
    PutUnderWay put = cache.beginPut();
    long version = source.incrementAndGet(key);
    if (slow) {
      LockSupport.parkNanos(1_000);
    }
    put.setReturned();
    PutPlace place = new PutPlace(call, key, ResultType.of(Object.class), tagsOf(kind, key));
    cache.put(put, place, version, key);
    cache.endPut(put);
    publish(key, version);
  }

  private void publish(int key, long version) {
    published.accumulateAndGet(key, version, Math::max);
  }
}
