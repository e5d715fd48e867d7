package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.larder.runtime.config.Configuration;
import io.larder.runtime.logging.Log;
import io.larder.runtime.management.AgentControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigurationTest {

  private static final String ONE = "defaults: {ttl: 1m}";
  private static final String TWO = "defaults: {ttl: 2m}";

  @TempDir private Path directory;

  private final Applied applied = new Applied();
  private LiveConfiguration live = new LiveConfiguration(null, applied);

  /** Stands for the JVM in which a configuration holds. */
  private static final class Applied implements LiveConfiguration.Applier {
    private final List<Configuration> configurations = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    @Override
    public String apply(Configuration before, Configuration after, String fileName) {
      assertThat(before).isEqualTo(holding());
      configurations.add(after);
      return "ttl is " + after.defaults();
    }

    @Override
    public void event(boolean isApplied, String message) {
      events.add((isApplied ? "applied: " : "failed: ") + message);
    }

    Configuration holding() {
      return configurations.isEmpty()
          ? Configuration.EMPTY
          : configurations.get(configurations.size() - 1);
    }
  }

  @BeforeEach
  void keepStandardErrorClean() {
    Log.setLevel("off");
    live = new LiveConfiguration(file(), applied);
  }

  @AfterEach
  void restore() {
    Log.setLevel("info");
  }

  private Path file() {
    return directory.resolve("larder.yaml");
  }

  private String reload(String text) throws IOException {
    Files.writeString(file(), text);
    return live.reload();
  }

  @Test
  void reload_aRightFile_isAppliedAsAVersion() throws IOException {
    assertThat(reload(ONE)).isEqualTo("larder.yaml is applied as version 1: ttl is ttl=1m.");
    assertThat(reload(TWO)).isEqualTo("larder.yaml is applied as version 2: ttl is ttl=2m.");
    assertThat(applied.holding()).isEqualTo(Configurations.of(TWO));
    assertThat(live.history())
        .extracting(AgentControl.Version::number, AgentControl.Version::changes)
        .containsExactly(tuple(2, "ttl is ttl=2m"), tuple(1, "ttl is ttl=1m"));
    assertThat(live.problem()).isNull();
    assertThat(live.source()).isEqualTo(file().toString());
  }

  @Test
  void reload_sameText_changesNothing() throws IOException {
    reload(ONE);
    assertThat(reload(ONE)).isEqualTo("Nothing changed.");
    assertThat(applied.configurations).hasSize(1);
    assertThat(applied.events).hasSize(1);
  }

  @Test
  void reload_oneMistake_appliesNothingOfTheFile() throws IOException {
    reload(ONE);
    String answer = reload(TWO + "\nlog: inf\nwacht: 2s");
    assertThat(answer)
        .startsWith(
            "larder.yaml is not applied, and what held before still holds; 2 problems to mend:\n"
                + "larder.yaml:2:6: log must be one of")
        .contains("\nlarder.yaml:3:1: unknown setting \"wacht\"");
    assertThat(live.problem()).isEqualTo(answer);
    assertThat(applied.holding()).isEqualTo(Configurations.of(ONE));
    assertThat(applied.events).last().isEqualTo("failed: " + answer);
    assertThat(live.history()).hasSize(1);
    assertThat(live.reload()).as("asked again").isEqualTo(answer);
  }

  @Test
  void reload_mendedBackToWhatHolds_isNoProblemAnyMore() throws IOException {
    reload(ONE);
    reload("wacht: 2s");
    assertThat(reload(ONE)).isEqualTo("Nothing changed.");
    assertThat(live.problem()).isNull();
  }

  @Test
  void reload_fileIsGone_whatHeldStillHolds() throws IOException {
    reload(ONE);
    Files.delete(file());
    assertThat(live.reload())
        .isEqualTo(file() + " is not there, and what held before still holds.");
    assertThat(applied.holding()).isEqualTo(Configurations.of(ONE));
  }

  @Test
  void reload_firstFileIsWrong_nothingOfItHolds() throws IOException {
    assertThat(reload("ttl: 1m"))
        .startsWith("larder.yaml is not applied, and nothing of it holds; 1 problem to mend:\n");
    assertThat(applied.configurations).isEmpty();
    assertThat(live.history()).isEmpty();
  }

  @Test
  void reload_tooLargeOrNoText_isRefused() throws IOException {
    assertThat(reload("#".repeat(1 << 20) + "#"))
        .isEqualTo("larder.yaml is larger than 1 MB, and nothing of it holds.");
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(live.reload())
        .isEqualTo("larder.yaml is not UTF-8, and nothing of it holds; save it in that encoding.");
    Files.delete(file());
    Files.createDirectory(file());
    assertThat(live.reload()).isEqualTo(file() + " is no file, and nothing of it holds.");
  }

  @Test
  void reload_withoutAFile() {
    LiveConfiguration none = new LiveConfiguration(null, applied);
    assertThat(none.reload()).isEqualTo("There is no configuration file.");
    assertThat(none.source()).isEqualTo("none");
  }

  @Test
  void rollback_isAVersionOfItsOwn() throws IOException {
    reload(ONE);
    reload(TWO);
    assertThat(live.rollback(1)).isEqualTo("rollback to 1 is applied as version 3: ttl is ttl=1m.");
    assertThat(applied.holding()).isEqualTo(Configurations.of(ONE));
    assertThat(live.rollback(2)).startsWith("rollback to 2 is applied as version 4");
    assertThat(live.history()).extracting(AgentControl.Version::number).containsExactly(4, 3, 2, 1);
    Files.writeString(file(), TWO);
    assertThat(live.reload()).startsWith("larder.yaml is applied as version 5");
    assertThat(live.reload()).isEqualTo("Nothing changed.");
  }

  @Test
  void rollback_noSuchVersion_saysWhichThereAre() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> live.rollback(1))
        .withMessage("there is no version 1; there are: none");
    reload(ONE);
    reload(TWO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> live.rollback(3))
        .withMessage("there is no version 3; there are: 2, 1");
    assertThat(applied.holding()).isEqualTo(Configurations.of(TWO));
  }

  @Test
  void history_keepsTheLastFifty() throws IOException {
    for (int seconds = 1; seconds <= 60; seconds++) {
      reload("defaults: {ttl: " + seconds + "s}");
    }
    assertThat(live.history()).hasSize(50);
    assertThat(live.history().get(0).number()).isEqualTo(60);
    assertThatIllegalArgumentException().isThrownBy(() -> live.rollback(10));
  }

  @Test
  void use_anotherFile_holdsFromNowOn() throws IOException {
    reload(ONE);
    Path other = Files.writeString(directory.resolve("other.yaml"), TWO);
    assertThat(live.use(other)).isEqualTo("other.yaml is applied as version 2: ttl is ttl=2m.");
    assertThat(live.source()).isEqualTo(other.toString());
  }

  @Test
  void use_aWrongFile_allIsAsBefore() throws IOException {
    reload(ONE);
    Path other = Files.writeString(directory.resolve("other.yaml"), "wacht: 2s");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> live.use(other))
        .withMessageStartingWith("other.yaml is not applied, and what held before still holds");
    assertThat(live.source()).isEqualTo(file().toString());
    assertThat(live.problem()).isNull();
    assertThat(applied.holding()).isEqualTo(Configurations.of(ONE));
  }
}
