package io.larder.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartUpsTest {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final Agent NONE = new Agent("none", List.of());

  @Test
  void measure_hello_timesWholeProcesses() {
    List<String> progress = new ArrayList<>();
    List<Sample> samples =
        StartUps.measure(JAVA, List.of(hello("")), List.of(NONE), 1, progress::add);
    assertThat(samples).hasSize(1);
    assertThat(samples.get(0).wallMillis()).isPositive();
    assertThat(samples.get(0).cpuMillis()).isPositive();
    assertThat(progress).containsExactly("start-up, round 0 of 1", "start-up, round 1 of 1");
  }

  @Test
  void measure_untilALine_stopsThere() {
    assertThat(StartUps.measure(JAVA, List.of(hello("hello")), List.of(NONE), 1, line -> {}))
        .hasSize(1);
  }

  @Test
  void measure_aLineThatNeverComes_showsWhatCame() {
    assertThatThrownBy(
            () -> StartUps.measure(JAVA, List.of(hello("Started")), List.of(NONE), 1, line -> {}))
        .hasMessage("hello with none ended before it was up: hello");
  }

  private static Application hello(String startedLine) {
    String classes = System.getProperty("java.class.path");
    return new Application("hello", List.of("-cp", classes, Hello.class.getName()), startedLine);
  }
}
