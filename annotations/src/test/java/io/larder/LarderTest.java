package io.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void agentLink_withoutAgent_answersNothingToAnyOperation() {
    assertThat(AgentLink.call("active")).isNull();
    assertThat(AgentLink.call("of a newer version", 1, null)).isNull();
    assertThat(AgentLink.call(null)).isNull();
  }
}
