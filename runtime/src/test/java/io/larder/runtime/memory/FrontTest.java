package io.larder.runtime.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Key;
import io.larder.runtime.model.KeyFixtures.TextAndNumber;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.WeakReference;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The front, alone and through its tier. */
class FrontTest {

  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Duration TICK = Duration.ofMillis(10);
  private static final CachePolicy POLICY = new CachePolicy(TTL, 100, 0, TTL);

  private final FakeClock clock = new FakeClock();
  private final MemoryTier tier = MemoryTier.create(POLICY, clock, /* ownLives= */ false);
  private final Front front = tier.newFront(null);

  private Entry entry(Object value) {
    return new Entry(value, clock.nanos(), 0, 100);
  }

  private Entry stored(MemoryTier in, Front before, Object key) {
    Entry entry = entry("of " + key);
    in.put(key, entry);
    ask(in, before, key);
    assertRepeats(before, key, entry);
    return entry;
  }

  /** What a call does that finds nothing in the front. */
  private static @Nullable Entry ask(MemoryTier in, Front before, Object key) {
    int tick = before.tick();
    Entry entry = in.get(key);
    if (entry != null) {
      before.repeat(key, entry, tick);
    }
    return entry;
  }

  private static void assertRepeats(Front before, Object key, Entry entry) {
    assertThat(requireNonNull(before.get(key)).value).isSameAs(entry.value);
  }

  private static void assertForgotten(Front before, Object key) {
    assertThat(before.get(key)).isNull();
    assertThat(before.slots()).allMatch(Objects::isNull);
  }

  @Test
  void get_beforeTheTierAnswered_null() {
    tier.put("a", entry("v"));
    assertThat(front.get("a")).isNull();
    assertThat(tier.get("a")).isNotNull();
    assertThat(front.get("a")).as("only answers that were to be repeated").isNull();
    assertThat(ask(tier, front, "absent")).isNull();
    assertThat(front.get("absent")).isNull();
  }

  /** Keys in all forms that a front takes, the second of each equal to the first alone. */
  static List<List<Object>> keys() {
    UUID id = UUID.randomUUID();
    return List.of(
        List.of(1L << 40, Long.valueOf("1099511627776"), 1L << 41),
        List.of(1_000, Integer.valueOf("1000"), 1_001),
        List.of("Aa", new String("Aa"), "BB"), // of one hash
        List.of(id, UUID.fromString(id.toString()), UUID.randomUUID()),
        List.of(
            new TextAndNumber("Aa", 7), new TextAndNumber("Aa", 7), new TextAndNumber("BB", 7)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void get_withinATick_equalKeysOnly(List<Object> keys) {
    Object key = keys.get(0);
    Front before = tier.newFront(key instanceof Key ? key.getClass() : null);
    Entry entry = stored(tier, before, key);
    assertRepeats(before, keys.get(1), entry);
    assertThat(before.get(keys.get(2))).isNull();
    tier.remove(keys.get(2));
    assertRepeats(before, keys.get(1), entry);
    tier.remove(keys.get(1));
    assertForgotten(before, key);
  }

  @Test
  void get_ofANullResult_isAHit() {
    tier.put("a", new Entry(null, clock.nanos(), 0, 0));
    ask(tier, front, "a");
    assertThat(requireNonNull(front.get("a")).value).isNull();
  }

  @Test
  void get_afterATick_asksTheTierAgain() {
    Entry entry = stored(tier, front, "a");
    clock.advance(TICK);
    assertThat(front.get("a")).isNull();
    assertThat(ask(tier, front, "a")).isSameAs(entry);
    assertRepeats(front, "a", entry);
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.MemoryTierContract#policies")
  void remove_isForgotten(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock, /* ownLives= */ false);
    Front before = any.newFront(null);
    stored(any, before, "a");
    assertThat(any.remove("a")).isTrue();
    assertForgotten(before, "a");
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.MemoryTierContract#policies")
  void removeKeys_areForgotten(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock, /* ownLives= */ false);
    Front before = any.newFront(null);
    for (int i = 0; i < 50; i++) {
      stored(any, before, i);
    }
    assertThat(any.removeKeys(key -> (int) key < 20, any::remove)).isEqualTo(20);
    for (int i = 0; i < 50; i++) {
      assertThat(ask(any, before, i) == null).isEqualTo(i < 20);
      assertThat(before.get(i) == null).isEqualTo(i < 20);
    }
    any.clear();
    assertForgotten(before, 49);
  }

  @ParameterizedTest
  @MethodSource("io.larder.runtime.memory.MemoryTierContract#policies")
  void put_again_whatItReplacesIsForgotten(CachePolicy policy) {
    MemoryTier any = MemoryTier.create(policy, clock, /* ownLives= */ false);
    Front before = any.newFront(null);
    stored(any, before, "a");
    Entry renewed = entry("new");
    any.put("a", renewed);
    assertForgotten(before, "a");
    assertThat(ask(any, before, "a")).isSameAs(renewed);
    assertRepeats(before, "a", renewed);
  }

  @Test
  void put_overAnExpiredEntry_thatIsForgotten() {
    stored(tier, front, "a");
    clock.advance(TTL);
    tier.put("a", entry("new"));
    assertForgotten(front, "a");
  }

  @Test
  void eviction_isForgotten() {
    for (int i = 0; i < 100; i++) {
      tier.put(i, entry(i));
      ask(tier, front, i);
    }
    tier.adjust(POLICY.withMaximumEntries(10));
    assertThat(tier.statistics().entries()).isEqualTo(10);
    assertThat(Arrays.stream(front.slots()).filter(Objects::nonNull))
        .isNotEmpty()
        .allMatch(slot -> tier.get(requireNonNull(slot.value)) != null);
  }

  @Test
  void expiry_endsTheRepeating() {
    stored(tier, front, "a");
    clock.advance(TTL);
    assertThat(front.get("a")).isNull();
    assertThat(ask(tier, front, "a")).isNull();
    assertThat(tier.statistics().expiries()).isEqualTo(1);
    assertForgotten(front, "a");
  }

  /** A thread found the entry, another one removes it, and only now the first one notes it. */
  @Test
  void note_notConfirmed_isNeverRepeated() {
    Entry entry = stored(tier, front, "a");
    tier.remove("a");
    Front.Slot slot = requireNonNull(front.note("a", entry, front.tick()));
    assertThat(front.get("a")).as("before it is known to be held").isNull();
    front.confirm(slot, "a", entry, front.tick());
    assertForgotten(front, "a");
  }

  /** Two threads found the entry; the second one must not vouch for what the first one noted. */
  @Test
  void note_ofWhatIsNotConfirmed_isToBeConfirmedToo() {
    Entry entry = entry("v");
    tier.put("a", entry);
    Front.Slot slot = requireNonNull(front.note("a", entry, front.tick()));
    assertThat(front.note("a", entry, front.tick())).isSameAs(slot);
    assertThat(front.get("a")).isNull();
    front.confirm(slot, "a", entry, front.tick());
    assertRepeats(front, "a", entry);
    clock.advance(TICK);
    assertThat(front.get("a")).isNull();
    assertThat(front.note("a", entry, front.tick())).as("confirmed before").isNull();
    assertRepeats(front, "a", entry);
  }

  /** The removal is through, and the slot is not in its place any more. */
  @Test
  void confirm_ofWhatWasForgotten_isNotRepeated() {
    Entry entry = entry("v");
    tier.put("a", entry);
    Front.Slot slot = requireNonNull(front.note("a", entry, front.tick()));
    tier.remove("a");
    tier.put("a", entry);
    front.confirm(slot, "a", entry, front.tick());
    assertForgotten(front, "a");
  }

  /** The fronts were cleared before this thread noted what it found; the tier still holds it. */
  @Test
  void confirm_ofWhatATagOutdated_isNotRepeated() {
    Tag tag = new Tag("product:1");
    Entry tagged = new Entry("v", 0, 0, 0, new Lineage(List.of(tag), /* bornAt= */ 3, 0));
    tier.put("a", tagged);
    tag.invalidate(4);
    tier.clearFronts();
    Front.Slot slot = requireNonNull(front.note("a", tagged, front.tick()));
    front.confirm(slot, "a", tagged, front.tick());
    assertForgotten(front, "a");
  }

  /** An entry that left the tier in between is not held for ever. */
  @Test
  void put_others_vacatesWhatNobodyAsksFor() {
    stored(tier, front, "a");
    clock.advance(TICK);
    for (int i = 0; i < front.slots().length; i++) {
      tier.put("other", entry("w"));
    }
    assertThat(front.slots()).allMatch(Objects::isNull);
  }

  /** The tier evicts an entry that another thread just found and notes. */
  @Test
  void remove_ofWhatTheTierHasNotAnyMore_isForgotten() {
    Entry entry = stored(tier, front, "a");
    stored(tier, front, "b");
    tier.entries().invalidateAll(); // without its front
    assertRepeats(front, "a", entry);
    assertThat(tier.remove("a")).isFalse();
    assertThat(front.get("a")).isNull();
    assertThat(front.get("b")).isNotNull();
    assertThat(tier.clear()).isZero();
    assertForgotten(front, "b");
  }

  @Test
  void fronts_ofOneTier_forgetTogether() {
    Front other = tier.newFront(null);
    stored(tier, front, "a");
    ask(tier, other, "a");
    assertThat(other.get("a")).isNotNull();
    tier.remove("a");
    assertForgotten(front, "a");
    assertForgotten(other, "a");
  }

  @Test
  void repeat_moreKeysThanPlaces_whoComesFirstStaysUntilTheTick() {
    List<SameSet> keys = IntStream.range(0, 5).mapToObj(SameSet::new).toList();
    List<Entry> entries = IntStream.range(0, 5).mapToObj(this::entry).toList();
    for (int i = 0; i < 5; i++) {
      tier.put(keys.get(i), entries.get(i));
      ask(tier, front, keys.get(i));
    }
    for (int i = 0; i < 4; i++) {
      assertRepeats(front, keys.get(i), entries.get(i));
    }
    assertThat(front.get(keys.get(4))).isNull();
    clock.advance(TICK);
    ask(tier, front, keys.get(4));
    assertRepeats(front, keys.get(4), entries.get(4));
    ask(tier, front, keys.get(2));
    assertRepeats(front, keys.get(2), entries.get(2));
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
  void outgrow_moreEntriesThanAFrontIsGoodFor_once() {
    tier.adjust(POLICY.withMaximumEntries(0));
    for (int i = 0; i < 2_048; i++) {
      tier.put(i, entry(i));
    }
    assertThat(tier.outgrow()).isFalse();
    assertThat(tier.isSmall()).isTrue();
    tier.put("one more", entry("v"));
    assertThat(tier.outgrow()).isTrue();
    assertThat(tier.outgrow()).as("only the first call is told").isFalse();
    tier.clear();
    assertThat(tier.isSmall()).isFalse();
    assertThat(tier.successor(POLICY, clock, /* ownLives= */ false).isSmall()).isTrue();
    tier.staySmall();
    assertThat(tier.isSmall()).isTrue();
  }

  @Test
  void copyTo_thenClear_theCopyIsRepeated() {
    Entry entry = stored(tier, front, "a");
    MemoryTier after =
        tier.successor(POLICY.withMaximumBytes(1 << 20), clock, /* ownLives= */ false);
    tier.copyTo(after, TTL, clock.nanos());
    tier.clear();
    assertForgotten(front, "a");
    Front ofAfter = after.newFront(null);
    assertThat(ask(after, ofAfter, "a")).isSameAs(entry);
    assertRepeats(ofAfter, "a", entry);
  }

  @Test
  void removed_isNotHeld() {
    Object value = new Object();
    WeakReference<Object> held = new WeakReference<>(value);
    tier.put("a", entry(value));
    ask(tier, front, "a");
    tier.remove("a");
    value = null;
    for (int i = 0; i < 100 && !held.refersTo(null); i++) {
      System.gc();
    }
    assertThat(held.refersTo(null)).isTrue();
  }
}
