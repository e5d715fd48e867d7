package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void step_noTerminal_writesALineAtEachQuarter() {
    run(/* terminal= */ false, 1_000);
    assertThat(written().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("  warm-up  ["))
        .noneMatch(line -> line.contains("\r"))
        .allMatch(line -> line.length() < 80);
    assertThat(written())
        .contains("[######..................]  25 %     250 of  1,000  ")
        .contains("[########################] 100 %   1,000 of  1,000  ");
  }

  @Test
  void step_noTerminalAndFewSteps_writesNoMoreLinesThanSteps() {
    run(/* terminal= */ false, 2);
    assertThat(written().lines()).hasSize(2);
  }

  @Test
  void finish_terminal_endsOneLineAtItsFullLength() {
    run(/* terminal= */ true, 1_000);
    assertThat(written()).endsWith("\n").containsOnlyOnce("\n").contains("100 %   1,000 of  1,000");
  }

  private void run(boolean terminal, int total) {
    ProgressBar bar = new ProgressBar(out, terminal, "warm-up", total);
    for (int i = 0; i < total; i++) {
      bar.step();
    }
    bar.finish();
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
