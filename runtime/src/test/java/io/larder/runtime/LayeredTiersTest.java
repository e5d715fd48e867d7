package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.coordinator.SlowTiers.Lease;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk and Redis behind memory, in either order. */
class LayeredTiersTest {

  private static final DiskOptions FALLBACK = DiskOptions.NONE.with(DiskSetting.FALLBACK, "1h");

  @TempDir Path directory;

  private final RedisServer redis = RedisServer.start();
  private final List<KeptNode> nodes = new ArrayList<>();

  private KeptNode node(String place, DiskOptions options) {
    KeptNode node = new KeptNode(directory.resolve(place), redis.uri(), options);
    nodes.add(node);
    return node;
  }

  private KeptNode node(String place) {
    return node(place, DiskOptions.NONE);
  }

  @AfterEach
  void close() {
    nodes.forEach(KeptNode::close);
    redis.close();
  }

  @Test
  void put_goesToThoseNamed() {
    KeptNode node = node("one");
    KeptNode other = node("other");
    node.put(node.among("disk", "redis"), "both", "1");
    node.put(node.among("redis"), "redis", "2");
    node.put(node.among("disk"), "disk", "3");

    assertThat(node.onDisk("both")).isEqualTo("1");
    assertThat(node.get(node.among("disk"), "both")).as("others may outdate it").isNull();
    assertThat(other.get(other.among("redis"), "both")).isEqualTo("1");
    assertThat(node.onDisk("redis")).isNull();
    assertThat(other.get(other.among("redis"), "redis")).isEqualTo("2");
    assertThat(node.get(node.among("disk"), "disk")).isEqualTo("3");
    assertThat(other.get(other.among("redis", "disk"), "disk")).isNull();
  }

  @Test
  void get_diskFirst_foundInRedis_isOnDiskThen() {
    KeptNode node = node("one");
    KeptNode other = node("other");
    other.put(other.among("redis"), "a", "1");

    assertThat(node.get(node.among("disk", "redis"), "a")).isEqualTo("1");
    node.awaitWritten();
    assertThat(node.onDisk("a")).isEqualTo("1");
    assertThat(redis.say("FLUSHALL")).isEqualTo("+OK");
    assertThat(node.get(node.among("disk", "redis"), "a")).isEqualTo("1");
  }

  @Test
  void get_redisFirst_isAskedFirst() {
    KeptNode node = node("one");
    node.put(node.among("redis", "disk"), "a", "1");
    long before =
        Objects.requireNonNull(node.redis).shared().tier(KeptNode.CACHE).sharedStatistics().hits();

    assertThat(node.get(node.among("redis", "disk"), "a")).isEqualTo("1");
    assertThat(node.disk.statistics(KeptNode.CACHE).hits()).isZero();
    assertThat(node.redis.shared().tier(KeptNode.CACHE).sharedStatistics().hits())
        .isEqualTo(before + 1);
  }

  @Test
  void newest_ofAnotherJvm_isFound_thoughTheDiskHasAnOlder() {
    KeptNode node = node("one");
    KeptNode other = node("other");
    SlowTiers tiers = node.among("disk", "redis");
    node.put(tiers, "a", "old");
    other.put(other.among("redis"), "a", "new");

    SlowTiers.Found newest = tiers.newest(node.key("a"));
    assertThat(Objects.requireNonNull(newest).entry().value).isEqualTo("new");
    node.awaitWritten();
    assertThat(node.get(tiers, "a")).isEqualTo("new");
  }

  @Test
  void invalidate_inAnotherJvm_reachesTheDisk() {
    KeptNode node = node("one");
    KeptNode other = node("other");
    SlowTiers tiers = node.among("disk", "redis");
    node.put(tiers, "a", "1");
    node.put(tiers, "b", "2", "red");
    node.put(tiers, "c", "3");

    other.all.invalidate(KeptNode.CACHE, other.key("a").group());
    await().untilAsserted(() -> assertThat(node.onDisk("a")).isNull());
    other.all.invalidateTag("", "red");
    await().untilAsserted(() -> assertThat(node.onDisk("b")).isNull());
    assertThat(node.onDisk("c")).isEqualTo("3");
    other.all.clear(KeptNode.CACHE);
    await().untilAsserted(() -> assertThat(node.onDisk("c")).isNull());
  }

  @Test
  void invalidate_here_isKnownOnDisk_whenTheCallReturns() {
    KeptNode node = node("one");
    SlowTiers tiers = node.among("disk", "redis");
    node.put(tiers, "a", "1");
    tiers.invalidate(KeptNode.CACHE, node.key("a").group());
    assertThat(node.onDisk("a")).isNull();
  }

  @Test
  void invalidate_choiceWithoutRedis_staysHere() {
    KeptNode node = node("one");
    SlowTiers onDisk = node.among("disk");
    for (String name : List.of("a", "b", "c")) {
      node.put(onDisk, name, "kept", "tag of " + name);
      node.put(node.among("redis"), name, "shared", "tag of " + name);
    }
    onDisk.invalidate(KeptNode.CACHE, node.key("a").group());
    assertThat(node.get(onDisk, "a")).isNull();
    onDisk.invalidateTag(KeptNode.CACHE, "tag of b");
    assertThat(node.get(onDisk, "b")).isNull();
    assertThat(node.get(onDisk, "c")).isEqualTo("kept");
    onDisk.clear(KeptNode.CACHE);
    assertThat(node.get(onDisk, "c")).isNull();
    for (String name : List.of("a", "b", "c")) {
      assertThat(node.get(node.among("redis"), name)).isEqualTo("shared");
    }
  }

  @Test
  void replace_inEitherChoice_forgetsInTheOther() {
    KeptNode node = node("one");
    node.put(node.among("disk", "redis"), "a", "old");
    SlowTiers onRedis = node.among("redis");
    onRedis.replace(node.key("a"), KeptNode.entry("new"), onRedis.stamp());
    node.awaitWritten();
    assertThat(node.onDisk("a")).isNull();
    assertThat(node.get(onRedis, "a")).isEqualTo("new");

    SlowTiers onBoth = node.among("redis", "disk");
    onBoth.replace(node.key("a"), KeptNode.entry("newer"), onBoth.stamp());
    node.awaitWritten();
    assertThat(node.onDisk("a")).isEqualTo("newer");
    assertThat(node.get(onRedis, "a")).isEqualTo("newer");

    SlowTiers onDisk = node.among("disk");
    onDisk.replace(node.key("a"), KeptNode.entry("newest"), onDisk.stamp());
    node.awaitWritten();
    assertThat(node.get(onDisk, "a")).isEqualTo("newest");
    assertThat(node.get(onRedis, "a")).as("of no concern to others").isEqualTo("newer");
  }

  @Test
  void restart_whatWasSharedMayBeOutdated_isNotServedFromDisk() {
    KeptNode node = node("one");
    node.put(node.among("disk", "redis"), "shared", "1");
    node.put(node.among("disk"), "own", "2");
    node.close();
    nodes.remove(node);

    KeptNode restarted = node("one");
    assertThat(redis.say("FLUSHALL")).isEqualTo("+OK");
    assertThat(restarted.get(restarted.among("disk", "redis"), "shared")).isNull();
    assertThat(restarted.get(restarted.among("disk"), "own")).isEqualTo("2");
  }

  @Test
  void redisAway_withoutFallback_diskIsNotServed(LoggedLines lines) {
    KeptNode node = node("one");
    SlowTiers tiers = node.among("disk", "redis");
    node.put(tiers, "a", "1");
    redis.kill();
    awaitAway(node);

    assertThat(node.get(tiers, "a")).isNull();
    assertThat(tiers.areAway(KeptNode.CACHE)).isTrue();
    assertThat(node.disk.decisions(KeptNode.CACHE).leftOut()).isPositive();
    lines.takeWarnings();
  }

  @Test
  void redisAway_withFallback_diskIsServed_untilOthersAreHeardAgain(LoggedLines lines) {
    KeptNode node = node("one", FALLBACK);
    SlowTiers tiers = node.among("disk", "redis");
    node.put(tiers, "a", "1");
    redis.kill();
    awaitAway(node);
    assertThat(tiers.areAway(KeptNode.CACHE)).isFalse();
    assertThat(node.get(tiers, "a")).isEqualTo("1");
    node.put(tiers, "b", "2");
    assertThat(node.get(tiers, "b")).as("loaded meanwhile").isEqualTo("2");

    redis.restart();
    node.awaitCoherence();
    assertThat(node.get(tiers, "a")).isNull();
    assertThat(node.get(tiers, "b")).isNull();
    lines.takeWarnings();
  }

  private static void awaitAway(KeptNode node) {
    RedisTiers tiers = Objects.requireNonNull(node.redis);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                tiers.backend().state().health() == Health.DOWN
                    && tiers.longestLifeNanos() != Long.MAX_VALUE);
  }

  @Test
  void lease_loaded_isInBoth_andGivenBack() {
    KeptNode node = node("one");
    SlowTiers tiers = node.among("disk", "redis");
    Lease lease = tiers.lease(node.key("a"), Duration.ofSeconds(1).toNanos(), /* waitedNanos= */ 0);
    assertThat(lease.found()).isNull();
    lease.loaded(KeptNode.entry("1"), tiers.stamp(), /* waitedNanos= */ 0);
    node.awaitWritten();
    assertThat(node.onDisk("a")).isEqualTo("1");
    assertThat(node.get(node.among("redis"), "a")).isEqualTo("1");

    Lease again = Objects.requireNonNull(tiers.tryLease(node.key("b")));
    assertThat(node("other").among("redis").tryLease(node.key("b"))).isNull();
    again.released();
  }

  @Test
  void among_sameNames_sameObject() {
    KeptNode node = node("one");
    assertThat(node.among("disk", "redis")).isSameAs(node.among("disk", "redis"));
    assertThat(node.among("redis", "disk")).isNotSameAs(node.among("disk", "redis"));
    assertThat(node.all.among(List.of("memory"))).isNull();
    assertThat(node.among("disk").reachOthers()).isFalse();
    assertThat(node.among("disk").longestLifeNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(node.among("redis", "disk").reachOthers()).isTrue();
  }
}
