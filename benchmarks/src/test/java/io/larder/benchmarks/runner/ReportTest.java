package io.larder.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

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
