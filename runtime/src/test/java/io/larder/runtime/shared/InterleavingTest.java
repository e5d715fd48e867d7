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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An invalidation on one node against loads under way on two others and on its own, in random
 * orders of their steps: afterwards nobody has what was loaded before.
 */
class InterleavingTest {

  private static final int ROUNDS = Integer.getInteger("larder.interleavings", 10_000);

  private final Schedule schedule = new Schedule();
  private final List<SharedNode> nodes = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** As with one server, and in the steps that a cluster needs. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void invalidation_againstLoadsUnderWay_wins(boolean split) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (RedisServer server = RedisServer.start()) {
      for (int i = 0; i < 3; i++) {
        SharedNode node = new SharedNode(server.uri(), redis -> schedule.through(redis, split));
        nodes.add(node);
        node.awaitCoherent();
      }
      for (int round = 0; round < ROUNDS / 2; round++) {
        play("k" + round, random, seed, round);
      }
      nodes.forEach(SharedNode::close);
    } finally {
      threads.shutdownNow();
    }
  }

  private void play(String text, Random random, long seed, int round) throws Exception {
    SharedNode a = nodes.get(0);
    AtomicInteger source = new AtomicInteger(1);
    if (random.nextBoolean()) { // somebody has it already
      nodes.get(random.nextInt(3)).call(text, () -> "1");
    }
    long before = SharedNode.forgets(nodes);
    List<Runnable> actors = new ArrayList<>();
    actors.add(
        () -> {
          schedule.step();
          source.set(2);
          schedule.step();
          a.shared.invalidate(CACHE, key(text).group());
        });
    for (SharedNode node : nodes) {
      actors.add(
          () ->
              node.call(
                  text,
                  () -> {
                    schedule.step();
                    int read = source.get();
                    schedule.step();
                    return String.valueOf(read);
                  }));
    }
    List<Future<?>> running = new ArrayList<>();
    schedule.begin(actors.size(), random);
    actors.forEach(actor -> running.add(threads.submit(() -> schedule.play(actor))));
    schedule.run();
    for (Future<?> each : running) {
      each.get();
    }
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (SharedNode.forgets(nodes) < before + 3) { // each has heard it
      assertThat(System.nanoTime()).as("seed %d, round %d", seed, round).isLessThan(deadline);
      Thread.onSpinWait();
    }
    for (SharedNode node : nodes) {
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
