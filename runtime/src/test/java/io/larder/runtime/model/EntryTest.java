package io.larder.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntryTest {

  @Test
  void isExpired_fromTheTtlOn() {
    Entry entry = new Entry("v", /* createdNanos= */ 100, /* loadNanos= */ 5, /* bytes= */ 8);
    Duration ttl = Duration.ofNanos(10);
    assertThat(entry.isExpired(ttl, 109)).isFalse();
    assertThat(entry.isExpired(ttl, 110)).isTrue();
    assertThat(entry.createdNanos()).isEqualTo(100);
    assertThat(entry.loadNanos()).isEqualTo(5);
    assertThat(entry.bytes()).isEqualTo(8);
  }

  @Test
  void isExpired_clockWraps_isRight() {
    Entry entry = new Entry("v", Long.MAX_VALUE - 2, 0, 0);
    assertThat(entry.isExpired(Duration.ofNanos(10), Long.MIN_VALUE + 2)).isFalse();
    assertThat(entry.isExpired(Duration.ofNanos(10), Long.MIN_VALUE + 8)).isTrue();
  }

  @Test
  void isCheckedFor_theFirstTypeUntilWithdrawn() {
    Entry entry = new Entry("v", 1, 2, 3);
    assertThat(entry.isCheckedFor("type")).isFalse();
    entry.setCheckedFor("type");
    entry.setCheckedFor("another");
    assertThat(entry.isCheckedFor("type")).isTrue();
    assertThat(entry.isCheckedFor("another")).isFalse();
    assertThat(entry.isWithdrawn()).isFalse();
    entry.withdraw();
    entry.setCheckedFor("type");
    assertThat(entry.isCheckedFor("type")).isFalse();
    assertThat(entry.isWithdrawn()).isTrue();
  }

  @Test
  void copy_ofAWithdrawnEntry_isTheSameAndNotWithdrawn() {
    Entry entry = new Entry("v", 1, 2, 3);
    entry.withdraw();
    Entry copy = entry.copy();
    assertThat(copy.isWithdrawn()).isFalse();
    assertThat(copy.value).isEqualTo("v");
    assertThat(copy.createdNanos()).isEqualTo(1);
    assertThat(copy.loadNanos()).isEqualTo(2);
    assertThat(copy.bytes()).isEqualTo(3);
  }
}
