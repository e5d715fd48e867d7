package io.larder.it.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

class JvmIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @EachJdk
  void run_application_outputAndExitCodeAreCaptured(Jdk jdk) {
    Outcome outcome = Jvm.of(jdk).testClasses().main(Echo.class).arguments("7").run();

    assertThat(outcome.fact("version")).isEqualTo(Integer.toString(jdk.feature()));
    assertThat(outcome.stderr()).isEqualTo("to stderr\n");
    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThatThrownBy(outcome::requireSuccess).hasMessageContaining("Exit code 7, expected 0");
  }

  @EachJdk
  void awaitLine_applicationAnswers_linesAreFoundInOrder(Jdk jdk) {
    try (RunningJvm jvm = Jvm.of(jdk).testClasses().main(Echo.class).arguments("0").start()) {
      jvm.awaitLine("^version=", SOON);
      jvm.writeLine("first");
      assertThat(jvm.awaitLine("read (.*)", SOON).group(1)).isEqualTo("first");
      jvm.writeLine("second");
      assertThat(jvm.awaitLine("read (.*)", SOON).group(1)).isEqualTo("second");
      jvm.writeLine("");
      assertThat(jvm.waitFor(SOON).exitCode()).isZero();
    }
  }

  @EachJdk
  void close_runningApplication_endsIt(Jdk jdk) {
    RunningJvm jvm = Jvm.of(jdk).testClasses().main(Echo.class).arguments("0").start();
    jvm.awaitLine("^version=", SOON);
    jvm.close();

    assertThat(jvm.handle().isAlive()).isFalse();
  }
}
