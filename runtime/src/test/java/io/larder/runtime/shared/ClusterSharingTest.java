package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.redis.RedisCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sharing where the state is on one node, and most entries are on others. */
class ClusterSharingTest {

  private static final Duration BOUND = Duration.ofSeconds(3);
  private static final int MOVED = 12;

  @Test
  void entriesTagsAndInvalidations_overThreeNodes() {
    try (RedisCluster cluster = new RedisCluster();
        SharedNode a = SharedNode.coherent(cluster.uri());
        SharedNode b = SharedNode.coherent(cluster.uri())) {
      List<TierKey> keys = IntStream.range(0, 100).mapToObj(i -> key("k" + i)).toList();
      Map<TierKey, Entry> entries = new HashMap<>();
      keys.forEach(key -> entries.put(key, a.entry("v", a.shared.stamp(), "t")));
      a.tier.putAll(entries);
      assertThat(b.tier.readAll(keys)).hasSize(100);
      assertThat(b.call("k0", () -> "new")).isEqualTo("v");

      a.shared.invalidate(CACHE, key("k0").group());
      await().until(() -> b.inMemory("k0").isEmpty());
      assertThat(b.tier.removeAll(keys.subList(0, 10))).isEqualTo(9);
      assertThat(a.tier.readAll(keys)).hasSize(90);

      a.shared.invalidateTag(CACHE, "t");
      await().until(() -> b.tier.readAll(keys).isEmpty());
      long stamp = b.shared.stamp();
      assertThat(b.tier.replace(key("k1"), b.entry("put", stamp))).isTrue();
      assertThat(requireNonNull(a.tier.read(key("k1"))).entry().value).isEqualTo("put");
      LoadLease lease = requireNonNull(a.shared.leases().tryTurn(key("k2")).lease());
      assertThat(a.tier.store(key("k2"), a.entry("leased", a.shared.stamp()), lease)).isTrue();
      assertThat(requireNonNull(b.tier.read(key("k2"))).entry().value).isEqualTo("leased");
      assertThat(a.shared.status().doubts() + b.shared.status().doubts()).isZero();
    }
  }

  @Test
  void slotsMove_whatOneInvalidatesNobodyReadsLater(LoggedLines lines) throws Exception {
    ExecutorService mover = Executors.newSingleThreadExecutor();
    try (RedisCluster cluster = new RedisCluster();
        SharedNode a = SharedNode.patient(cluster.uri());
        SharedNode b = SharedNode.patient(cluster.uri())) {
      AtomicBoolean enough = new AtomicBoolean();
      Future<?> moving = mover.submit(() -> moveAll(cluster, enough));
      long version = 0;
      while (!moving.isDone()) {
        enough.set(version > MOVED);
        for (int i = 0; i < MOVED; i++) {
          invalidate(a, b, "k" + i, ++version);
        }
      }
      moving.get();
      assertThat(version).isGreaterThan(MOVED);
      await().atMost(BOUND).until(() -> a.shared.status().pendingInvalidations() == 0);
      // Each JVM finds the new node with the first call that the old one sends away.
      for (int i = 0; i < MOVED; i++) {
        TierKey key = key("k" + i);
        await().atMost(BOUND).until(() -> a.tier.store(key, a.entry("end", a.shared.stamp())));
        await().atMost(BOUND).until(() -> b.tier.read(key) != null);
        assertThat(requireNonNull(b.tier.read(key)).entry().value).isEqualTo("end");
      }
    } finally {
      mover.shutdownNow();
    }
    lines.takeWarnings(); // of doubt, where the state's own slot moved for too long
  }

  /** Twice at least: the slots of the entries, and that of the state. */
  private static void moveAll(RedisCluster cluster, AtomicBoolean enough) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < MOVED; i++) {
      keys.add("larder:e:{" + CACHE + ":" + key("k" + i).group() + "}");
    }
    keys.add("{larder}:state");
    for (int round = 0; round < 2 || !enough.get(); round++) {
      keys.forEach(cluster::moveSlotOf);
    }
    keys.forEach(cluster::awaitMoved);
  }

  private static void invalidate(SharedNode a, SharedNode b, String text, long version) {
    a.shared.invalidate(CACHE, key(text).group());
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> versionAt(b, text, version) >= version);
    assertThat(versionAt(a, text, version)).isEqualTo(version);
    assertThat(versionAt(b, text, version)).isEqualTo(version);
  }

  private static long versionAt(SharedNode node, String text, long version) {
    return Long.parseLong(String.valueOf(node.call(text, () -> String.valueOf(version))));
  }
}
