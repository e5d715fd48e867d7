package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.thread.Workers.Worker;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that would wait for themselves; none of these ends by its time limit. */
class RingTest {

  private final Cache cache =
      new Cache(
          "prices",
          new CachePolicy(null, 1_000, 0, /* waitAtMost= */ Duration.ofMinutes(5)),
          new FakeClock(),
          /* slowTiers= */ null,
          new ReferenceQueue<>());
  private final Workers workers = new Workers();

  @AfterEach
  void stop() {
    workers.close();
  }

  /** Thread i loads key i, which needs key i+1, while all others do the same. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void miss_ringOfThreads_allEnd(int threads) throws Exception {
    for (int round = 0; round < 20; round++) {
      cache.invalidateAll();
      CountDownLatch allLoad = new CountDownLatch(threads);
      List<Worker<Object>> all =
          workers.startAll(
              threads,
              number ->
                  Objects.requireNonNull(
                      WovenCall.call(
                          cache,
                          number,
                          () -> {
                            allLoad.countDown();
                            Workers.await(allLoad);
                            return "result "
                                + number
                                + " needs "
                                + WovenCall.call(
                                    cache, (number + 1) % threads, () -> "run uncached");
                          })));
      for (int i = 0; i < threads; i++) {
        assertThat(all.get(i).result()).asString().startsWith("result " + i + " needs ");
      }
      for (int i = 0; i < threads; i++) {
        assertThat(Objects.requireNonNull(cache.memory().get(i)).value)
            .isEqualTo(all.get(i).result());
      }
    }
    assertThat((Long) cache.statistics().get("uncached")).isBetween(20L, 20L * threads);
  }

  @Test
  void miss_recursionThroughOtherKeys_loadsEachOnce() throws Exception {
    assertThat(fibonacci(60)).isEqualTo(1_548_008_755_920L);
    assertThat(cache.statistics()).containsEntry("loads", 61L);
  }

  private long fibonacci(int n) throws Exception {
    Object result =
        WovenCall.call(cache, n, () -> n < 2 ? (long) n : fibonacci(n - 1) + fibonacci(n - 2));
    return (Long) Objects.requireNonNull(result);
  }

  /** The caller holds a monitor that the load needs. */
  @Test
  void miss_ringThroughAMonitor_runsItself() throws Exception {
    Object monitor = new Object();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    Worker<Object> leader =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    "key",
                    () -> {
                      loading.countDown();
                      Workers.await(held);
                      synchronized (monitor) {
                        return "the leader's";
                      }
                    }));
    Workers.await(loading);
    Worker<Object> holder =
        workers.start(
            () -> {
              synchronized (monitor) {
                held.countDown();
                return WovenCall.call(cache, "key", () -> "the holder's");
              }
            });
    assertThat(holder.result()).isEqualTo("the holder's");
    assertThat(leader.result()).isEqualTo("the leader's");
    assertThat(cache.statistics()).containsEntry("uncached", 1L);
  }

  @Test
  void miss_ringThroughALock_runsItself() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    Worker<Object> leader =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    "key",
                    () -> {
                      loading.countDown();
                      Workers.await(held);
                      lock.lock();
                      try {
                        return "the leader's";
                      } finally {
                        lock.unlock();
                      }
                    }));
    Workers.await(loading);
    lock.lock();
    try {
      held.countDown();
      assertThat(WovenCall.call(cache, "key", () -> "the holder's")).isEqualTo("the holder's");
    } finally {
      lock.unlock();
    }
    assertThat(leader.result()).isEqualTo("the leader's");
  }

  /** One of the ring waits for a load, the other for a monitor. */
  @Test
  void miss_ringThroughALoadAndAMonitor_allEnd() throws Exception {
    Object monitor = new Object();
    CountDownLatch bothLoad = new CountDownLatch(2);
    CountDownLatch held = new CountDownLatch(1);
    Worker<Object> first =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    1,
                    () -> {
                      bothLoad.countDown();
                      Workers.await(bothLoad);
                      return "1 needs " + WovenCall.call(cache, 2, () -> "2 uncached");
                    }));
    Worker<Object> second =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    2,
                    () -> {
                      bothLoad.countDown();
                      Workers.await(held);
                      synchronized (monitor) {
                        return "2";
                      }
                    }));
    Workers.await(bothLoad);
    synchronized (monitor) {
      held.countDown();
      // Each of the two that wait for a load may be the one that finds the ring.
      assertThat(WovenCall.call(cache, 1, () -> "1 uncached"))
          .isIn("1 uncached", "1 needs 2 uncached");
    }
    assertThat(second.result()).isEqualTo("2");
    assertThat(first.result()).isIn("1 needs 2", "1 needs 2 uncached");
  }
}
