package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.redis.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An invalidation on one node against loads under way on two others and on its own, in random orders
 * of their steps: afterwards nobody has what was loaded before.
 */
class InterleavingTest {

  private static final int ROUNDS = Integer.getInteger("larder.interleavings", 10_000);

  private static RedisServer server;
  private static final Schedule SCHEDULE = new Schedule();
  private static final List<SharedNode> NODES = new ArrayList<>();
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  @BeforeAll
  static void connect() {
    server = RedisServer.start();
    for (int i = 0; i < 3; i++) {
      SharedNode node = new SharedNode(server.uri(), SCHEDULE::through);
      node.awaitCoherent();
      NODES.add(node);
    }
  }

  @AfterAll
  static void disconnect() {
    THREADS.shutdownNow();
    NODES.forEach(SharedNode::close);
    server.close();
  }

  @Test
  void invalidation_againstLoadsUnderWay_wins() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      play("k" + round, random, seed, round);
    }
  }

  private static void play(String text, Random random, long seed, int round) throws Exception {
    SharedNode a = NODES.get(0);
    AtomicInteger source = new AtomicInteger(1);
    if (random.nextBoolean()) { // somebody has it already
      NODES.get(random.nextInt(3)).call(text, () -> "1");
    }
    long before = SharedNode.forgets(NODES);
    List<Runnable> actors = new ArrayList<>();
    actors.add(
        () -> {
          SCHEDULE.step();
          source.set(2);
          SCHEDULE.step();
          a.shared.invalidate(CACHE, key(text).group());
        });
    for (SharedNode node : NODES) {
      actors.add(
          () ->
              node.call(
                  text,
                  () -> {
                    SCHEDULE.step();
                    int read = source.get();
                    SCHEDULE.step();
                    return String.valueOf(read);
                  }));
    }
    List<Future<?>> running = new ArrayList<>();
    SCHEDULE.begin(actors.size(), random);
    actors.forEach(actor -> running.add(THREADS.submit(() -> SCHEDULE.play(actor))));
    SCHEDULE.run();
    for (Future<?> each : running) {
      each.get();
    }
    while (SharedNode.forgets(NODES) < before + 3) { // each has heard it
      Thread.onSpinWait();
    }
    for (SharedNode node : NODES) {
      assertThat(node.inMemory(text).orElse("2"))
          .as("memory, seed %d, round %d", seed, round)
          .isEqualTo("2");
      SharedEntry stored = node.tier.read(key(text));
      assertThat(stored == null ? "2" : stored.entry().value)
          .as("Redis, seed %d, round %d", seed, round)
          .isEqualTo("2");
    }
  }
}
