package io.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The facade in a JVM without the agent: harmless, whatever it is asked. */
class LarderTest {

  @Test
  void isActive_withoutAgent_no() {
    assertThat(Larder.isActive()).isFalse();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"users", "no such cache", "\u0000\ud800"})
  void anyName_withoutAgent_answersEmpty(String cache) {
    assertThat(Larder.invalidate(cache)).isZero();
    assertThat(Larder.invalidate(cache, 1L, "two")).isZero();
    assertThat(Larder.invalidateCache(cache)).isZero();
    assertThat(Larder.statistics(cache)).isEmpty();
  }

  @Test
  void invalidate_oddArguments_answersZero() {
    assertThat(Larder.invalidate("users", (Object[]) null)).isZero();
    assertThat(Larder.invalidate("users", (Object) null)).isZero();
    assertThat(Larder.invalidate("users", new Object[1000])).isZero();
    assertThat(Larder.invalidate("users", new int[] {1}, Thread.currentThread(), null)).isZero();
  }

  @Test
  void invalidateAll_withoutAgent_answersZero() {
    assertThat(Larder.invalidateAll()).isZero();
  }

  @Test
  void cacheNames_withoutAgent_emptyAndImmutable() {
    Set<String> names = Larder.cacheNames();

    assertThat(names).isEmpty();
    assertThatThrownBy(() -> names.add("users")).isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"redis", "memory"})
  void anyTier_withoutAgent_answersEmpty(String tier) {
    assertThat(Larder.tierStatistics(tier, "users")).isEmpty();
    assertThat(Larder.tierStatus(tier)).isEmpty();
    assertThat(Larder.checkTier(tier)).isEmpty();
    assertThat(Larder.setTierEnabled(tier, true)).isFalse();
  }

  @Test
  void tierStatus_isWhatTheAgentSaid() {
    TierStatus status =
        new TierStatus(Map.of("health", "DEGRADED", "reason", "is read-only", "sinceMillis", 0L));

    assertThat(status.health()).isEqualTo(TierStatus.Health.DEGRADED);
    assertThat(status.reason()).isEqualTo("is read-only");
    assertThat(status.since()).isEqualTo(Instant.EPOCH);
    assertThat(status).hasToString("DEGRADED since 1970-01-01T00:00:00Z: is read-only");
  }

  @Test
  void tierStatistics_areWhatTheAgentSaid() {
    TierStatistics some =
        new TierStatistics(Map.of("hits", 3L, "misses", 1L, "puts", 2L, "putFailures", 4L));

    assertThat(some.hitCount()).isEqualTo(3);
    assertThat(some.missCount()).isEqualTo(1);
    assertThat(some.putCount()).isEqualTo(2);
    assertThat(some.putFailureCount()).isEqualTo(4);
    assertThat(some.hitRatio()).isEqualTo(0.75);
    assertThat(new TierStatistics(Map.of()).hitRatio()).isNaN();
  }

  @Test
  void agentLink_withoutAgent_answersNothingToAnyOperation() {
    assertThat(AgentLink.call("active")).isNull();
    assertThat(AgentLink.call("of a newer version", 1, null)).isNull();
    assertThat(AgentLink.call(null)).isNull();
  }
}
