package io.larder.runtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CachePolicyTest {

  @Test
  void default_isNeitherForEverNorWithoutLimit() {
    assertThat(CachePolicy.DEFAULT)
        .isEqualTo(new CachePolicy(Duration.ofMinutes(5), 10_000, 0, Duration.ofSeconds(5)));
  }

  @Test
  void toString_readsAsAnOperatorWritesIt() {
    assertThat(CachePolicy.DEFAULT)
        .hasToString("ttl=5m, maximumEntries=10000, maximumBytes=off, waitAtMost=5s");
    assertThat(new CachePolicy(null, 0, 64 << 20, Duration.ofMillis(250)))
        .hasToString("ttl=off, maximumEntries=0, maximumBytes=64MB, waitAtMost=250ms");
  }

  @Test
  void with_changesOneValueOnly() {
    assertThat(CachePolicy.DEFAULT.withTtl(null))
        .isEqualTo(new CachePolicy(null, 10_000, 0, Duration.ofSeconds(5)));
    assertThat(CachePolicy.DEFAULT.withMaximumEntries(7))
        .isEqualTo(new CachePolicy(Duration.ofMinutes(5), 7, 0, Duration.ofSeconds(5)));
    assertThat(CachePolicy.DEFAULT.withMaximumBytes(8))
        .isEqualTo(new CachePolicy(Duration.ofMinutes(5), 10_000, 8, Duration.ofSeconds(5)));
    assertThat(CachePolicy.DEFAULT.withWaitAtMost(Duration.ofSeconds(9)))
        .isEqualTo(new CachePolicy(Duration.ofMinutes(5), 10_000, 0, Duration.ofSeconds(9)));
  }

  @Test
  void refreshNanos_onlyWhereEntriesLiveLonger() {
    CachePolicy ofFiveMinutes = CachePolicy.DEFAULT;
    assertThat(ofFiveMinutes.refreshNanos()).isZero();
    assertThat(ofFiveMinutes.withRefreshAfter(Duration.ofMinutes(1)).refreshNanos())
        .isEqualTo(60_000_000_000L);
    assertThat(ofFiveMinutes.withRefreshAfter(Duration.ofMinutes(5)).refreshNanos()).isZero();
    assertThat(ofFiveMinutes.withRefreshAfter(Duration.ofMinutes(5)).withTtl(null).refreshNanos())
        .isEqualTo(300_000_000_000L);
  }

  @Test
  void new_outOfRange_isRefusedByName() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CachePolicy(Duration.ofSeconds(-5), 1, 0, second))
        .withMessage("ttl must be positive: PT-5S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CachePolicy(second, -1, 0, second))
        .withMessage("maximumEntries must be positive, or 0 for no limit: -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CachePolicy(second, 1, -2, second))
        .withMessage("maximumBytes must be positive, or 0 for no limit: -2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CachePolicy(second, 1, 0, Duration.ZERO))
        .withMessage("waitAtMost must be positive: PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CachePolicy.DEFAULT.withRefreshAfter(Duration.ZERO))
        .withMessage("refreshAfter must be positive: PT0S");
  }
}
