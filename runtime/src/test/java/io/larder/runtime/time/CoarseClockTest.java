package io.larder.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.LeavesThreads;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@LeavesThreads("clock") // lives as long as the JVM
class CoarseClockTest {

  private final Set<Thread> before = clockThreads();
  private final CoarseClock clock = new CoarseClock();

  private static Set<Thread> clockThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("larder-clock-"))
        .collect(Collectors.toSet());
  }

  private Thread thread() {
    Set<Thread> mine = new HashSet<>(clockThreads());
    mine.removeAll(before);
    assertThat(mine).hasSize(1);
    return mine.iterator().next();
  }

  @Test
  void new_startsNoThread() {
    long now = clock.nanos();
    assertThat(clock.nanos()).isGreaterThanOrEqualTo(now);
    assertThat(clockThreads()).isEqualTo(before);
  }

  @Test
  void coarseNanos_firstCall_isExactAndStartsOneDaemon() {
    long earliest = System.nanoTime();
    long now = clock.coarseNanos();
    assertThat(now).isBetween(earliest, System.nanoTime());
    clock.coarseNanos();
    assertThat(thread().isDaemon()).isTrue();
    assertThat(thread().getContextClassLoader()).isNull();
  }

  @Test
  void coarseNanos_ticks() {
    long first = clock.coarseNanos();
    await().until(() -> clock.coarseNanos() > first);
    long second = clock.coarseNanos();
    await().until(() -> clock.coarseNanos() > second);
  }

  @Test
  void thread_nobodyAsks_parksAndTheNextCallIsExactAndWakesIt() {
    clock.coarseNanos();
    Thread thread = thread();
    // Between ticks it is TIMED_WAITING; WAITING is parked for good.
    await().atMost(Duration.ofSeconds(20)).until(() -> thread.getState() == Thread.State.WAITING);
    long earliest = System.nanoTime();
    assertThat(clock.coarseNanos()).isGreaterThanOrEqualTo(earliest);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    long first = clock.coarseNanos();
    await().until(() -> clock.coarseNanos() > first);
  }
}
