package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedConfigurationTest {

  private static final String WHOLE = "defaults:\n  ttl: 30s\n";

  /** What was applied, and what became of the file. */
  private final List<String> told = new ArrayList<>();

  @TempDir private Path directory;
  private Path file;
  private LiveConfiguration configuration;

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(directory.resolve("larder.yaml"), "defaults:\n  ttl: 5m\n");
    configuration = new LiveConfiguration(file, new Telling());
    configuration.reload();
    told.clear();
  }

  @Test
  void lookAgain_unchanged_nothingIsRead() {
    configuration.lookAgain();
    configuration.lookAgain();

    assertThat(told).isEmpty();
  }

  @Test
  void lookAgain_changed_isReadWhenTheNextLookSeesTheSame() throws IOException {
    Files.writeString(file, WHOLE);
    configuration.lookAgain();
    assertThat(told).isEmpty();

    configuration.lookAgain();
    configuration.lookAgain();
    assertThat(told).containsExactly("applied ttl=30s", "event true");
  }

  @Test
  void lookAgain_whileItIsWritten_onlyTheWholeIsRead() throws IOException {
    Files.writeString(file, WHOLE.substring(0, 11));
    configuration.lookAgain();
    Files.writeString(file, WHOLE.substring(0, 15));
    configuration.lookAgain();
    Files.writeString(file, WHOLE);
    configuration.lookAgain();
    assertThat(told).isEmpty();

    configuration.lookAgain();
    assertThat(told).containsExactly("applied ttl=30s", "event true");
    assertThat(configuration.problem()).isNull();
  }

  @Test
  void lookAgain_takenAwayForAMoment_isNoProblem() throws IOException {
    Files.delete(file);
    configuration.lookAgain();
    Files.writeString(file, WHOLE);
    configuration.lookAgain();
    configuration.lookAgain();

    assertThat(told).containsExactly("applied ttl=30s", "event true");
  }

  @Test
  void lookAgain_goneForGood_isToldOnce() throws IOException {
    Files.delete(file);
    for (int look = 0; look < 4; look++) {
      configuration.lookAgain();
    }

    assertThat(told).containsExactly("event false");
    assertThat(configuration.problem()).endsWith("is not there, and what held before still holds.");
  }

  private final class Telling implements LiveConfiguration.Applier {
    @Override
    public String apply(Configuration before, Configuration after, String fileName) {
      told.add("applied " + after.defaults());
      return "something";
    }

    @Override
    public void event(boolean applied, String message) {
      told.add("event " + applied);
    }
  }
}
