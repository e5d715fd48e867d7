package io.larder.sample.replay;

import static io.larder.sample.replay.RunFixtures.caches;
import static io.larder.sample.replay.RunFixtures.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestartReportTest {

  @Test
  void of_threeStarts_comparesTheLastTwo() {
    List<Run> starts =
        List.of(
            run("no Larder", 40, 10_000, Map.of()),
            run("cold start", 20, 8_000, caches(200, 100)),
            run("warm start", 10, 4_000, caches(700, 500)));

    assertThat(RestartReport.of(starts))
        .isEqualTo(
            """
              first 1,000 after the start   no Larder  cold start  warm start
              ------------------------------------------------------------------------------
              pages per second                     25          50         100  2.0 x as many
              response time p50              40.00 ms    20.00 ms    10.00 ms  2.0 x as fast
              response time p99              40.00 ms    20.00 ms    10.00 ms  2.0 x as fast
                slowest                      80.00 ms    40.00 ms    20.00 ms  2.0 x as fast
              time in the database             10.0 s       8.0 s       4.0 s  50 % saved
              database queries                 10,000       8,000       4,000  50 % saved
              ------------------------------------------------------------------------------
              price.quote                                  20.0 %      70.0 %  +50.0 points
              recommendations.also-bought                  10.0 %      50.0 %  +40.0 points
              hit ratio, all caches                        15.0 %      60.0 %  +45.0 points
              ------------------------------------------------------------------------------
            """);
  }
}
