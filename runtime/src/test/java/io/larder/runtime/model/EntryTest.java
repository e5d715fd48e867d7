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
}
