package io.larder.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.benchmarks.live.LiveRow;
import io.larder.benchmarks.startup.Sample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Jdk JDK = new Jdk(Path.of("jdk"), "17.0.15");

  @Test
  void startUps_samples_comparesRoundsWithNoAgent() {
    Report report = report();
    report.startUps(
        JDK,
        List.of(
            new Sample(Report.HELLO, Report.NO_AGENT, 40, 41),
            new Sample(Report.HELLO, Report.LARDER, 77, 99), // + 37, x 1.925
            new Sample(Report.HELLO, Report.LARDER, 75, 99), // + 55, x 3.75
            new Sample(Report.HELLO, Report.NO_AGENT, 20, 31),
            new Sample(Report.HELLO, Report.NO_AGENT, 160, 51),
            new Sample(Report.HELLO, Report.LARDER, 200, 99), // + 40, x 1.25
            new Sample(Report.BOOT, Report.NO_AGENT, 5000, 9000),
            new Sample(Report.BOOT, Report.LARDER, 5300, 9090)));
    assertThat(report.text())
        .contains("## Start-up, JDK 17.0.15")
        .contains("| hello-world | no agent | 3 | 40 (20) | 41 | +0 ms, +0.0 % | +0 ms |  |  |")
        .contains(
            "| hello-world | Larder | 3 | 77 (75) | 99 | +40 ms, +92.5 % | +58 ms |"
                + " within 50 ms of no agent | yes |")
        .contains(
            "| 5300 (5300) | 9090 | +300 ms, +6.0 % | +90 ms | within 5 % of no agent | **no** |");
  }

  @Test
  void startUps_withRules_comparesWithLarderWithoutThem() {
    Report report = report();
    report.startUps(
        JDK,
        List.of(
            new Sample(Report.HELLO, Report.NO_AGENT, 40, 41),
            new Sample(Report.HELLO, Report.LARDER, 77, 99),
            new Sample(Report.HELLO, Report.RULES, 80, 99),
            new Sample(Report.BOOT, Report.NO_AGENT, 5000, 9000),
            new Sample(Report.BOOT, Report.LARDER, 5100, 9090),
            new Sample(Report.BOOT, Report.RULES, 5202, 9190)));
    assertThat(report.text())
        .contains(
            "the same, over Larder without them | 1 | 5202 (5202) | 9190 | +102 ms, +2.0 % | +100 ms"
                + " | within 5 % of without | yes |");
  }

  @Test
  void live_rows_haveTheirGoals() {
    Report report = report();
    report.live(
        JDK,
        LiveRow.parse(
            List.of(
                "[larder] INFO whatever",
                "live\tweave\t1\t10000\t20.0\t5.0",
                "live\tunweave\t1\t10000\t10.0\t60.0",
                "live\tweave\t1\t10000\t1200.0\t6.0",
                "live\tweave\t1\t10000\t30.0\t7.0")));
    assertThat(report.text())
        .contains("## Weaving into a running JVM, JDK 17.0.15")
        .contains(
            "| weave | 1 | 10000 | 30 (1200) | 7.0 | within 1 s, no pause over 50 ms | **no** |")
        .contains("| unweave | 1 | 10000 | 10 (10) | 60.0 | no pause over 50 ms | **no** |");
  }

  @Test
  void text_header_namesTheRun() {
    assertThat(report().text())
        .startsWith("# Benchmarks\n")
        .contains("- Command: `./benchmarks/run --quick`\n")
        .contains("- JDKs: 17.0.15\n")
        .contains("- Compared with: caffeine-3.3.1\n")
        .contains("- 2 launches per question, 100 measured rounds each");
  }

  private static Report report() {
    return new Report(
        Options.parse(List.of("--quick")),
        List.of("caffeine-3.3.1"),
        List.of(JDK),
        Scheduling.ordinary(),
        "--quick");
  }
}
