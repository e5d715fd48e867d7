package io.larder.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.thread.DaemonThreads;
import io.larder.runtime.thread.Workers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintenanceTest {

  private final Maintenance maintenance = new Maintenance();
  private final Set<Thread> by = ConcurrentHashMap.newKeySet();
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void stop() {
    maintenance.stop();
  }

  private void work() {
    by.add(Thread.currentThread());
    done.incrementAndGet();
  }

  @Test
  void execute_isDoneByAnotherThread_always() {
    for (int round = 1; round <= 300; round++) {
      maintenance.execute(this::work);
      if (round % 10 == 0) { // mostly it naps, sometimes it has just begun to wait to be woken
        LockSupport.parkNanos(round * 30_000L);
      }
    }
    await().until(() -> done.get() == 300);
    assertThat(by).doesNotContain(Thread.currentThread());
  }

  @Test
  void execute_whileItIsAtWork_wakesNobody() throws InterruptedException {
    CountDownLatch inIt = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    maintenance.execute(
        () -> {
          work();
          inIt.countDown();
          assertThatCode(() -> Workers.await(mayGo)).doesNotThrowAnyException();
        });
    Workers.await(inIt);
    for (int i = 0; i < 100; i++) {
      maintenance.execute(this::work);
    }
    mayGo.countDown();
    await().until(() -> done.get() == 101);
    assertThat(by).hasSize(1);
    assertThat(maintenance.wakeUps()).isEqualTo(1);
  }

  @Test
  void execute_soonAfterTheLastWasDone_mostlyWakesNobody() {
    for (int round = 1; round <= 100; round++) {
      maintenance.execute(this::work);
      while (done.get() < round) {
        LockSupport.parkNanos(20_000);
      }
    }
    assertThat(maintenance.wakeUps()).as("it naps, unless this thread had to wait").isLessThan(50);
  }

  @Test
  void execute_noThreadCanBeMade_isDoneByWhoAsks_untilOneCan() {
    AtomicBoolean isScarce = new AtomicBoolean(true);
    Maintenance starved =
        new Maintenance(
            work -> {
              if (isScarce.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return DaemonThreads.newThread("maintenance", work);
            });
    try {
      for (int i = 0; i < 2; i++) { // caught, as JUnit would end at such an error
        assertThatCode(() -> starved.execute(this::work)).doesNotThrowAnyException();
      }
      assertThat(done.get()).isEqualTo(2);
      assertThat(by).containsExactly(Thread.currentThread());

      isScarce.set(false);
      starved.execute(this::work);
      await().until(() -> done.get() == 3);
      assertThat(by).hasSize(2);
      assertThat(starved.wakeUps()).as("nothing is left of what failed").isEqualTo(1);
    } finally {
      starved.stop();
    }
  }

  @Test
  void execute_workFails_whatFollowsIsDone() {
    AtomicInteger reported = new AtomicInteger();
    maintenance.execute(
        () -> {
          Thread.currentThread()
              .setUncaughtExceptionHandler((thread, failed) -> reported.incrementAndGet());
          throw new IllegalStateException("of a listener");
        });
    maintenance.execute(this::work);
    await().until(() -> done.get() == 1 && reported.get() == 1);
    maintenance.execute(this::work);
    await().until(() -> done.get() == 2);
  }

  @Test
  void execute_stopped_isDoneByWhoAsks() {
    maintenance.stop();
    maintenance.execute(this::work);
    assertThat(by).containsExactly(Thread.currentThread());
  }
}
