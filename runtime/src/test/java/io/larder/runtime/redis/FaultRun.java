package io.larder.runtime.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Health;
import io.larder.runtime.thread.RunQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Many threads that read and write through a backend while faults come and go. It holds what no
 * fault may break: nothing but {@link RedisUnavailableException} is thrown, each reply belongs to
 * its question, no thread waits longer than the deadline and ten milliseconds, and within a second
 * from the end of the fault all is well.
 */
final class FaultRun implements AutoCloseable {

  /** Faults of each kind; {@code -Dlarder.faults=1000} for more. */
  static final int INJECTIONS = Integer.getInteger("larder.faults", 20);

  private static final int THREADS = Integer.getInteger("larder.faults.threads", 64);
  private static final int CONTROLS = 16;
  private static final int KEYS = 200;
  private static final long PAUSE_NANOS = 2_000_000;
  private static final long HEALTHY_NANOS = 40_000_000;
  private static final long ALLOWED_NANOS = 10_000_000;

  private final RedisBackend redis;
  private final long deadlineNanos;
  private final BareReads control;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder unavailable = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final AtomicLong lastAnswerNanos = new AtomicLong();
  private final AtomicLong longestWait = new AtomicLong();
  private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
  private final LongAdder late = new LongAdder();
  private final List<Long> recoveries = new ArrayList<>();
  private final List<Long> openings = new ArrayList<>();

  /** Those that found their flag set after a call. */
  private final Set<Thread> interruptedThreads = ConcurrentHashMap.newKeySet();

  private volatile boolean ended;

  FaultRun(RedisBackend redis, Duration deadline) {
    this.redis = redis;
    this.deadlineNanos = deadline.toNanos();
    this.control = new BareReads(CONTROLS, deadline);
    for (int i = 0; i < KEYS; i++) {
      int key = i;
      Awaitility.await() // the machine itself may stall for longer than the deadline
          .pollInterval(Duration.ofMillis(5))
          .ignoreException(RedisUnavailableException.class)
          .until(() -> isStored(key));
    }
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::work, "application-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private static byte[] key(int i) {
    return ("key-" + i).getBytes(UTF_8);
  }

  /** Says whose it is, so that a reply to another question shows. */
  private static byte[] value(int i) {
    return ("value of key-" + i + " " + "x".repeat(i)).getBytes(UTF_8);
  }

  private boolean isStored(int i) {
    store(i);
    return true;
  }

  private void store(int i) {
    redis.exchange(key(i), List.of(RedisCommand.of("SET", key(i), value(i))));
  }

  private void work() {
    try {
      workFor(RunQueue.ofThisThread());
    } catch (IOException unreadable) {
      unexpected.add(unreadable);
    }
  }

  /** What the thread waits for a processor is no wait for Redis. */
  private void workFor(RunQueue queue) throws IOException {
    while (!ended) {
      long queued = queue.waitedNanos();
      long start = System.nanoTime();
      try {
        call();
        answered.increment();
        lastAnswerNanos.accumulateAndGet(System.nanoTime(), Math::max);
      } catch (RedisUnavailableException away) {
        unavailable.increment();
      } catch (Throwable other) {
        unexpected.add(other);
      }
      long took = System.nanoTime() - start;
      long waited = took - (queue.waitedNanos() - queued);
      longestWait.accumulateAndGet(waited, Math::max);
      if (waited > deadlineNanos + ALLOWED_NANOS) {
        late.increment();
      }
      if (Thread.interrupted()) {
        interruptedThreads.add(Thread.currentThread());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void call() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int i = random.nextInt(KEYS);
    switch (random.nextInt(10)) {
      case 0 -> store(i);
      case 1 -> {
        List<@Nullable Object> replies =
            redis.exchangeEach(
                List.of(
                    RedisCommand.of("GET", key(i)),
                    RedisCommand.of("GET", key((i + 1) % KEYS)),
                    RedisCommand.of("STRLEN", key(i))));
        if (replies.get(0) instanceof RedisUnavailableException away) {
          throw away;
        }
        check(replies.get(0), i);
        check(replies.get(1), (i + 1) % KEYS);
        check(replies.get(2), (long) value(i).length, 0L);
      }
      default -> check(redis.exchange(key(i), List.of(RedisCommand.of("GET", key(i)))).get(0), i);
    }
  }

  private void check(@Nullable Object reply, int i) {
    // Absent, after a server started empty.
    if (reply != null
        && !(reply instanceof RedisUnavailableException) // its node is away
        && !(reply instanceof byte[] bytes && Arrays.equals(bytes, value(i)))) {
      wrong.increment();
    }
  }

  private void check(@Nullable Object reply, Object expected, Object orElse) {
    if (!expected.equals(reply)
        && !orElse.equals(reply)
        && !(reply instanceof RedisUnavailableException)) {
      wrong.increment();
    }
  }

  /** Brings a fault and takes it away again, as often as is asked for. */
  void inject(Duration lasting, boolean opens, Runnable fault, Runnable healing) {
    for (int i = 0; i < INJECTIONS; i++) {
      long begun = System.nanoTime();
      fault.run();
      if (opens) {
        RedisFixtures.awaitHealth(redis, Health.DOWN, Duration.ofSeconds(5));
        openings.add(System.nanoTime() - begun);
      }
      LockSupport.parkNanos(lasting.toNanos());
      healing.run();
      long healed = System.nanoTime();
      RedisFixtures.awaitHealth(redis, Health.UP, Duration.ofSeconds(5));
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> lastAnswerNanos.get() - healed > 0);
      recoveries.add(System.nanoTime() - healed);
      LockSupport.parkNanos(HEALTHY_NANOS);
    }
  }

  /** Waits until every key can be read again, and answers how long that took. */
  Duration awaitAllKeys(Duration atMost) {
    long start = System.nanoTime();
    Awaitility.await("all keys")
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(10))
        .until(this::isEachKeyAnswered);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private boolean isEachKeyAnswered() {
    List<RedisCommand> gets = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      gets.add(RedisCommand.of("GET", key(i)));
    }
    return redis.exchangeEach(gets).stream()
        .noneMatch(reply -> reply instanceof RedisUnavailableException);
  }

  /** Interrupts some threads and waits until each has found its flag after a call. */
  void interruptSome(int count) {
    List<Thread> some = new ArrayList<>(threads);
    Collections.shuffle(some);
    some = some.subList(0, count);
    interruptedThreads.clear();
    some.forEach(Thread::interrupt);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> interruptedThreads.size() >= count);
    assertThat(interruptedThreads).containsExactlyInAnyOrderElementsOf(some);
  }

  /** Ends the threads and holds what was promised. */
  void verify(String name) {
    close();
    long opened = openings.stream().mapToLong(Long::longValue).max().orElse(0);
    long recovered = recoveries.stream().mapToLong(Long::longValue).max().orElse(0);
    long limit = deadlineNanos + ALLOWED_NANOS;
    System.err.printf(
        "FIGURE %s: %d injections, %d answered, %d unavailable, longest wait %.1f ms (control"
            + " %.1f ms), %d above %d ms, opens in %.0f ms, recovers in %.0f ms at most%n",
        name,
        INJECTIONS,
        answered.sum(),
        unavailable.sum(),
        longestWait.get() / 1e6,
        control.longestNanos() / 1e6,
        late.sum(),
        limit / 1_000_000,
        opened / 1e6,
        recovered / 1e6);
    assertThat(unexpected).as("exceptions").isEmpty();
    assertThat(wrong.sum()).as("wrong replies").isZero();
    assertThat(answered.sum()).as("answered").isPositive();
    // A wait asks the scheduler up to three times: for a connection, for its end, for the watchdog.
    long stall = Math.max(0, control.longestNanos() - deadlineNanos);
    assertThat(longestWait.get())
        .as("longest wait in nanoseconds, on a machine that adds %s to a bare read", stall)
        .isLessThan(limit + 3 * stall);
    assertThat(opened).as("nanoseconds until the breaker opened").isLessThan(1_000_000_000);
    assertThat(recovered).as("nanoseconds until it recovered").isLessThan(1_000_000_000);
  }

  @Override
  public void close() {
    ended = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    control.close();
  }
}
