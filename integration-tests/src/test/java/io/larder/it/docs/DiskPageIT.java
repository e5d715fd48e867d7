package io.larder.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.docs.KeptPrices;
import io.larder.it.jvm.AgentJar;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jdks;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the disk: its first example is all that is needed, and is checked as it says. */
class DiskPageIT {

  @TempDir private Path directory;

  /** As the page has it, in a directory of the test's. */
  private Path example() throws IOException {
    String yaml =
        Page.of("docs/disk.md")
            .blocks("yaml")
            .get(0)
            .replace("/var/cache/shop", directory.resolve("cache").toString());
    return Files.writeString(directory.resolve("larder.yaml"), yaml);
  }

  @EachJdk
  void example_secondRun_isWarm(Jdk jdk) throws IOException {
    Jvm jvm =
        Jvm.of(jdk)
            .agent()
            .systemProperty("larder.config", example().toString())
            .testClasses()
            .main(KeptPrices.class);
    assertThat(jvm.run().requireSuccess().fact("computed")).isEqualTo("100");

    Outcome second = jvm.run().requireSuccess();
    assertThat(second.fact("computed")).isEqualTo("0");
    assertThat(second.stderr().lines()).allMatch(line -> line.startsWith("[larder] INFO "));
  }

  @Test
  void check_directoryThatCannotBe_isSaid() throws IOException {
    Path file = example();
    Jvm check = Jvm.of(Jdks.current()).jar(AgentJar.path()).arguments("check", file.toString());
    assertThat(check.run().exitCode()).isZero();

    Files.createFile(directory.resolve("cache"));
    Outcome outcome = check.run();
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.stdout() + outcome.stderr())
        .contains("larder.yaml:2:14: directory \"" + directory.resolve("cache"))
        .contains("\" is no directory: it must be a directory that the application can write to");
  }
}
