package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyChangeTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy START = new CachePolicy(MINUTE, 1_000, 0, MINUTE);

  private final FakeClock clock = new FakeClock();
  private final Cache cache =
      new Cache("prices", START, clock, /* slowTiers= */ null, new ReferenceQueue<>());
  private final WovenCall.RawCall method = new WovenCall.RawCall("com.acme.Dao.find(int)");

  PolicyChangeTest() throws Exception {
    cache.add(method);
    for (int key = 0; key < 100; key++) {
      WovenCall.call(cache, key, () -> "result");
    }
  }

  private boolean isServed(int key) throws Exception {
    long before = cache.counters().loads();
    WovenCall.call(cache, key, () -> "loaded again");
    return cache.counters().loads() == before;
  }

  @Test
  void setPolicy_sameKind_adjustsInPlace() throws Exception {
    MemoryTier before = cache.memory();
    cache.setPolicy(START.withMaximumEntries(500).withTtl(MINUTE.multipliedBy(2)));
    assertThat(cache.memory()).isSameAs(before);
    assertThat(method.relinked).isZero();
    assertThat(isServed(7)).isTrue();
    assertThat(cache.policy().maximumEntries()).isEqualTo(500);
  }

  @Test
  void setPolicy_anotherKind_movesEntriesAndRelinks() throws Exception {
    MemoryTier before = cache.memory();
    cache.setPolicy(START.withMaximumBytes(1 << 20));
    assertThat(cache.memory()).isNotSameAs(before);
    assertThat(method.relinked).isEqualTo(1);
    assertThat(before.statistics().entries()).isZero();
    for (int key = 0; key < 100; key++) {
      assertThat(isServed(key)).isTrue();
    }
    assertThat(cache.statistics()).containsEntry("evictions", 0L).containsEntry("expiries", 0L);
  }

  /** A key that does something when its hash is asked for the so-manieth time. */
  private static final class Watched {
    private int left;
    private Runnable action = () -> {};

    void at(int look, Runnable does) {
      left = look;
      action = does;
    }

    @Override
    public int hashCode() {
      if (left > 0 && --left == 0) {
        action.run();
      }
      return 7;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  /** Wherever the put is right then, what it replaces does not come back. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void setPolicy_anotherKindWhileAPutStores_doesNotLoseIt(int look) throws Exception {
    Watched key = new Watched();
    WovenCall.call(cache, key, () -> "old");
    PutUnderWay put = cache.beginPut();
    put.setReturned();
    PutPlace place = new PutPlace(method, key, ResultType.of(Object.class), /* tags= */ null);
    key.at(look, () -> cache.setPolicy(START.withMaximumBytes(1 << 20)));
    assertThat(cache.put(put, place, "new", key)).isTrue();
    cache.endPut(put);
    assertThat(WovenCall.call(cache, key, () -> "loaded")).isEqualTo("new");
  }

  @Test
  void setPolicy_fewerEntriesOfAnotherKind_evictsAndCounts() {
    cache.setPolicy(START.withTtl(null).withMaximumEntries(10));
    assertThat(cache.statistics()).containsEntry("entries", 10L).containsEntry("evictions", 90L);
  }

  @Test
  void setPolicy_anotherKind_ageCountsOn() throws Exception {
    clock.advance(MINUTE.minusSeconds(10));
    cache.setPolicy(START.withMaximumBytes(1 << 20));
    assertThat(isServed(7)).isTrue();
    clock.advance(Duration.ofSeconds(20));
    assertThat(isServed(8)).isFalse(); // it is 70 s old
  }

  @Test
  void setPolicy_fromNoTtlToOneThatPassed_isNotServed() throws Exception {
    cache.setPolicy(START.withTtl(null));
    clock.advance(Duration.ofHours(1));
    assertThat(isServed(7)).isTrue();
    cache.setPolicy(START);
    assertThat(isServed(8)).isFalse();
  }

  @Test
  void setPolicy_whileOff_holdsWhenOnAgain() throws Exception {
    cache.setEnabled(false);
    cache.setPolicy(START.withTtl(null));
    cache.setEnabled(true);
    assertThat(isServed(7)).isFalse();
    clock.advance(Duration.ofHours(1));
    assertThat(isServed(7)).isTrue();
  }
}
