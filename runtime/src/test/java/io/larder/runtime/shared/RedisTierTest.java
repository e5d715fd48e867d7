package io.larder.runtime.shared;

import static io.larder.runtime.shared.SharedNode.key;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.DamagedEntryException;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two JVMs have of one cache in Redis. */
class RedisTierTest {

  private static RedisServer server;
  private SharedNode a;
  private SharedNode b;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    server.say("FLUSHALL");
    a = SharedNode.patient(server.uri());
    b = SharedNode.patient(server.uri());
  }

  @AfterEach
  void disconnect(LoggedLines lines) {
    a.close();
    b.close();
    lines.takeWarnings(); // after FLUSHALL, and when the machine is too busy for the deadline
  }

  private void store(SharedNode node, String text, Object value, String... tags) {
    assertThat(node.tier.store(key(text), node.entry(value, node.shared.stamp(), tags))).isTrue();
  }

  private Object read(SharedNode node, String text) {
    SharedEntry found = node.tier.read(key(text));
    return found == null ? "nothing" : String.valueOf(found.entry().value);
  }

  private long misses(SharedNode node, MissReason reason) {
    return requireNonNull(node.tier.sharedStatistics().misses().get(reason));
  }

  @Test
  void read_storedByAnother_isIt() {
    store(a, "k", "v");
    assertThat(read(b, "k")).isEqualTo("v");
    assertThat(read(b, "other")).isEqualTo("nothing");
    assertThat(misses(b, MissReason.ABSENT)).isEqualTo(1);
    assertThat(b.tier.sharedStatistics().hits()).isEqualTo(1);
  }

  @Test
  void read_olderThanTheReadersOwnTtl_isExpired() {
    store(a, "k", "v");
    TierKey key = key("k");
    TierKey shorter = new TierKey(key.cache(), key.group(), key.identity(), key.codec(), 40);
    await().until(() -> b.tier.read(shorter) == null);
    assertThat(misses(b, MissReason.EXPIRED)).isEqualTo(1);
    assertThat(read(b, "k")).isEqualTo("v");
  }

  @Test
  void read_nullValue_isAnEntry() {
    Entry none = a.entry(null);
    assertThat(a.tier.store(key("k"), none)).isTrue();
    assertThat(requireNonNull(b.tier.read(key("k"))).entry().value).isNull();
  }

  @Test
  void invalidate_key_isGoneEverywhere() {
    store(a, "k", "old");
    assertThat(read(b, "k")).isEqualTo("old");
    assertThat(b.tier.remove(key("k"))).isTrue();
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(misses(a, MissReason.INVALIDATED)).isEqualTo(1);
    assertThat(a.tier.remove(key("k"))).isFalse();
  }

  @Test
  void store_invalidatedSinceTheLoadBegan_isRefused() {
    long stamp = a.shared.stamp();
    b.tier.remove(key("k"));
    assertThat(a.tier.store(key("k"), a.entry("old", stamp))).isFalse();
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(a.tier.sharedStatistics().refusedPuts()).isEqualTo(1);
  }

  @Test
  void store_begunAfterTheInvalidation_isStored() {
    b.tier.remove(key("k"));
    await().until(() -> a.shared.stamp() == b.shared.stamp() || clockOf(a) == clockOf(b));
    store(a, "k", "new");
    assertThat(read(b, "k")).isEqualTo("new");
  }

  private static long clockOf(SharedNode node) {
    return node.shared.view().era().clock();
  }

  @Test
  void invalidateTag_allItsEntries_areGone() {
    store(a, "k1", "v", "t1", "t2");
    store(a, "k2", "v", "t2");
    store(a, "k3", "v");
    b.shared.invalidateTag(SharedNode.CACHE, "t1");
    assertThat(read(b, "k1")).isEqualTo("nothing");
    assertThat(misses(b, MissReason.TAG)).isEqualTo(1);
    assertThat(read(b, "k2")).isEqualTo("v");
    assertThat(read(b, "k3")).isEqualTo("v");
    await().until(() -> read(a, "k1").equals("nothing"));
  }

  @Test
  void store_tagInvalidatedSinceTheLoadBegan_isNotRead() {
    store(b, "first", "v", "t");
    long stamp = a.shared.stamp();
    b.shared.invalidateTag(SharedNode.CACHE, "t");
    a.tier.store(key("k"), a.entry("old", stamp, "t"));
    assertThat(read(b, "k")).isEqualTo("nothing");
  }

  @Test
  void read_tagEvicted_isNotBelievedByWhoDidNotHearOfIt() {
    store(a, "k", "old", "t");
    store(a, "other", "v");
    long stamp = a.shared.stamp();
    b.shared.invalidateTag(SharedNode.CACHE, "t");
    server.say("DEL larder:g:#t");
    a.tier.store(key("k"), a.entry("old", stamp, "t"));
    try (SharedNode newcomer = SharedNode.coherent(server.uri())) {
      assertThat(read(newcomer, "k")).isEqualTo("nothing");
      assertThat(read(newcomer, "other")).isEqualTo("v");
      store(newcomer, "k", "new", "t");
      assertThat(read(newcomer, "k")).isEqualTo("new");
    }
  }

  @Test
  void clear_wholeCache_isGone() {
    store(a, "k1", "v");
    store(a, "k2", "v", "t");
    assertThat(b.tier.clear()).isEqualTo(-1);
    assertThat(read(b, "k1")).isEqualTo("nothing");
    assertThat(read(b, "k2")).isEqualTo("nothing");
    await().until(() -> read(a, "k1").equals("nothing"));
    await().until(() -> clockOf(a) == clockOf(b));
    store(a, "k1", "w");
    assertThat(read(b, "k1")).isEqualTo("w");
  }

  @Test
  void replace_onePut_isWhatAllRead() {
    store(a, "k", "old");
    long stamp = b.shared.stamp();
    assertThat(b.tier.replace(key("k"), b.entry("new", stamp))).isTrue();
    assertThat(read(a, "k")).isEqualTo("new");
    assertThat(a.tier.store(key("k"), a.entry("old", stamp))).isFalse();
    assertThat(read(a, "k")).isEqualTo("new");
  }

  @Test
  void replace_twoAtOnce_leaveNothing() {
    long stampA = a.shared.stamp();
    long stampB = b.shared.stamp();
    assertThat(b.tier.replace(key("k"), b.entry("b", stampB))).isTrue();
    assertThat(a.tier.replace(key("k"), a.entry("a", stampA))).isFalse();
    assertThat(read(a, "k")).isEqualTo("nothing");
  }

  @Test
  void read_otherShape_doesNotSeeIt() {
    store(a, "k", "v");
    TierKey newer = key("k", new TextCodec(2));
    assertThat(b.tier.read(newer)).isNull();
    assertThat(b.tier.store(newer, b.entry("w", b.shared.stamp()))).isTrue();
    assertThat(read(a, "k")).isEqualTo("v");
    assertThat(requireNonNull(b.tier.read(newer)).entry().value).isEqualTo("w");
    a.tier.remove(key("k"));
    assertThat(b.tier.read(newer)).isNull();
  }

  @Test
  void read_damaged_isAMissWithItsReason(LoggedLines lines) {
    store(a, "k", "v");
    String entry = "larder:e:{users:" + key("k").group() + "}";
    String field = key("k").identity().toString();
    server.say("HSET " + entry + " " + field + " rubbish");
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(misses(a, MissReason.DAMAGED)).isEqualTo(1);
    String reason = "what is in Redis cannot be read and counts as absent: too short for an entry";
    assertThat(a.tier.sharedStatistics().lastProblem()).isEqualTo(reason);
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(lines.takeWarnings())
        .filteredOn(line -> line.contains("cannot be read"))
        .as("said once")
        .containsExactly("WARN Cache \"users\": " + reason);
    server.say("DEL " + entry);
    server.say("SET " + entry + " text");
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(misses(a, MissReason.FOREIGN)).isEqualTo(1);
  }

  @Test
  void read_valueThatCannotBeDecoded_saysWhy() {
    TierKey key = key("k", new TextCodec(1));
    TierKey broken =
        new TierKey(key.cache(), key.group(), key.identity(), new BrokenCodec(1), key.ttlMillis());
    store(a, "k", "v");
    assertThat(b.tier.read(broken)).isNull();
    assertThat(misses(b, MissReason.DAMAGED)).isEqualTo(1);
    assertThat(b.tier.sharedStatistics().lastProblem())
        .isEqualTo(
            "what is in Redis cannot be read and counts as absent: cannot be read:"
                + " java.lang.IllegalStateException");
  }

  /** Writes as {@link TextCodec}, and reads nothing. */
  private record BrokenCodec(long fingerprint) implements ValueCodec {

    @Override
    public byte id() {
      return TextCodec.ONE.id();
    }

    @Override
    public byte[] encode(@Nullable Object value) throws NotStorableException {
      return TextCodec.ONE.encode(value);
    }

    @Override
    public @Nullable Object decode(byte[] payload) throws DamagedEntryException {
      throw new DamagedEntryException(
          DamagedEntryException.Reason.VALUE, "cannot be read: java.lang.IllegalStateException");
    }
  }

  @Test
  void read_redisSwitchedOff_isRoutedAround() {
    a.backend.setEnabled(false);
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(misses(a, MissReason.AWAY)).isEqualTo(1);
    assertThat(misses(a, MissReason.UNAVAILABLE)).isZero();
  }

  @Test
  void read_ofAnotherRelease_isNoProblem() {
    store(a, "k", "v");
    TierKey newer =
        new TierKey(
            SharedNode.CACHE, key("k").group(), key("k").identity(), new TextCodec(2), 60_000);
    assertThat(a.tier.read(newer)).isNull();
    assertThat(misses(a, MissReason.FOREIGN)).isEqualTo(1);
    assertThat(a.tier.sharedStatistics().lastProblem()).isNull();
  }

  @Test
  void store_notStorable_isCountedWithItsReason(LoggedLines lines) {
    store(a, "other", "v");
    lines.takeWarnings();
    assertThat(a.tier.store(key("k"), a.entry(5, a.shared.stamp()))).isFalse();
    assertThat(a.tier.sharedStatistics().notStorable()).isEqualTo(1);
    assertThat(a.tier.sharedStatistics().notStorableReason())
        .isEqualTo("not a text: java.lang.Integer");
    assertThat(a.tier.store(key("k"), a.entry(6, a.shared.stamp()))).isFalse();
    assertThat(a.tier.sharedStatistics().offered()).isEqualTo(3);
    assertThat(lines.takeWarnings())
        .contains(
            "WARN Cache \"users\": a result is not stored in Redis: not a text: java.lang.Integer");
  }

  /** As when a class of the application fails in a way that no codec expects. */
  private static final class FailingCodec implements ValueCodec {

    @Override
    public byte id() {
      return TextCodec.ONE.id();
    }

    @Override
    public long fingerprint() {
      return TextCodec.ONE.fingerprint();
    }

    @Override
    public byte[] encode(@Nullable Object value) {
      throw new AssertionError("of the application");
    }

    @Override
    public @Nullable Object decode(byte[] payload) {
      throw new AssertionError("of the application");
    }
  }

  @Test
  void replace_codecThatFails_isForgottenByAll() {
    store(a, "k", "old");
    assertThat(read(b, "k")).isEqualTo("old");
    TierKey failing =
        new TierKey(
            SharedNode.CACHE, key("k").group(), key("k").identity(), new FailingCodec(), 60_000);

    assertThatThrownBy(() -> b.tier.replace(failing, b.entry("new", b.shared.stamp())))
        .isInstanceOf(AssertionError.class);
    assertThat(read(a, "k")).isEqualTo("nothing");
  }

  @Test
  void bulk_putGetRemove() {
    a.tier.putAll(Map.of(key("a"), a.entry("1"), key("b"), a.entry("2"), key("c"), a.entry("3")));
    assertThat(b.tier.getAll(List.of(key("a"), key("c"), key("x"))))
        .containsOnlyKeys(key("a"), key("c"));
    assertThat(b.tier.removeAll(List.of(key("a"), key("x"), key("b")))).isEqualTo(2);
    assertThat(a.tier.getAll(List.of(key("a"), key("b"), key("c")))).containsOnlyKeys(key("c"));
  }

  @Test
  void flushAll_whatIsStoredWithTheOldEpoch_isNotBelieved() {
    store(a, "k", "old");
    server.say("FLUSHALL");
    a.tier.store(key("k"), a.entry("old", a.shared.stamp()));
    b.tier.remove(key("k")); // must not count from 1 again
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> a.shared.status().doubts() >= 1 && a.shared.status().coherent());
    a.awaitCoherent();
    b.awaitCoherent();
    assertThat(read(a, "k")).isEqualTo("nothing");
    assertThat(read(b, "k")).isEqualTo("nothing");
    store(a, "k", "new");
    assertThat(read(b, "k")).isEqualTo("new");
  }
}
