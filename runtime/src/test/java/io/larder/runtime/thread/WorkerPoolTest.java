package io.larder.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {

  private final WorkerPool pool =
      new WorkerPool("pooled", /* mostThreads= */ 2, /* mostWaiting= */ 1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void close() {
    goOn.countDown();
    pool.close();
  }

  private void block() {
    try {
      Workers.await(goOn);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
    done.incrementAndGet();
  }

  private void offerTaken() {
    CountDownLatch begun = new CountDownLatch(1);
    assertThat(
            pool.offer(
                () -> {
                  begun.countDown();
                  block();
                }))
        .isTrue();
    await().until(() -> begun.getCount() == 0);
  }

  @Test
  void offer_moreThanThreadsAndPlaces_isRefused() {
    offerTaken();
    offerTaken();
    assertThat(pool.offer(this::block)).isTrue();
    assertThat(pool.offer(this::block)).isFalse();
    goOn.countDown();
    await().until(() -> done.get() == 3);
    assertThat(pool.offer(this::block)).isTrue();
    await().until(() -> done.get() == 4);
  }

  @Test
  void offer_taskLeavesAnInterrupt_theNextIsDoneAllTheSame() {
    goOn.countDown();
    assertThat(pool.offer(() -> Thread.currentThread().interrupt())).isTrue();
    await().until(() -> pool.offer(this::block));
    await().until(() -> done.get() == 1);
  }

  @Test
  void close_forgetsWhatWaits() {
    offerTaken();
    offerTaken();
    assertThat(pool.offer(this::block)).isTrue();
    pool.close();
    assertThat(pool.offer(this::block)).isFalse();
    goOn.countDown();
    await().until(() -> done.get() == 2);
  }
}
