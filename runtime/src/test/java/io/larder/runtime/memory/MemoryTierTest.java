package io.larder.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Tier;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryTierTest extends MemoryTierContract {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy BY_ENTRIES = new CachePolicy(MINUTE, 100, 0, MINUTE);

  @Override
  Tier create(CachePolicy policy, FakeClock clock) {
    return MemoryTier.create(policy, clock, /* ownLives= */ false);
  }

  private MemoryTier filled(CachePolicy policy, int entries) {
    MemoryTier tier = MemoryTier.create(policy, clock, /* ownLives= */ false);
    for (int i = 0; i < entries; i++) {
      tier.put(i, entry(i));
    }
    return tier;
  }

  @Test
  void statistics_notBoundedInBytes_bytesUnknown() {
    assertThat(filled(BY_ENTRIES, 5).statistics().bytes()).isEqualTo(-1);
    assertThat(filled(BY_ENTRIES, 5).isBoundedInBytes()).isFalse();
  }

  @Test
  void statistics_boundedInBytes_countsWhatIsThere() {
    MemoryTier tier = filled(new CachePolicy(MINUTE, 0, 1 << 20, MINUTE), 5);
    assertThat(tier.isBoundedInBytes()).isTrue();
    assertThat(tier.statistics().bytes()).isEqualTo(500);
    tier.put(0, new Entry("smaller", 0, 0, 40));
    assertThat(tier.statistics().bytes()).isEqualTo(440);
    tier.remove(1);
    assertThat(tier.statistics().bytes()).isEqualTo(340);
    clock.advance(MINUTE);
    assertThat(tier.statistics().bytes()).isZero();
  }

  @Test
  void put_largerThanTheWholeBound_isNotKept() {
    MemoryTier tier =
        MemoryTier.create(BY_ENTRIES.withMaximumBytes(1_000), clock, /* ownLives= */ false);
    tier.put("huge", new Entry("v", 0, 0, 1_001));
    assertThat(tier.statistics().entries()).isZero();
    assertThat(tier.statistics().bytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 65536",
    "10000, 67108864",
    "60, 100",
    "10, 1099511627776",
  })
  void put_bothBounds_neverMoreThanMaximumEntries(long entries, long bytes) {
    MemoryTier tier =
        MemoryTier.create(
            new CachePolicy(null, entries, bytes, MINUTE), clock, /* ownLives= */ false);
    for (int i = 0; i < entries + 200; i++) {
      tier.put(i, new Entry(i, 0, 0, 1));
    }
    assertThat(tier.statistics().entries()).isLessThanOrEqualTo(entries);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void adjust_samePolicy_keepsAll(CachePolicy policy) {
    MemoryTier tier = filled(policy, 50);
    assertThat(tier.adjust(policy)).isTrue();
    assertThat(tier.statistics().entries()).isEqualTo(50);
  }

  @Test
  void adjust_shorterTtl_countsTheAgeOfWhatIsThere() {
    MemoryTier tier = filled(BY_ENTRIES, 1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(tier.get(0)).isNotNull();
    assertThat(tier.adjust(BY_ENTRIES.withTtl(Duration.ofSeconds(20)))).isTrue();
    assertThat(tier.get(0)).isNull();
  }

  @Test
  void adjust_longerTtl_holdsForWhatIsThere() {
    MemoryTier tier = filled(BY_ENTRIES, 1);
    assertThat(tier.adjust(BY_ENTRIES.withTtl(MINUTE.multipliedBy(2)))).isTrue();
    clock.advance(MINUTE.plusSeconds(30));
    assertThat(tier.get(0)).isNotNull();
    clock.advance(Duration.ofSeconds(30));
    assertThat(tier.get(0)).isNull();
  }

  @Test
  void adjust_fewerEntries_evictsAtOnce() {
    MemoryTier tier = filled(BY_ENTRIES, 100);
    assertThat(tier.adjust(BY_ENTRIES.withMaximumEntries(10))).isTrue();
    assertThat(tier.statistics().entries()).isEqualTo(10);
    assertThat(tier.statistics().evictions()).isEqualTo(90);
    assertThat(tier.adjust(BY_ENTRIES.withMaximumEntries(0))).isTrue();
    for (int i = 0; i < 1_000; i++) {
      tier.put(i, entry(i));
    }
    assertThat(tier.statistics().entries()).isEqualTo(1_000);
  }

  @Test
  void promotedEvictions_areThoseOfEntriesFromSlowerTiers() {
    MemoryTier tier = filled(BY_ENTRIES, 100);
    for (int i = 100; i < 150; i++) {
      Entry found = entry(i);
      found.setPromoted();
      tier.put(i, found);
    }
    assertThat(tier.statistics().evictions()).isEqualTo(50);
    long promoted = tier.promotedEvictions();
    long kept = tier.count(Entry::isPromoted);
    assertThat(promoted + kept).isEqualTo(50);
    assertThat(tier.successor(BY_ENTRIES, clock, /* ownLives= */ true).promotedEvictions())
        .isEqualTo(promoted);
  }

  @Test
  void adjust_anotherKind_isRefusedAndChangesNothing() {
    MemoryTier tier = filled(BY_ENTRIES, 50);
    assertThat(tier.adjust(BY_ENTRIES.withTtl(null).withMaximumEntries(1))).isFalse();
    assertThat(tier.adjust(BY_ENTRIES.withMaximumBytes(1 << 20).withMaximumEntries(1))).isFalse();
    assertThat(tier.statistics().entries()).isEqualTo(50);
    MemoryTier forEver = filled(BY_ENTRIES.withTtl(null), 50);
    assertThat(forEver.adjust(BY_ENTRIES)).isFalse();
  }

  @Test
  void successor_isEmptyAndKeepsCounts() {
    MemoryTier before = filled(BY_ENTRIES, 130);
    assertThat(before.statistics().evictions()).isEqualTo(30);
    clock.advance(MINUTE);
    assertThat(before.statistics().expiries()).isEqualTo(100);
    MemoryTier after = before.successor(BY_ENTRIES.withTtl(null), clock, /* ownLives= */ false);
    assertThat(after.statistics().entries()).isZero();
    assertThat(after.statistics().evictions()).isEqualTo(30);
    assertThat(after.statistics().expiries()).isEqualTo(100);
    for (int i = 0; i < 101; i++) {
      after.put(i, entry(i));
    }
    assertThat(after.statistics().evictions()).isEqualTo(31);
  }

  @Test
  void copyTo_keepsTheAge() {
    MemoryTier before = filled(BY_ENTRIES, 1);
    clock.advance(Duration.ofSeconds(40));
    before.put("younger", entry("v"));
    MemoryTier after =
        before.successor(BY_ENTRIES.withMaximumBytes(1 << 20), clock, /* ownLives= */ false);
    before.copyTo(after, MINUTE, clock.nanos());
    clock.advance(Duration.ofSeconds(19));
    assertThat(after.get(0)).isNotNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(after.get(0)).isNull();
    assertThat(after.get("younger")).isNotNull();
  }

  @Test
  void copyTo_leavesTheExpiredAndWhatIsThere() {
    MemoryTier before = filled(BY_ENTRIES.withTtl(null), 1);
    clock.advance(MINUTE);
    before.put("younger", entry("old"));
    MemoryTier after = before.successor(BY_ENTRIES, clock, /* ownLives= */ false);
    Entry there = entry("new");
    after.put("younger", there);
    before.copyTo(after, MINUTE, clock.nanos());
    assertThat(after.keys()).containsExactly("younger");
    assertThat(after.get("younger")).isSameAs(there);
  }

  /** The packed agent leaves out the classes of Caffeine that it does not name; these it must. */
  @Test
  void create_everyKindOfPolicy_usesTheseClassesOfCaffeine() {
    TreeSet<String> names = new TreeSet<>();
    policies()
        .forEach(
            policy ->
                names.add(
                    MemoryTier.create(policy, clock, /* ownLives= */ false)
                        .entries()
                        .asMap()
                        .getClass()
                        .getSimpleName()));
    assertThat(names).containsExactly("SSMS", "SSMSW", "SSMW", "SSMWW");
  }

  @Test
  void shared_entryOfAnotherJvm_livesFromWhenItWasComputed() {
    MemoryTier tier = MemoryTier.create(BY_ENTRIES, clock, /* ownLives= */ true);
    clock.advance(MINUTE);
    long computed = clock.nanos() - MINUTE.toNanos() * 3 / 4;
    tier.put("a", new Entry("value", computed, 0, 0));

    clock.advance(MINUTE.dividedBy(5));
    assertThat(tier.get("a")).isNotNull();
    clock.advance(MINUTE.dividedBy(10));
    assertThat(tier.get("a")).isNull();
  }

  @Test
  void shared_longestLife_boundsWhatIsStoredFromThenOn() {
    MemoryTier tier = MemoryTier.create(BY_ENTRIES.withTtl(null), clock, /* ownLives= */ true);
    tier.put("before", entry());
    tier.setLongestLife(MINUTE.toNanos());
    tier.put("bounded", entry());
    tier.setLongestLife(0);
    tier.put("not stored", entry());
    assertThat(tier.get("not stored")).isNull();

    clock.advance(MINUTE);
    assertThat(tier.get("before")).isNotNull();
    assertThat(tier.get("bounded")).isNull();
  }

  @Test
  void shared_ttlOrKindChanges_needsANewTier() {
    MemoryTier tier = MemoryTier.create(BY_ENTRIES, clock, /* ownLives= */ true);

    assertThat(tier.hasOwnLives()).isTrue();
    assertThat(tier.adjust(BY_ENTRIES.withMaximumEntries(3))).isTrue();
    assertThat(tier.adjust(BY_ENTRIES.withTtl(MINUTE.multipliedBy(2)))).isFalse();
    assertThat(tier.successor(BY_ENTRIES, clock, /* ownLives= */ false).hasOwnLives()).isFalse();
  }

  private Entry entry() {
    return new Entry("value", clock.nanos(), 0, 0);
  }
}
