package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.thread.Workers.Worker;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Invalidations at the worst moments of a change of policy. A key's {@code hashCode} stands for
 * those moments: each step that asks a map comes through it.
 */
class MigrationTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy BEFORE = new CachePolicy(MINUTE, 1_000, 0, MINUTE);
  private static final CachePolicy AFTER = BEFORE.withMaximumBytes(1 << 20);

  private final Cache cache =
      new Cache("prices", BEFORE, new FakeClock(), /* slowTiers= */ null, new ReferenceQueue<>());
  private final Workers workers = new Workers();
  private final Key key = new Key();
  private @Nullable Worker<Boolean> change;

  MigrationTest() throws Exception {
    cache.add(new WovenCall.RawCall("com.acme.Dao.find(Key)"));
    WovenCall.call(cache, key, () -> "old");
  }

  @AfterEach
  void stop() {
    workers.close();
  }

  /** Runs something when one thread hashes it for the n-th time. */
  private static final class Key {
    private volatile @Nullable Thread watched;
    private int countdown;
    private Runnable moment = () -> {};

    void atHash(int nth, Runnable action) {
      countdown = nth;
      moment = action;
      watched = Thread.currentThread();
    }

    void unwatch() {
      watched = null;
    }

    @Override
    public int hashCode() {
      if (Thread.currentThread() == watched && --countdown == 0) {
        moment.run();
      }
      return 1;
    }
  }

  /** Starts work and waits until it is done or cannot go on before this thread does. */
  private <T> Worker<T> untilDoneOrHeldUp(Callable<T> work) {
    Worker<T> worker = workers.start(work);
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                switch (worker.thread().getState()) {
                  case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> true;
                  default -> false;
                });
    return worker;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void invalidate_atAnyStepOfTheMigration_isNotServedAfterwards(int step) throws Exception {
    Object[] invalidated = new Object[1];
    key.atHash(step, () -> invalidated[0] = untilDoneOrHeldUp(() -> cache.invalidate(key)));
    cache.setPolicy(AFTER);
    key.unwatch();
    if (invalidated[0] instanceof Worker<?> worker) {
      worker.result();
      assertThat(cache.memory().get(key)).isNull();
    }
    cache.invalidate(key);
    assertThat(WovenCall.call(cache, key, () -> "new")).isEqualTo("new");
  }

  /** The entry must not even be visible for a moment. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void invalidate_betweenTwoStepsOfTheMigration_isNotSeenInBetween(int step) throws Exception {
    Object[] seen = new Object[1];
    key.atHash(
        step,
        () -> {
          var invalidation = untilDoneOrHeldUp(() -> cache.invalidate(key));
          boolean done = !invalidation.thread().isAlive();
          key.atHash(
              2, // the step after the next look: what was put is there
              () -> {
                if (done && seen[0] == null) {
                  seen[0] = untilDoneOrHeldUp(() -> cache.memory().get(key) == null);
                }
              });
        });
    cache.setPolicy(AFTER);
    key.unwatch();
    if (seen[0] instanceof Worker<?> worker) {
      assertThat(worker.result()).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void setPolicy_atAnyStepOfAnInvalidation_doesNotSaveTheEntry(int step) throws Exception {
    changeAtHash(step);
    cache.invalidate(key);
    endOfChange();
    assertThat(cache.memory().get(key)).isNull();
    assertThat(WovenCall.call(cache, key, () -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void setPolicy_atAnyStepOfInvalidateAll_doesNotSaveTheEntry(int step) throws Exception {
    changeAtHash(step);
    cache.invalidateAll();
    endOfChange();
    assertThat(cache.memory().get(key)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void setPolicy_atAnyStepOfInvalidateKeys_doesNotSaveTheEntry(int step) throws Exception {
    changeAtHash(step);
    cache.invalidateKeys(any -> any == key);
    endOfChange();
    assertThat(cache.memory().get(key)).isNull();
  }

  private void changeAtHash(int step) {
    key.atHash(
        step,
        () ->
            change =
                untilDoneOrHeldUp(
                    () -> {
                      cache.setPolicy(AFTER);
                      return true;
                    }));
  }

  private void endOfChange() throws Exception {
    key.unwatch();
    if (change != null) {
      change.result();
    }
  }

  @Test
  void setPolicy_undisturbed_keepsTheEntry() throws Exception {
    cache.setPolicy(AFTER);
    assertThat(WovenCall.call(cache, key, () -> "new")).isEqualTo("old");
  }
}
