package io.larder.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.benchmarks.paired.Question;
import io.larder.benchmarks.questions.Questions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void parse_nothing_isEverythingIntoTheDocumentation() {
    Options options = Options.parse(List.of());
    assertThat(options.output()).isEqualTo(Path.of("docs/benchmarks.md"));
    assertThat(options.launches()).isEqualTo(5);
    assertThat(options.startUps()).isEqualTo(15);
    assertThat(options.questions()).isEqualTo(Questions.all());
  }

  @Test
  void parse_quick_leavesTheDocumentationAlone() {
    assertThat(Options.parse(List.of("--quick")).output())
        .isEqualTo(Path.of("benchmarks/target/benchmarks.md"));
  }

  @Test
  void parse_question_leavesOutStartUp() {
    Options options = Options.parse(List.of("--question", "miss", "--launches", "3"));
    assertThat(options.questions()).extracting(Question::id).containsExactly("miss");
    assertThat(options.startUps()).isZero();
    assertThat(options.diskStartUps()).isZero();
    assertThat(options.launches()).isEqualTo(3);
    assertThat(options.output()).isEqualTo(Path.of("benchmarks/target/benchmarks.md"));
  }

  @Test
  void parse_diskStartUps_areNamedAlone() {
    assertThat(Options.parse(List.of("--start-ups", "3")).diskStartUps()).isEqualTo(3);
    Options options = Options.parse(List.of("--question", "disk-hit", "--disk-start-ups", "9"));
    assertThat(options.startUps()).isZero();
    assertThat(options.diskStartUps()).isEqualTo(9);
  }

  @Test
  void parse_withoutStartUps_isNoPageForTheDocumentation() {
    assertThat(Options.parse(List.of("--start-ups", "0")).output())
        .isEqualTo(Path.of("benchmarks/target/benchmarks.md"));
    assertThat(Options.parse(List.of("--launches", "3")).output())
        .isEqualTo(Path.of("docs/benchmarks.md"));
    assertThat(Options.parse(List.of("--question", "miss", "--output", "a.md")).output())
        .isEqualTo(Path.of("a.md"));
  }

  @Test
  void parse_mistakes_areNamed() {
    assertThatThrownBy(() -> Options.parse(List.of("--fast")))
        .hasMessage("unknown option \"--fast\"; ./benchmarks/run --help lists them");
    assertThatThrownBy(() -> Options.parse(List.of("--agent", "nowhere.jar")))
        .hasMessage("--agent: there is no file " + Path.of("nowhere.jar").toAbsolutePath());
    assertThatThrownBy(() -> Options.parse(List.of("--launches", "none")))
        .hasMessage("--launches must be a whole number of at least 1: none");
    assertThatThrownBy(() -> Options.parse(List.of("--rounds")))
        .hasMessage("--rounds needs a value after it");
    assertThatThrownBy(() -> Options.parse(List.of("--question", "hits")))
        .hasMessageStartingWith("unknown question \"hits\"; known: hit-long, ");
  }
}
