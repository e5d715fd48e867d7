package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.CACHE;
import static io.larder.runtime.shared.SharedNode.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.model.Entry;
import io.larder.runtime.redis.RedisCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sharing where the state is on one node, and most entries are on others. */
class ClusterSharingTest {

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
}
