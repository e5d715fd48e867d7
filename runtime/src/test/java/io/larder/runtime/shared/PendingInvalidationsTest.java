package io.larder.runtime.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.shared.PendingInvalidations.Pending;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingInvalidationsTest {

  private final PendingInvalidations pending = new PendingInvalidations();

  private static KeyHash key(int number) {
    return new KeyHash(number, 0);
  }

  @Test
  void covers_whatWaits() {
    pending.add(Forgotten.key("a", key(1)));
    pending.add(Forgotten.tag("", "t"));
    assertThat(pending.covers("a", key(1))).isTrue();
    assertThat(pending.covers("a", key(2))).isFalse();
    assertThat(pending.covers("b", key(1))).isFalse();
    assertThat(pending.coversTag("a", List.of("x", "t"))).isTrue();
    assertThat(pending.coversTag("a", List.of("x"))).isFalse();
    pending.add(Forgotten.cache("a"));
    assertThat(pending.covers("a", key(2))).isTrue();
  }

  @Test
  void done_invalidatedAgainMeanwhile_waitsOn() {
    pending.add(Forgotten.key("a", key(1)));
    Pending replayed = pending.list(10).get(0);
    pending.add(Forgotten.key("a", key(1)));
    pending.done(replayed);
    assertThat(pending.covers("a", key(1))).isTrue();
    pending.done(pending.list(10).get(0));
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void add_manyOfACache_isTheCache() {
    for (int i = 0; i < 1_001; i++) {
      pending.add(Forgotten.key("a", key(i)));
      pending.add(Forgotten.key("b", key(i % 10)));
    }
    assertThat(pending.size()).isEqualTo(11);
    assertThat(pending.covers("a", key(5_000))).isTrue();
    assertThat(pending.covers("b", key(5_000))).isFalse();
  }

  @Test
  void add_tooMany_isEverything() {
    for (int i = 0; i <= 10_000; i++) {
      pending.add(Forgotten.tag("a", "t" + i));
    }
    assertThat(pending.list(10)).extracting(Pending::what).containsExactly(Forgotten.all());
    assertThat(pending.covers("any", key(1))).isTrue();
    pending.add(Forgotten.key("a", key(1)));
    assertThat(pending.size()).isEqualTo(1);
  }
}
