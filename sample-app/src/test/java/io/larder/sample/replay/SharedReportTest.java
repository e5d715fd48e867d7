package io.larder.sample.replay;

import static io.larder.sample.replay.RunFixtures.caches;
import static io.larder.sample.replay.RunFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedReportTest {

  @Test
  void of_threeLineups_comparesTheLastTwoInBothHalves() {
    Map<String, CacheReading> none = Map.of();
    List<Run> sharing =
        List.of(
            run("no Larder", 40, 10_000, none),
            run("memory only", 10, 5_000, caches(600, 200)),
            run("with Redis", 5, 2_500, caches(850, 600)));
    List<Run> killed =
        List.of(
            run("no Larder", 40, 10_000, none),
            run("memory only", 8, 4_000, caches(700, 300)),
            run("with Redis", 10, 5_000, caches(600, 200)));

    assertThat(SharedReport.of(sharing, killed))
        .isEqualTo(
            """
              first half: Redis is there    no Larder memory only  with Redis
              ------------------------------------------------------------------------------
              pages per second                     25         100         200  2.0 x as many
              response time p50              40.00 ms    10.00 ms     5.00 ms  2.0 x as fast
              response time p99              40.00 ms    10.00 ms     5.00 ms  2.0 x as fast
                slowest                      80.00 ms    20.00 ms    10.00 ms  2.0 x as fast
              time in the database             10.0 s       5.0 s       2.5 s  50 % saved
              database queries                 10,000       5,000       2,500  50 % saved
              ------------------------------------------------------------------------------
              price.quote                                  60.0 %      85.0 %  +25.0 points
              recommendations.also-bought                  20.0 %      60.0 %  +40.0 points
              hit ratio, all caches                        40.0 %      72.5 %  +32.5 points
              ------------------------------------------------------------------------------
              second half: Redis killed     no Larder memory only  with Redis
              ------------------------------------------------------------------------------
              pages per second                     25         125         100  0.8 x as many
              response time p50              40.00 ms     8.00 ms    10.00 ms  0.8 x as fast
              response time p99              40.00 ms     8.00 ms    10.00 ms  0.8 x as fast
                slowest                      80.00 ms    16.00 ms    20.00 ms  0.8 x as fast
              time in the database             10.0 s       4.0 s       5.0 s  25 % more
              database queries                 10,000       4,000       5,000  25 % more
              ------------------------------------------------------------------------------
              hit ratio, all caches                        50.0 %      40.0 %  -10.0 points
              ------------------------------------------------------------------------------
            """);
  }
}
