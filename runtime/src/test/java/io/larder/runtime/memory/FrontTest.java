package io.larder.runtime.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The front, alone and through its tier. */
class FrontTest {

  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final CachePolicy POLICY = new CachePolicy(TTL, 100, 0, TTL);

  private final FakeClock clock = new FakeClock();
  private final MemoryTier tier = MemoryTier.create(POLICY, clock);

  private Entry entry(Object value) {
    return new Entry(value, clock.nanos(), 0, 100);
  }

  private Entry stored(MemoryTier in, Object key) {
    Entry entry = entry("of " + key);
    in.put(key, entry);
    assertThat(in.getToRepeat(key)).isSameAs(entry);
    assertThat(in.repeat(key)).isSameAs(entry);
    return entry;
  }

  private static void assertForgotten(MemoryTier in, Object key, Entry entry) {
    assertThat(entry.isWithdrawn()).isTrue();
    assertThat(in.repeat(key)).isNull();
    assertThat(in.front().slots()).allMatch(Objects::isNull);
  }

  @Test
  void repeat_beforeTheTierAnswered_null() {
    tier.put("a", entry("v"));
    assertThat(tier.repeat("a")).isNull();
    assertThat(tier.get("a")).isNotNull();
    assertThat(tier.repeat("a")).as("only answers that were to be repeated").isNull();
    assertThat(tier.getToRepeat("absent")).isNull();
    assertThat(tier.repeat("absent")).isNull();
  }

  @Test
  void repeat_withinATick_equalKeysOnly() {
    Entry entry = stored(tier, 1L);
    assertThat(tier.repeat(Long.valueOf("1"))).isSameAs(entry);
    assertThat(tier.repeat(1)).as("an Integer of the same hash").isNull();
    assertThat(tier.repeat(2L)).isNull();
  }

  @Test
  void repeat_afterATick_asksTheTierAgain() {
    Entry entry = stored(tier, "a");
    clock.advance(TICK);
    assertThat(tier.repeat("a")).isNull();
    assertThat(tier.getToRepeat("a")).isSameAs(entry);
    assertThat(tier.repeat("a")).isSameAs(entry);
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.TierContract#policies")
  void remove_withdraws(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock);
    Entry entry = stored(any, "a");
    assertThat(any.remove("a")).isTrue();
    assertForgotten(any, "a", entry);
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.TierContract#policies")
  void clear_withdraws(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock);
    List<Entry> entries = IntStream.range(0, 50).mapToObj(i -> stored(any, i)).toList();
    any.clear();
    for (int i = 0; i < 50; i++) {
      assertForgotten(any, i, entries.get(i));
    }
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.TierContract#policies")
  void put_again_withdrawsWhatItReplaces(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock);
    Entry old = stored(any, "a");
    Entry renewed = entry("new");
    any.put("a", renewed);
    assertForgotten(any, "a", old);
    assertThat(any.getToRepeat("a")).isSameAs(renewed);
    assertThat(any.repeat("a")).isSameAs(renewed);
  }

  @Test
  void put_overAnExpiredEntry_withdrawsThat() {
    Entry old = stored(tier, "a");
    clock.advance(TTL);
    tier.put("a", entry("new"));
    assertForgotten(tier, "a", old);
  }

  @Test
  void eviction_withdraws() {
    Entry entry = stored(tier, "a");
    assertThat(tier.adjust(POLICY.withMaximumEntries(0))).isTrue();
    assertThat(tier.repeat("a")).isSameAs(entry);
    for (int i = 0; i < 100; i++) {
      tier.put(i, entry(i));
    }
    List<Entry> all = List.copyOf(tier.entries().asMap().values());
    tier.adjust(POLICY.withMaximumEntries(1));
    tier.statistics();
    assertThat(all).filteredOn(each -> !each.isWithdrawn()).hasSize(1);
    assertThat(all.contains(entry)).isTrue();
    assertThat(entry.isWithdrawn() ? tier.repeat("a") : null).isNull();
  }

  @Test
  void expiry_endsTheRepeating() {
    Entry entry = stored(tier, "a");
    clock.advance(TTL);
    assertThat(tier.repeat("a")).isNull();
    assertThat(tier.getToRepeat("a")).isNull();
    assertThat(tier.statistics().expiries()).isEqualTo(1);
    assertForgotten(tier, "a", entry);
  }

  /** A thread found the entry, another one removed it, and only now the first one notes it. */
  @Test
  void note_afterTheRemoval_isForgotten() {
    Entry entry = stored(tier, "a");
    tier.remove("a");
    tier.front().note("a", entry, clock.coarseNanos());
    assertForgotten(tier, "a", entry);
  }

  @Test
  void note_moreKeysThanPlaces_whoComesFirstStaysUntilTheTick() {
    Front front = Front.create(/* maximumEntries= */ 1, clock);
    assertThat(front.slots()).hasSize(4);
    List<Entry> entries = IntStream.range(0, 5).mapToObj(this::entry).toList();
    for (int i = 0; i < 5; i++) {
      front.note(i, entries.get(i), clock.coarseNanos());
    }
    for (int i = 0; i < 4; i++) {
      assertThat(front.get(i)).isSameAs(entries.get(i));
    }
    assertThat(front.get(4)).isNull();
    clock.advance(TICK);
    front.note(4, entries.get(4), clock.coarseNanos());
    assertThat(front.get(4)).isSameAs(entries.get(4));
    front.note(2, entries.get(2), clock.coarseNanos());
    assertThat(front.get(2)).isSameAs(entries.get(2));
    assertThat(Arrays.stream(front.slots()).filter(Objects::nonNull)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"0,4096", "1,4", "2,4", "3,8", "100,256", "2048,4096", "9000000000000000000,4096"})
  void create_twiceTheEntries_withinLimits(long maximumEntries, int slots) {
    assertThat(Front.create(maximumEntries, clock).slots()).hasSize(slots);
  }

  @Test
  void copyTo_thenClear_theCopyIsRepeated() {
    Entry entry = stored(tier, "a");
    MemoryTier after = tier.successor(POLICY.withMaximumBytes(1 << 20), clock);
    tier.copyTo(after, TTL, clock.nanos());
    tier.clear();
    assertForgotten(tier, "a", entry);
    Entry copy = requireNonNull(after.getToRepeat("a"));
    assertThat(copy.isWithdrawn()).isFalse();
    assertThat(after.repeat("a")).isSameAs(copy);
    assertThat(copy.value).isSameAs(entry.value);
  }

  @Test
  void removed_isNotHeld() {
    Object value = new Object();
    WeakReference<Object> held = new WeakReference<>(value);
    tier.put("a", entry(value));
    tier.getToRepeat("a");
    tier.remove("a");
    value = null;
    for (int i = 0; i < 100 && !held.refersTo(null); i++) {
      System.gc();
    }
    assertThat(held.refersTo(null)).isTrue();
  }
}
