package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.coordinator.WovenCall.RawCall;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.KeyFixtures.Any;
import io.larder.runtime.model.KeyFixtures.InstanceAndNumber;
import io.larder.runtime.model.KeyFixtures.TextAndNumber;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CacheTest {

  private final FakeClock clock = new FakeClock();
  private final Cache cache =
      new Cache(
          "prices", CachePolicy.DEFAULT, clock, /* slowTiers= */ null, new ReferenceQueue<>());
  private final RawCall method = new RawCall("com.acme.Dao.find(long)");
  private int runs;

  CacheTest() {
    assertThat(cache.claimRawKeys()).isTrue();
    cache.add(method);
  }

  private Object find(Object key) throws Exception {
    Object result = WovenCall.call(cache, key, () -> "result " + ++runs);
    return Objects.requireNonNull(result);
  }

  @Test
  void call_absent_loadsOnceThenHits() throws Exception {
    assertThat(find(1)).isEqualTo("result 1");
    assertThat(find(1)).isEqualTo("result 1");
    assertThat(find(2)).isEqualTo("result 2");
    assertThat(find(1)).isEqualTo("result 1");
    assertThat(cache.statistics())
        .containsEntry("hits", 2L)
        .containsEntry("misses", 2L)
        .containsEntry("loads", 2L)
        .containsEntry("loadFailures", 0L)
        .containsEntry("puts", 2L)
        .containsEntry("entries", 2L)
        .containsEntry("coalesced", 0L)
        .containsEntry("uncached", 0L)
        .containsEntry("evictions", 0L)
        .containsEntry("expiries", 0L)
        .containsEntry("invalidations", 0L)
        .containsEntry("tagInvalidations", 0L)
        .containsEntry("updates", 0L)
        .containsEntry("savedNanos", 2L) // a load takes a nanosecond at least
        .hasSize(18);
  }

  @Test
  void call_ttlPassed_loadsAgain() throws Exception {
    find(1);
    clock.advance(Duration.ofMinutes(5));
    assertThat(find(1)).isEqualTo("result 2");
    assertThat(cache.statistics()).containsEntry("expiries", 1L);
  }

  @Test
  void call_resultNull_isCached() throws Exception {
    for (int i = 0; i < 3; i++) {
      Object result =
          WovenCall.call(
              cache,
              1,
              () -> {
                runs++;
                return null;
              });
      assertThat(result).isNull();
    }
    assertThat(runs).isEqualTo(1);
  }

  @Test
  void call_bodyThrows_exceptionUntouchedAndNotCached() throws Exception {
    IOException mine = new IOException("mine");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  WovenCall.call(
                      cache,
                      1,
                      () -> {
                        throw mine;
                      }))
          .isSameAs(mine)
          .hasNoSuppressedExceptions();
    }
    assertThat(cache.statistics())
        .containsEntry("loads", 2L)
        .containsEntry("loadFailures", 2L)
        .containsEntry("puts", 0L);
    assertThat(find(1)).isEqualTo("result 1");
  }

  @Test
  void call_timesLoads() throws Exception {
    WovenCall.call(
        cache,
        1,
        () -> {
          clock.advance(Duration.ofMillis(40));
          return "slow";
        });
    Entry entry = Objects.requireNonNull(cache.memory().get(1));
    assertThat(entry.loadNanos()).isEqualTo(40_000_000);
    assertThat(entry.createdNanos()).isEqualTo(clock.nanos());
    find(1);
    assertThat(cache.statistics()).containsEntry("savedNanos", 40_000_000L);
    assertThat(cache.counters().loadTimes.percentiles(clock.nanos(), 0.5)[0])
        .isBetween(36_000_000L, 44_000_000L);
  }

  @Test
  void call_entryOfAnotherType_isReplacedByALoad() throws Exception {
    cache.memory().put(1, new Entry(5, clock.nanos(), 0, 0));
    ResultType text = ResultType.of(String.class);
    assertThat(WovenCall.call(cache, 1, text, () -> "mine")).isEqualTo("mine");
    assertThat(WovenCall.call(cache, 1, text, () -> "again")).isEqualTo("mine");
  }

  @Test
  void resultType_ofPrimitive_acceptsItsBoxAndNoNull() {
    assertThat(ResultType.of(int.class).accepts(1)).isTrue();
    assertThat(ResultType.of(int.class).accepts(1L)).isFalse();
    assertThat(ResultType.of(int.class).accepts(null)).isFalse();
    assertThat(ResultType.of(Integer.class).accepts(null)).isTrue();
    assertThat(ResultType.of(long[].class).accepts(new int[0])).isFalse();
  }

  @Test
  void call_bodyCallsItself_runsInnerUncached() throws Exception {
    Object result = WovenCall.call(cache, 1, () -> "outer of " + find(1));
    assertThat(result).isEqualTo("outer of result 1");
    assertThat(find(1)).isEqualTo("outer of result 1");
    assertThat(cache.statistics()).containsEntry("uncached", 1L).containsEntry("loads", 1L);
  }

  @Test
  void call_keyArrayChangesAfterwards_isStoredAsItWas() throws Exception {
    int[] argument = {1};
    assertThat(find(new Any(argument).hashed())).isEqualTo("result 1");
    argument[0] = 2;
    assertThat(find(new Any(argument).hashed())).isEqualTo("result 2");
    assertThat(find(new Any(new int[] {1}).hashed())).isEqualTo("result 1");
  }

  /** An argument whose methods fail from the second use on. */
  private static final class Moody {
    boolean broken;

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      if (broken) {
        throw new IllegalStateException("secret");
      }
      return other instanceof Moody;
    }
  }

  @Test
  void miss_equalsThrows_leavesNoFlightBehind() throws Exception {
    Moody one = new Moody();
    Moody other = new Moody();
    find(new Any(one).hashed());
    one.broken = true;
    other.broken = true;
    assertThatThrownBy(() -> find(new Any(other).hashed()))
        .isInstanceOf(IllegalStateException.class);
    one.broken = false;
    other.broken = false;
    assertThat(find(new Any(other).hashed())).isEqualTo("result 1");
    cache.invalidateAll();
    assertThat(find(new Any(other).hashed())).isEqualTo("result 2");
    assertThat(cache.statistics()).containsEntry("uncached", 0L);
  }

  @Test
  void call_equalsThrowsWhileStored_resultIsReturnedAndProblemReported(LoggedLines lines)
      throws Exception {
    Moody one = new Moody();
    Moody other = new Moody();
    Object result =
        WovenCall.call(
            cache,
            new Any(one).hashed(),
            () -> {
              cache.memory().put(new Any(other).hashed(), new Entry("x", clock.nanos(), 0, 0));
              one.broken = true;
              other.broken = true;
              return "mine";
            });
    assertThat(result).isEqualTo("mine");
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith(
            "WARN Cache \"prices\": a call ran uncached because of"
                + " java.lang.IllegalStateException at io.larder.runtime.coordinator.CacheTest$Moody")
        .endsWith("; further ones are counted.")
        .doesNotContain("secret");
    one.broken = false;
    other.broken = false;
    assertThat(find(new TextAndNumber("other", 1))).isEqualTo("result 1");
  }

  @Test
  void problem_isReportedOnceAndCounted(LoggedLines lines) {
    assertThat(cache.lastProblem()).isNull();
    IllegalStateException failure = new IllegalStateException("secret");
    failure.setStackTrace(new StackTraceElement[0]);
    cache.problem(failure);
    cache.problem(failure);
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Cache \"prices\": a call ran uncached because of"
                + " java.lang.IllegalStateException; further ones are counted.");
    assertThat(cache.lastProblem()).isEqualTo("java.lang.IllegalStateException");
    assertThat(cache.counters().problems.sum()).isEqualTo(2);
  }

  @Test
  void setEnabled_off_forgetsAndRelinks() throws Exception {
    find(1);
    cache.setEnabled(true);
    assertThat(method.relinked).isZero();
    cache.setEnabled(false);
    assertThat(cache.isEnabled()).isFalse();
    assertThat(method.relinked).isEqualTo(1);
    assertThat(cache.memory().statistics().entries()).isZero();
    cache.setEnabled(true);
    assertThat(method.relinked).isEqualTo(2);
    assertThat(find(1)).isEqualTo("result 2");
  }

  @Test
  void calls_areInOrder_onlyTheFirstMayHaveRawKeys() {
    RawCall second = new RawCall("com.acme.Dao.get(long)");
    assertThat(cache.claimRawKeys()).isFalse();
    cache.add(second);
    cache.add(method);
    assertThat(cache.calls()).containsExactly(method, second);
  }

  @Test
  void entry_bytes_areEstimatedOnlyWhenBounded() throws Exception {
    find(1);
    assertThat(Objects.requireNonNull(cache.memory().get(1)).bytes()).isZero();
    cache.setPolicy(CachePolicy.DEFAULT.withMaximumBytes(1 << 20));
    find(2);
    assertThat(Objects.requireNonNull(cache.memory().get(2)).bytes()).isPositive();
  }

  @Test
  void invalidate_answersHowMany() throws Exception {
    find(1);
    find(2);
    assertThat(cache.invalidate(1)).isEqualTo(1);
    assertThat(cache.invalidate(1)).isZero();
    assertThat(cache.invalidate(1, 2)).isZero(); // no method takes two
    assertThat(find(2)).isEqualTo("result 2");
    assertThat(find(1)).isEqualTo("result 3");
    assertThat(cache.invalidateAll()).isEqualTo(2);
    assertThat(cache.statistics()).containsEntry("invalidations", 3L).containsEntry("entries", 0L);
  }

  @Test
  void invalidate_instanceKey_reachesAllInstances() throws Exception {
    Object one = new Object();
    Object other = new Object();
    cache.add(
        new RawCall("com.acme.Dao.of(long)") {
          @Override
          public Object keyOf(Object... arguments) {
            return new InstanceAndNumber(this, (Long) arguments[0]);
          }
        });
    find(new InstanceAndNumber(one, 7));
    find(new InstanceAndNumber(other, 7));
    find(new InstanceAndNumber(one, 8));
    assertThat(cache.invalidate(7L)).isEqualTo(2);
    assertThat(find(new InstanceAndNumber(one, 8))).isEqualTo("result 3");
    assertThat(find(new InstanceAndNumber(one, 7))).isEqualTo("result 4");
  }

  @Test
  void invalidateKeys_forgetsThoseOnly() throws Exception {
    find(1);
    find(new TextAndNumber("a", 1));
    cache.invalidateKeys(key -> key instanceof Integer);
    assertThat(find(new TextAndNumber("a", 1))).isEqualTo("result 2");
    assertThat(find(1)).isEqualTo("result 3");
  }

  /** Counters are exported to systems that take a step back for a restart. */
  @Test
  void puts_resultIsNotStored_neverGoesBack() throws Exception {
    cache.setPolicy(CachePolicy.DEFAULT.withMaximumBytes(1 << 20));
    List<Number> seen = new ArrayList<>();
    List<Object> result =
        new AbstractList<>() {
          @Override
          public Object get(int index) { // while its size is estimated
            seen.add(Objects.requireNonNull(cache.statistics().get("puts")));
            return "element";
          }

          @Override
          public int size() {
            return 1;
          }
        };
    WovenCall.call(
        cache,
        1,
        () -> {
          cache.invalidateAll();
          return Collections.unmodifiableList(result);
        });
    seen.add(Objects.requireNonNull(cache.statistics().get("puts")));
    assertThat(seen).allMatch(puts -> puts.longValue() == 0);
  }

  @Test
  void drop_forgetsTheEntryOfAKey() throws Exception {
    TextAndNumber key = new TextAndNumber("a", 1);
    find(key);
    cache.drop(key);
    assertThat(find(key)).isEqualTo("result 2");
  }
}
