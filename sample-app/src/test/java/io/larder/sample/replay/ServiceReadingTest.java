package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceReadingTest {

  @Test
  void parse_dottedCacheName_readsIt() throws Exception {
    assertThat(
            ServiceReading.parse(
                """
                cache.price.quote.entries=3
                cache.price.quote.hits=10
                cache.price.quote.misses=5
                database.nanos=2000
                database.queries=7
                heap.bytes=100
                """))
        .isEqualTo(
            new ServiceReading(7, 2000, 100, Map.of("price.quote", new CacheReading(10, 5, 3))));
  }

  @Test
  void since_earlier_subtractsWhatCountsAndKeepsWhatIs() {
    ServiceReading before =
        new ServiceReading(7, 2000, 100, Map.of("a", new CacheReading(10, 5, 3)));
    ServiceReading after =
        new ServiceReading(
            9, 2500, 90, Map.of("a", new CacheReading(14, 6, 4), "b", new CacheReading(1, 2, 2)));
    assertThat(after.since(before))
        .isEqualTo(
            new ServiceReading(
                2,
                500,
                90,
                Map.of("a", new CacheReading(4, 1, 4), "b", new CacheReading(1, 2, 2))));
  }

  @Test
  void plus_anotherProcess_addsAllUp() {
    ServiceReading one = new ServiceReading(7, 2000, 100, Map.of("a", new CacheReading(10, 5, 3)));
    ServiceReading other =
        new ServiceReading(
            1, 500, 90, Map.of("a", new CacheReading(4, 1, 4), "b", new CacheReading(1, 2, 2)));
    ServiceReading sum = one.plus(other);
    assertThat(sum)
        .isEqualTo(
            new ServiceReading(
                8,
                2500,
                190,
                Map.of("a", new CacheReading(14, 6, 7), "b", new CacheReading(1, 2, 2))));
    assertThat(sum.allCaches()).isEqualTo(new CacheReading(15, 8, 9));
  }

  @Test
  void parse_missingLine_namesIt() {
    assertThatIOException()
        .isThrownBy(() -> ServiceReading.parse("database.queries=7\n"))
        .withMessage("the service's statistics say database.nanos=null, which is no number");
  }
}
