package io.larder.runtime.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static void assertForgotten(MemoryTier in, Object key) {
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
  void remove_isForgotten(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock);
    stored(any, "a");
    assertThat(any.remove("a")).isTrue();
    assertForgotten(any, "a");
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.TierContract#policies")
  void clear_isForgotten(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock);
    for (int i = 0; i < 50; i++) {
      stored(any, i);
    }
    assertThat(any.removeKeys(key -> (int) key < 20, any::remove)).isEqualTo(20);
    for (int i = 0; i < 50; i++) {
      assertThat(any.repeat(i) == null).isEqualTo(i < 20);
    }
    any.clear();
    assertForgotten(any, 49);
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.TierContract#policies")
  void put_again_whatItReplacesIsForgotten(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock);
    stored(any, "a");
    Entry renewed = entry("new");
    any.put("a", renewed);
    assertForgotten(any, "a");
    assertThat(any.getToRepeat("a")).isSameAs(renewed);
    assertThat(any.repeat("a")).isSameAs(renewed);
  }

  @Test
  void put_overAnExpiredEntry_thatIsForgotten() {
    stored(tier, "a");
    clock.advance(TTL);
    tier.put("a", entry("new"));
    assertForgotten(tier, "a");
  }

  @Test
  void eviction_isForgotten() {
    for (int i = 0; i < 100; i++) {
      tier.put(i, entry(i));
      tier.getToRepeat(i);
    }
    tier.adjust(POLICY.withMaximumEntries(10));
    assertThat(tier.statistics().entries()).isEqualTo(10);
    assertThat(Arrays.stream(tier.front().slots()).filter(Objects::nonNull))
        .isNotEmpty()
        .allMatch(slot -> tier.get(slot.key) == slot.entry);
  }

  @Test
  void expiry_endsTheRepeating() {
    stored(tier, "a");
    clock.advance(TTL);
    assertThat(tier.repeat("a")).isNull();
    assertThat(tier.getToRepeat("a")).isNull();
    assertThat(tier.statistics().expiries()).isEqualTo(1);
    assertForgotten(tier, "a");
  }

  /** A thread found the entry, another one removes it, and only now the first one notes it. */
  @Test
  void note_notConfirmed_isNeverRepeated() {
    Entry entry = entry("v");
    Front front = tier.front();
    Front.Slot slot = requireNonNull(front.note("a", entry, clock.coarseNanos()));
    assertThat(front.get("a")).as("before it is known to be held").isNull();
    front.forget("a"); // the removal
    front.confirm(slot, clock.coarseNanos());
    assertForgotten(tier, "a");
  }

  /** Two threads found the entry; the second one must not vouch for what the first one noted. */
  @Test
  void note_ofWhatIsNotConfirmed_isToBeConfirmedToo() {
    Entry entry = entry("v");
    Front front = tier.front();
    Front.Slot slot = requireNonNull(front.note("a", entry, clock.coarseNanos()));
    assertThat(front.note("a", entry, clock.coarseNanos())).isSameAs(slot);
    assertThat(front.get("a")).isNull();
    front.confirm(slot, clock.coarseNanos());
    assertThat(front.get("a")).isSameAs(entry);
    clock.advance(TICK);
    assertThat(front.get("a")).isNull();
    assertThat(front.note("a", entry, clock.coarseNanos())).isNull();
    assertThat(front.get("a")).isSameAs(entry);
  }

  /** An entry that left the tier in between is not held for ever. */
  @Test
  void put_others_vacatesWhatNobodyAsksFor() {
    note(tier.front(), "evicted", entry("v"));
    clock.advance(TICK);
    for (int i = 0; i < tier.front().slots().length; i++) {
      tier.put("other", entry("w"));
    }
    assertThat(tier.front().slots()).allMatch(Objects::isNull);
  }

  /** The tier evicts an entry that another thread just found and notes. */
  @Test
  void remove_ofWhatTheTierHasNotAnyMore_isForgotten() {
    Entry entry = entry("v");
    note(tier.front(), "a", entry);
    note(tier.front(), "b", entry("w"));
    assertThat(tier.repeat("a")).isSameAs(entry);
    assertThat(tier.remove("a")).isFalse();
    assertThat(tier.repeat("a")).isNull();
    assertThat(tier.repeat("b")).isNotNull();
    assertThat(tier.clear()).isZero();
    assertForgotten(tier, "b");
  }

  private void note(Front front, Object key, Entry entry) {
    Front.Slot slot = front.note(key, entry, clock.coarseNanos());
    if (slot != null) {
      front.confirm(slot, clock.coarseNanos());
    }
  }

  @Test
  void note_moreKeysThanPlaces_whoComesFirstStaysUntilTheTick() {
    Front front = tier.front();
    List<SameSet> keys = IntStream.range(0, 5).mapToObj(SameSet::new).toList();
    List<Entry> entries = IntStream.range(0, 5).mapToObj(this::entry).toList();
    for (int i = 0; i < 5; i++) {
      note(front, keys.get(i), entries.get(i));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(front.get(keys.get(i))).isSameAs(entries.get(i));
    }
    assertThat(front.get(keys.get(4))).isNull();
    clock.advance(TICK);
    note(front, keys.get(4), entries.get(4));
    assertThat(front.get(keys.get(4))).isSameAs(entries.get(4));
    note(front, keys.get(2), entries.get(2));
    assertThat(front.get(keys.get(2))).isSameAs(entries.get(2));
    assertThat(Arrays.stream(front.slots()).filter(Objects::nonNull)).hasSize(4);
  }

  /** A key that falls into the first set: the products of such hashes have no high bits. */
  private record SameSet(int number) {

    private static final int INVERSE_OF_GOLDEN_RATIO =
        BigInteger.valueOf(0x9E3779B9L).modInverse(BigInteger.ONE.shiftLeft(32)).intValue();

    @Override
    public int hashCode() {
      return number * INVERSE_OF_GOLDEN_RATIO;
    }
  }

  @Test
  void endRepeating_moreEntriesThanItIsGoodFor_once() {
    tier.adjust(POLICY.withMaximumEntries(0));
    for (int i = 0; i < 2_048; i++) {
      tier.put(i, entry(i));
    }
    assertThat(tier.endRepeating()).isFalse();
    assertThat(tier.isRepeating()).isTrue();
    tier.put("one more", entry("v"));
    assertThat(tier.endRepeating()).isTrue();
    assertThat(tier.endRepeating()).as("only the first call is told").isFalse();
    tier.clear();
    assertThat(tier.isRepeating()).isFalse();
    assertThat(tier.successor(POLICY, clock).isRepeating()).isTrue();
    tier.resumeRepeating();
    assertThat(tier.isRepeating()).isTrue();
  }

  @Test
  void copyTo_thenClear_theCopyIsRepeated() {
    Entry entry = stored(tier, "a");
    MemoryTier after = tier.successor(POLICY.withMaximumBytes(1 << 20), clock);
    tier.copyTo(after, TTL, clock.nanos());
    tier.clear();
    assertForgotten(tier, "a");
    assertThat(after.getToRepeat("a")).isSameAs(entry);
    assertThat(after.repeat("a")).isSameAs(entry);
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
