package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.KeyFixtures.InstanceAndNumber;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.time.FakeClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@LeavesThreads("housekeeper") // lives as long as the JVM
class HousekeeperTest {

  private final Housekeeper housekeeper = new Housekeeper();
  private final FakeClock clock = new FakeClock();
  private final CacheRegistry registry = new CacheRegistry(clock, housekeeper.gone());

  @Test
  void instanceGone_itsEntriesAreDropped() {
    Cache cache = registry.getOrCreate(null, "prices", PolicySettings.NONE);
    Object kept = new Object();
    Object[] instance = {new Object()};
    for (int i = 0; i < 10; i++) {
      for (Object owner : new Object[] {instance[0], kept}) {
        cache
            .memory()
            .put(
                new InstanceAndNumber(owner, i).detach(cache), new Entry("v", clock.nanos(), 0, 0));
      }
    }
    housekeeper.start(registry, () -> 0, /* firstDelayMillis= */ 1);
    instance[0] = kept;
    await()
        .until(
            () -> {
              System.gc();
              return cache.memory().statistics().entries() == 10;
            });
    assertThat(cache.memory().get(new InstanceAndNumber(kept, 3))).isNotNull();
  }

  @Test
  void cacheGone_registryForgetsIt() {
    List<String> collected = new CopyOnWriteArrayList<>();
    registry.setListener(
        new CacheRegistry.Listener() {
          @Override
          public void created(CacheHandle handle) {}

          @Override
          public void collected(CacheHandle handle) {
            collected.add(handle.name());
          }
        });
    Cache[] held = {registry.getOrCreate(null, "prices", PolicySettings.NONE)};
    Cache kept = registry.getOrCreate(null, "stock", PolicySettings.NONE);
    housekeeper.start(registry, () -> 0, /* firstDelayMillis= */ 1);
    held[0] = kept;
    await()
        .until(
            () -> {
              System.gc();
              return !collected.isEmpty();
            });
    assertThat(collected).containsExactly("prices");
    assertThat(registry.caches()).containsExactly(kept);
  }

  @Test
  void chore_isAttemptedAfterTheDelay_againWhenItAsks_andAfterAWakeUp() {
    AtomicInteger attempts = new AtomicInteger();
    housekeeper.start(
        registry, () -> attempts.incrementAndGet() < 3 ? 1 : 0, /* firstDelayMillis= */ 1);
    await().untilAtomic(attempts, org.hamcrest.Matchers.equalTo(3));
    housekeeper.wake();
    await().untilAtomic(attempts, org.hamcrest.Matchers.equalTo(4));
  }

  @Test
  void chore_thatFails_isReportedAndTheNextIsAttempted(LoggedLines lines) {
    AtomicInteger attempts = new AtomicInteger();
    housekeeper.start(
        registry,
        () -> {
          if (attempts.incrementAndGet() == 1) {
            throw new IllegalStateException("mine");
          }
          return 0;
        },
        /* firstDelayMillis= */ 1);
    await().until(() -> attempts.get() >= 2);
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Housekeeping failed and goes on: java.lang.IllegalStateException: mine");
  }

  @Test
  void thread_interrupted_goesOn() {
    AtomicInteger attempts = new AtomicInteger();
    Thread[] mine = new Thread[1];
    housekeeper.start(
        registry,
        () -> {
          mine[0] = Thread.currentThread();
          attempts.incrementAndGet();
          return 0;
        },
        /* firstDelayMillis= */ 1);
    await().until(() -> attempts.get() == 1);
    assertThat(mine[0].isDaemon()).isTrue();
    assertThat(mine[0].getName()).startsWith("larder-housekeeper-");
    mine[0].interrupt();
    housekeeper.wake();
    await().until(() -> attempts.get() >= 2);
  }
}
