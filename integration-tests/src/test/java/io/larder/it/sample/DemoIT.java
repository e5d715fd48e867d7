package io.larder.it.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./demo} runs once all is built, with few requests. */
class DemoIT {

  /** Few, as a busy machine may take a second for each of the first pages. */
  private static final String REQUESTS = "40";

  private static final Duration AT_MOST = Duration.ofMinutes(5);
  private static final String SAME = "  All 40 responses are the same, byte for byte, ";

  /** With the database, which the first test makes. */
  @TempDir private static Path directory;

  private static Outcome demo(String... arguments) {
    return Jvm.of(Jdks.current())
        .systemProperty("demo.agent", AgentJar.path().toString())
        .systemProperty("demo.directory", directory.toString())
        .systemProperty("demo.sparse", "true")
        .classPath(Path.of(System.getProperty("larder.sample.jar")))
        .main("io.larder.sample.replay.Demo")
        .arguments(arguments)
        .timeout(AT_MOST)
        .run()
        .requireSuccess();
  }

  @Test
  void demo_plain_answersTheSame() {
    Outcome outcome = demo("--requests", REQUESTS);

    assertThat(outcome.stdout())
        .contains("without Larder", "with Larder")
        .contains(SAME + "with and without Larder.");
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void demo_redis_answersTheSameAlsoWithoutIt() {
    Outcome outcome = demo("--redis", "--requests", REQUESTS);

    assertThat(outcome.stdout())
        .contains("With Larder and a Redis, which is killed in the middle")
        .contains("no Larder", "memory only", "with Redis")
        .contains(SAME + "without Larder, with it,\n  with Redis, and after Redis was");
    assertThat(outcome.stderr()).isEmpty();
  }

  @Test
  void demo_restart_answersTheSameBeforeAndAfter() {
    Outcome outcome = demo("--restart", "--requests", REQUESTS);

    assertThat(outcome.stdout())
        .contains("Started again with what is on disk", "Started again with nothing")
        .contains("no Larder", "cold start", "warm start")
        .contains("after a cold and a warm start.")
        .containsPattern("All \\d+ responses are the same, byte for byte, without Larder,");
    assertThat(outcome.stderr()).isEmpty();
  }
}
