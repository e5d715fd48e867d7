package io.larder.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.benchmarks.paired.Measurement;
import io.larder.benchmarks.questions.Questions;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

  private static final String CAFFEINE = "hand-written Caffeine";

  @Test
  void of_launches_takesTheirMediansAndTheRange() {
    Row row =
        Row.of(
                Questions.byId("hit-long"),
                /* threads= */ 2,
                List.of(launch(5.0, 6.0, 1.2), launch(4.0, 4.4, 1.1), launch(6.0, 9.0, 1.5)))
            .get(0);
    assertThat(Report.line(row))
        .isEqualTo(
            "| hit, one long | 2 | hand-written Caffeine | 5.00 | 6.00 |"
                + " **1.20** (1.10 - 1.50) | 24 | 24 | at most 1.25x | yes |");
  }

  @Test
  void of_launches_aMissedGoalIsSaid() {
    Row row = Row.of(Questions.byId("hit-long"), 1, List.of(launch(5.0, 10.0, 2.0))).get(0);
    assertThat(Report.line(row)).endsWith("| at most 1.25x | **no** |");
  }

  @Test
  void of_aMuchSlowerPeer_saysHowManyTimes() {
    List<Measurement> launch =
        List.of(
            new Measurement(CAFFEINE, 5, 24, 1),
            new Measurement("Spring @Cacheable on Caffeine (proxy)", 300, 608, 0.02),
            new Measurement("Larder", 6, 24, 1));
    List<Row> rows = Row.of(Questions.byId("spring-long"), 1, List.of(launch));
    assertThat(rows).extracting(Row::against).hasSize(2).doesNotContain("Larder");
    assertThat(Report.line(rows.get(1)))
        .contains("| 300 | 6.00 | **0.0200** (0.0200 - 0.0200), 50x faster | 608 | 24 |")
        .endsWith("| at least 30x faster | yes |");
  }

  private static List<Measurement> launch(double caffeine, double larder, double ratio) {
    return List.of(
        new Measurement(CAFFEINE, caffeine, 24, ratio), new Measurement("Larder", larder, 24, 1));
  }
}
