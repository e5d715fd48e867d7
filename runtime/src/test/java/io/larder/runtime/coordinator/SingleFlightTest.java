package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.thread.Workers.Worker;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ref.ReferenceQueue;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleFlightTest {

  private static final CachePolicy PATIENT =
      new CachePolicy(null, 1_000, 0, /* waitAtMost= */ Duration.ofMinutes(5));

  private final Cache cache =
      new Cache("prices", PATIENT, new FakeClock(), /* slowTiers= */ null, new ReferenceQueue<>());
  private final Workers workers = new Workers();
  private final CountDownLatch loading = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void stop() {
    release.countDown();
    workers.close();
  }

  /** A load that begins at once and ends when released. */
  private Worker<Object> leader(String result) throws InterruptedException {
    Worker<Object> leader =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    "key",
                    () -> {
                      runs.incrementAndGet();
                      loading.countDown();
                      Workers.await(release);
                      return result;
                    }));
    Workers.await(loading);
    return leader;
  }

  private Worker<Object> waiter(String result) {
    Worker<Object> waiter =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    "key",
                    () -> {
                      runs.incrementAndGet();
                      return result;
                    }));
    untilParked(waiter);
    return waiter;
  }

  private static void untilParked(Worker<?> worker) {
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> worker.thread().getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void miss_concurrent_loadsOnceForAll() throws Exception {
    Worker<Object> leader = leader("the leader's");
    List<Worker<Object>> waiters = Stream.generate(() -> waiter("a waiter's")).limit(10).toList();
    release.countDown();
    assertThat(leader.result()).isEqualTo("the leader's");
    for (Worker<Object> waiter : waiters) {
      assertThat(waiter.result()).isSameAs(leader.result());
    }
    assertThat(runs).hasValue(1);
    assertThat(cache.statistics())
        .containsEntry("misses", 11L)
        .containsEntry("loads", 1L)
        .containsEntry("coalesced", 10L)
        .containsEntry("uncached", 0L);
  }

  @Test
  void miss_otherKey_doesNotWait() throws Exception {
    leader("the leader's");
    assertThat(WovenCall.call(cache, "other key", () -> "mine")).isEqualTo("mine");
  }

  /** All were doomed by an invalidation that could not look at their keys. */
  @Test
  void miss_whileADoomedLoadIsStillThere_loadsItself(LoggedLines lines) throws Exception {
    Worker<Object> leader = leader("outdated");
    cache.startAfresh(new IllegalStateException("of an equals"));
    assertThat(WovenCall.call(cache, "key", () -> "mine")).isEqualTo("mine");
    release.countDown();
    assertThat(leader.result()).isEqualTo("outdated");
    assertThat(WovenCall.call(cache, "key", () -> "yet another")).isEqualTo("mine");
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  private Worker<Object> failing(Throwable failure) throws InterruptedException {
    Worker<Object> leader =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    "key",
                    () -> {
                      loading.countDown();
                      Workers.await(release);
                      throw SingleFlightTest.<RuntimeException>asIs(failure);
                    }));
    Workers.await(loading);
    return leader;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T asIs(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void miss_leaderFails_waitersGetTheSameException() throws Exception {
    IOException mine = new IOException("mine");
    Worker<Object> leader = failing(mine);
    Worker<Object> one = waiter("never");
    Worker<Object> other = waiter("never");
    release.countDown();
    assertThatThrownBy(leader::result).isSameAs(mine);
    assertThatThrownBy(one::result).isSameAs(mine);
    assertThatThrownBy(other::result).isSameAs(mine);
    assertThat(runs).hasValue(0);
    assertThat(mine.getSuppressed()).isEmpty();
    assertThat(WovenCall.call(cache, "key", () -> "later")).isEqualTo("later");
  }

  @SuppressWarnings("removal") // Thread.stop still works on 17
  static Stream<Throwable> personal() {
    return Stream.of(
        new InterruptedException(),
        new InterruptedIOException(),
        new ClosedByInterruptException(),
        new OutOfMemoryError(),
        new StackOverflowError(),
        new ThreadDeath());
  }

  @ParameterizedTest
  @MethodSource("personal")
  void miss_leaderInterruptedOrKilled_handsOver(Throwable personal) throws Exception {
    failing(personal);
    Worker<Object> one = waiter("mine");
    Worker<Object> other = waiter("mine");
    release.countDown();
    assertThat(one.result()).isEqualTo("mine");
    assertThat(other.result()).isEqualTo("mine");
    assertThat(runs).hasValue(1);
  }

  @Test
  void miss_leaderFailsBecauseInterrupted_handsOver() throws Exception {
    Worker<Object> leader =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    "key",
                    () -> {
                      loading.countDown();
                      Workers.await(release);
                      Thread.currentThread().interrupt();
                      throw new IllegalStateException("wrapped an interrupt");
                    }));
    Workers.await(loading);
    Worker<Object> waiter = waiter("mine");
    release.countDown();
    assertThat(waiter.result()).isEqualTo("mine");
    assertThatThrownBy(leader::result).hasMessage("wrapped an interrupt");
  }

  @Test
  void miss_waiterInterrupted_runsItselfAndKeepsTheFlag() throws Exception {
    Worker<Object> leader = leader("the leader's");
    AtomicInteger flagged = new AtomicInteger();
    Worker<Object> waiter =
        workers.start(
            () -> {
              Object result =
                  WovenCall.call(
                      cache,
                      "key",
                      () -> {
                        flagged.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                        return "mine";
                      });
              flagged.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
              return result;
            });
    untilParked(waiter);
    waiter.thread().interrupt();
    assertThat(waiter.result()).isEqualTo("mine");
    assertThat(flagged).hasValue(2);
    release.countDown();
    assertThat(leader.result()).isEqualTo("the leader's");
    assertThat(WovenCall.call(cache, "key", () -> "again")).isEqualTo("the leader's");
    assertThat(cache.statistics()).containsEntry("uncached", 1L);
  }

  @Test
  void miss_waitedTooLong_takesOverAndTheSlowResultIsNotStored() throws Exception {
    cache.setPolicy(new CachePolicy(null, 1_000, 0, /* waitAtMost= */ Duration.ofMillis(20)));
    Worker<Object> leader = leader("slow");
    assertThat(WovenCall.call(cache, "key", () -> "mine")).isEqualTo("mine");
    release.countDown();
    assertThat(leader.result()).isEqualTo("slow");
    assertThat(WovenCall.call(cache, "key", () -> "again")).isEqualTo("mine");
    assertThat(cache.statistics()).containsEntry("loads", 2L).containsEntry("puts", 1L);
  }

  @Test
  void miss_resultOfTheLeaderIsNoneOfTheWaiters_loadsItself() throws Exception {
    Worker<Object> leader = leader("text");
    Worker<Object> waiter =
        workers.start(() -> WovenCall.call(cache, "key", ResultType.of(Integer.class), () -> 5));
    untilParked(waiter);
    release.countDown();
    assertThat(waiter.result()).isEqualTo(5);
    assertThat(leader.result()).isEqualTo("text");
  }

  @Test
  void invalidate_duringTheLoad_isNotStored() throws Exception {
    Worker<Object> leader = leader("outdated");
    Worker<Object> waiter = waiter("never");
    cache.add(new WovenCall.RawCall("com.acme.Dao.find(String)"));
    assertThat(cache.invalidate("key")).isZero();
    assertThat(WovenCall.call(cache, "key", () -> "fresh")).isEqualTo("fresh");
    release.countDown();
    assertThat(leader.result()).isEqualTo("outdated");
    assertThat(waiter.result()).isEqualTo("outdated"); // it asked before
    assertThat(WovenCall.call(cache, "key", () -> "again")).isEqualTo("fresh");
  }

  @Test
  void invalidateAllAndDisable_duringTheLoad_areNotStored() throws Exception {
    Worker<Object> leader = leader("outdated");
    cache.invalidateAll();
    release.countDown();
    leader.result();
    assertThat(cache.memory().statistics().entries()).isZero();
  }

  /** Nothing may wait for a thread that runs the invalidation itself, inside of its own store. */
  @Test
  void invalidateAll_fromTheEqualsOfAKeyBeingStored_ends() throws Exception {
    class Invalidating {
      boolean armed;

      @Override
      public int hashCode() {
        return 1;
      }

      @Override
      public boolean equals(Object other) {
        if (armed) {
          cache.invalidateAll();
        }
        return other instanceof Invalidating;
      }
    }
    Invalidating stored = new Invalidating();
    Invalidating mine = new Invalidating();
    Worker<Object> worker =
        workers.start(
            () ->
                WovenCall.call(
                    cache,
                    mine,
                    () -> {
                      WovenCall.call(cache, "key", () -> "other");
                      cache.memory().put(stored, new io.larder.runtime.model.Entry("x", 0, 0, 0));
                      stored.armed = true;
                      mine.armed = true;
                      return "mine";
                    }));
    try {
      await().atMost(Duration.ofSeconds(3)).until(() -> worker.task().isDone());
      assertThat(worker.result()).isEqualTo("mine");
    } finally {
      mine.armed = false;
      stored.armed = false;
    }
  }
}
