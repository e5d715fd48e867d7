package io.larder.runtime.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LaterWorkTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final LaterWork work = new LaterWork("later", /* capacity= */ 2);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void add_isDoneInOrder_evenAfterOneThatFails() {
    assertThat(work.add(() -> done.add("a"))).isTrue();
    work.await(SOON);
    work.add(
        () -> {
          throw new IllegalStateException();
        });
    work.add(() -> done.add("b"));
    work.await(SOON);
    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void add_tooMuchWaits_isRefused() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    work.add(
        () -> {
          begun.countDown();
          wait(end);
        });
    wait(begun);
    assertThat(work.add(() -> done.add("a"))).isTrue();
    assertThat(work.add(() -> done.add("b"))).isTrue();
    assertThat(work.add(() -> done.add("c"))).isFalse();

    work.await(Duration.ofMillis(1)); // no longer than that
    assertThat(done).isEmpty();
    end.countDown();
    work.await(SOON);
    assertThat(done).containsExactly("a", "b");
  }
}
