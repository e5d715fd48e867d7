package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.redis.FaultProxy;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cuts the networks of several JVMs in random ways, while one changes what all read: nobody may
 * read what was changed more than three seconds before.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS) // as many cuts as are asked for
class StaleReadsTest {

  private static final int CUTS = Integer.getInteger("larder.faults", 20);
  private static final int READERS = 4;
  private static final int KEYS = 10;
  private static final long BOUND_NANOS = Duration.ofSeconds(3).toNanos();
  private static final int CHANGES = 2_000_000;

  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong worstNanos = new AtomicLong();
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

  /** The version that each key has now. */
  private final AtomicLongArray source = new AtomicLongArray(KEYS);

  /** When each version began; versions count over all keys. */
  private final AtomicLongArray begun = new AtomicLongArray(CHANGES);

  /** For each version the one that came after it, of the same key. */
  private final AtomicLongArray next = new AtomicLongArray(CHANGES);

  @Test
  void randomCuts_nothingIsReadLongerThanThreeSecondsAfterItChanged(LoggedLines lines)
      throws Exception {
    long seed = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (RedisServer server = RedisServer.start();
        SharedNode writer = SharedNode.coherent(server.uri())) {
      List<Future<?>> cutters = new ArrayList<>();
      List<Future<?>> others = new ArrayList<>();
      others.add(threads.submit(() -> change(writer)));
      for (int i = 0; i < READERS; i++) {
        Random random = new Random(seed + i);
        cutters.add(threads.submit((Callable<?>) () -> cut(server, threads, random)));
      }
      for (Future<?> cutter : cutters) {
        cutter.get();
      }
      done.set(true);
      for (Future<?> other : others) {
        other.get();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    System.err.printf(
        "%d cuts, %d reads, none of a value older than %d ms (seed %d)%n",
        CUTS, reads.get(), worstNanos.get() / 1_000_000, seed);
    lines.takeWarnings(); // of each cut
    assertThat(violations).as("seed %d", seed).isEmpty();
    assertThat(reads.get()).isGreaterThan(CUTS * 100L);
  }

  private Object change(SharedNode writer) {
    Random random = new Random();
    for (int version = 1; version < CHANGES && !done.get(); version++) {
      int key = random.nextInt(KEYS);
      begun.set(version, System.nanoTime());
      next.set((int) source.get(key), version);
      source.set(key, version);
      writer.shared.invalidate(CACHE, key("k" + key).group());
      pause(2);
    }
    return true;
  }

  private Object cut(RedisServer server, ExecutorService threads, Random random) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (FaultProxy network = new FaultProxy(server.port());
        SharedNode node = SharedNode.coherent(network.uri())) {
      Future<?> reader = threads.submit(() -> read(node, over));
      for (int i = 0; i < CUTS / READERS; i++) {
        spoil(network, server, random);
        // Mostly shorter than it takes to notice, now and then longer than the bound.
        pause(random.nextInt(4) == 0 ? 3_000 + random.nextInt(1_000) : random.nextInt(600));
        network.heal();
        if (random.nextBoolean()) {
          network.dropConnections();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> node.shared.status().coherent());
        pause(random.nextInt(100));
      }
      over.set(true);
      reader.get();
    }
    return true;
  }

  private static void spoil(FaultProxy network, RedisServer server, Random random) {
    switch (random.nextInt(6)) {
      case 0 -> network.blackhole();
      case 1 -> network.halfOpen();
      case 2 -> network.refuse();
      case 3 -> network.reset();
      case 4 -> network.delay(0, 120);
      default -> server.say("CLIENT KILL TYPE pubsub");
    }
  }

  private Object read(SharedNode node, AtomicBoolean over) {
    Random random = new Random();
    while (!over.get() && !done.get()) {
      int key = random.nextInt(KEYS);
      long start = System.nanoTime();
      Object value = node.call("k" + key, () -> String.valueOf(source.get(key)));
      long version = Long.parseLong(String.valueOf(value));
      long after = next.get((int) version);
      long age = after == 0 ? 0 : start - begun.get((int) after);
      worstNanos.accumulateAndGet(age, Math::max);
      if (age > BOUND_NANOS) {
        violations.add("read " + age / 1_000_000 + " ms too late; " + node.shared.status());
      }
      reads.incrementAndGet();
      pause(1);
    }
    return true;
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(millis * 1_000_000);
  }
}
