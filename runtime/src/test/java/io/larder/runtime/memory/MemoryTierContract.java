package io.larder.runtime.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.KeyFixtures.Any;
import io.larder.runtime.model.KeyFixtures.TextAndNumber;
import io.larder.runtime.model.Tier;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the memory does under every kind of policy. */
abstract class MemoryTierContract {

  private static final Duration TTL = Duration.ofMinutes(1);

  final FakeClock clock = new FakeClock();

  /** An empty tier. */
  abstract Tier create(CachePolicy policy, FakeClock clock);

  static Stream<CachePolicy> policies() {
    return Stream.of(0L, 100L)
        .flatMap(
            entries ->
                Stream.of(0L, 64L << 10)
                    .flatMap(
                        bytes ->
                            Stream.of(
                                new CachePolicy(null, entries, bytes, TTL),
                                new CachePolicy(TTL, entries, bytes, TTL))));
  }

  Entry entry(Object value) {
    return new Entry(value, clock.nanos(), 5, 100);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void get_absent_null(CachePolicy policy) {
    Tier tier = create(policy, clock);
    assertThat(tier.get("a")).isNull();
    assertThat(tier.statistics().entries()).isZero();
    assertThat(tier.health()).isEqualTo(Health.UP);
    assertThat(tier.name()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void get_afterPut_isTheEntry(CachePolicy policy) {
    Tier tier = create(policy, clock);
    Entry entry = entry("v");
    tier.put("a", entry);
    Entry found = requireNonNull(tier.get("a"));
    assertThat(found.value).isEqualTo("v");
    assertThat(found.createdNanos()).isEqualTo(entry.createdNanos());
    assertThat(found.loadNanos()).isEqualTo(5);
    assertThat(found.bytes()).isEqualTo(100);
    assertThat(tier.get("b")).isNull();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void get_keyObjectsAndNullValue_work(CachePolicy policy) {
    Tier tier = create(policy, clock);
    tier.put(new TextAndNumber("a", 1), new Entry(null, 0, 0, 0));
    tier.put(new Any(new int[] {1}).hashed(), entry("array"));
    Entry none = requireNonNull(tier.get(new TextAndNumber("a", 1)));
    assertThat(none.value).isNull();
    assertThat(tier.get(new TextAndNumber("a", 2))).isNull();
    assertThat(tier.get(new Any(new int[] {1}).hashed())).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void put_again_replaces(CachePolicy policy) {
    Tier tier = create(policy, clock);
    tier.put("a", entry("old"));
    tier.put("a", entry("new"));
    Entry found = requireNonNull(tier.get("a"));
    assertThat(found.value).isEqualTo("new");
    assertThat(tier.statistics().entries()).isEqualTo(1);
    assertThat(tier.statistics().evictions()).isZero();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void remove_present_trueOnce(CachePolicy policy) {
    Tier tier = create(policy, clock);
    tier.put("a", entry("v"));
    tier.put("b", entry("v"));
    assertThat(tier.remove("a")).isTrue();
    assertThat(tier.remove("a")).isFalse();
    assertThat(tier.get("a")).isNull();
    assertThat(tier.get("b")).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void clear_answersHowMany(CachePolicy policy) {
    Tier tier = create(policy, clock);
    assertThat(tier.clear()).isZero();
    for (int i = 0; i < 10; i++) {
      tier.put(i, entry(i));
    }
    assertThat(tier.clear()).isEqualTo(10);
    assertThat(tier.get(3)).isNull();
    assertThat(tier.statistics().entries()).isZero();
    assertThat(tier.statistics().evictions()).isZero();
    assertThat(tier.statistics().expiries()).isZero();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void bulk_putGetRemove(CachePolicy policy) {
    Tier tier = create(policy, clock);
    tier.putAll(Map.of("a", entry(1), "b", entry(2), "c", entry(3)));
    assertThat(tier.getAll(List.of("a", "c", "x"))).containsOnlyKeys("a", "c");
    assertThat(tier.removeAll(List.of("a", "x", "b"))).isEqualTo(2);
    assertThat(tier.getAll(List.of("a", "b", "c"))).containsOnlyKeys("c");
  }

  @ParameterizedTest
  @MethodSource("policies")
  void get_ttlPassed_isGoneAndCounted(CachePolicy policy) {
    Tier tier = create(policy, clock);
    tier.put("a", entry("v"));
    clock.advance(TTL.minusNanos(1));
    assertThat(tier.get("a")).isNotNull();
    tier.put("late", entry("v"));
    clock.advance(Duration.ofNanos(1));
    if (policy.ttl() == null) {
      clock.advance(Duration.ofDays(365));
      assertThat(tier.getAll(List.of("a", "late"))).hasSize(2);
      assertThat(tier.statistics().expiries()).isZero();
    } else {
      assertThat(tier.getAll(List.of("a", "late"))).containsOnlyKeys("late");
      assertThat(tier.statistics().entries()).isEqualTo(1);
      assertThat(tier.statistics().expiries()).isEqualTo(1);
    }
    assertThat(tier.statistics().evictions()).isZero();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void put_again_startsTheTtlAnew(CachePolicy policy) {
    Tier tier = create(policy, clock);
    tier.put("a", entry("v"));
    clock.advance(TTL.minusSeconds(1));
    tier.put("a", entry("w"));
    clock.advance(TTL.minusSeconds(1));
    assertThat(tier.get("a")).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void put_beyondTheBound_evictsAndCounts(CachePolicy policy) {
    Tier tier = create(policy, clock);
    int many = 2_000;
    for (int i = 0; i < many; i++) {
      tier.put(i, entry(i));
    }
    long most = policy.maximumEntries() == 0 ? many : policy.maximumEntries();
    if (policy.maximumBytes() > 0) {
      most = Math.min(most, policy.maximumBytes() / 100);
    }
    var held = tier.statistics();
    assertThat(held.entries()).isPositive().isLessThanOrEqualTo(most);
    assertThat(held.entries() + held.evictions()).isEqualTo(many);
    assertThat(held.expiries()).isZero();
    if (policy.maximumBytes() > 0 && policy.maximumEntries() == 0) {
      assertThat(held.bytes()).isEqualTo(100 * held.entries());
    }
  }
}
