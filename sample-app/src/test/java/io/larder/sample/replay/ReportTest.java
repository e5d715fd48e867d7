package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void of_twoRuns_isOneTable() {
    Run without =
        new Run(
            "without Larder",
            responses(8_000_000, 40),
            new ServiceReading(100_000, 80_000_000_000L, 50L << 20, Map.of()));
    Run with =
        new Run(
            "with Larder",
            responses(500_000, 10),
            new ServiceReading(
                21_500,
                20_000_000_000L,
                125L << 19,
                Map.of(
                    "price.quote", new CacheReading(6_000, 4_000, 3_900),
                    "category.bestsellers", new CacheReading(9_880, 120, 120))));

    assertThat(Report.of(without, with))
        .isEqualTo(
            """
                                      without Larder     with Larder
              ------------------------------------------------------------------------
              pages per second                   250           1,000   4.0 x as many
              response time p50              8.00 ms         0.50 ms   16.0 x as fast
              response time p99              8.00 ms         0.50 ms   16.0 x as fast
              time in the database            80.0 s          20.0 s   75 % saved
                for a page                   8.00 ms         2.00 ms
              database queries               100,000          21,500   79 % saved
              heap used, after GC            50.0 MB         62.5 MB   +12.5 MB
              ------------------------------------------------------------------------
              cache                             hit ratio       hits    misses   entries
              category.bestsellers                 98.8 %      9,880       120       120
              price.quote                          60.0 %      6,000     4,000     3,900
              all                                  79.4 %     15,880     4,120     4,020
              ------------------------------------------------------------------------
            """);
  }

  @Test
  void of_nothingMeasured_stillIsATable() {
    Run nothing = new Run("nothing", responses(1, 1), new ServiceReading(0, 0, 0, Map.of()));
    assertThat(Report.of(nothing, nothing)).contains("pages per second").contains("cache");
  }

  private static Responses responses(long nanos, int seconds) {
    long[] times = new long[10_000];
    Arrays.fill(times, nanos);
    times[9_999] = 2 * nanos;
    return new Responses(times, new byte[times.length][], Duration.ofSeconds(seconds));
  }
}
