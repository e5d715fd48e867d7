package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.runtime.config.Configuration.Switches;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentSettingsTest {

  private static final Map<String, String> NONE = Map.of();

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", ";", " ; ;"})
  void read_nothing_defaultsHold(String arguments) {
    AgentSettings settings = AgentSettings.read(arguments, NONE, NONE);

    assertThat(settings.enabled(Switches.NONE)).isTrue();
    assertThat(settings.log(Switches.NONE)).isEqualTo("info");
    assertThat(settings.management(Switches.NONE)).isEqualTo("full");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void read_arguments_areTaken() {
    AgentSettings settings =
        AgentSettings.read("enabled=false;log=debug;management=read-only", NONE, NONE);

    assertThat(settings.enabled(Switches.NONE)).isFalse();
    assertThat(settings.log(Switches.NONE)).isEqualTo("debug");
    assertThat(settings.management(Switches.NONE)).isEqualTo("read-only");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void read_everywhere_argumentThenPropertyThenEnvironment() {
    Map<String, String> properties = Map.of("larder.log", "warn", "larder.management", "off");
    Map<String, String> environment =
        Map.of("LARDER_LOG", "error", "LARDER_MANAGEMENT", "read-only", "LARDER_ENABLED", "false");

    AgentSettings settings = AgentSettings.read("log=debug", properties, environment);

    assertThat(settings.log(Switches.NONE)).isEqualTo("debug");
    assertThat(settings.management(Switches.NONE)).isEqualTo("off");
    assertThat(settings.enabled(Switches.NONE)).isFalse();
    assertThat(settings.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"log=DEBUG", " log = debug ", "log=debug;", ";;log=Debug", "log=debug ;"})
  void read_argument_inAnyCaseAndSpacing(String arguments) {
    AgentSettings settings = AgentSettings.read(arguments, NONE, NONE);

    assertThat(settings.log(Switches.NONE)).isEqualTo("debug");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void read_sameArgumentTwice_lastHolds() {
    assertThat(AgentSettings.read("log=debug;log=warn", NONE, NONE).log(Switches.NONE))
        .isEqualTo("warn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          speed=fast     | unknown agent argument "speed" is ignored; known: config, enabled, log, management
          LOG=debug      | unknown agent argument "LOG" is ignored; known: config, enabled, log, management
          =debug         | unknown agent argument "" is ignored; known: config, enabled, log, management
          log,debug      | unknown agent argument "log,debug" is ignored; known: config, enabled, log, management
          log            | agent argument "log" has no value and is ignored; write log=...
          log=loud       | agent argument log must be one of trace, debug, info, warn, error, off: "loud"; info holds
          log=           | agent argument log must be one of trace, debug, info, warn, error, off: ""; info holds
          log=a=b        | agent argument log must be one of trace, debug, info, warn, error, off: "a=b"; info holds
          enabled=no     | agent argument enabled must be one of true, false: "no"; true holds
          management=ro  | agent argument management must be one of off, read-only, full: "ro"; full holds
          """)
  void read_wrongArgument_saysWhatAndDefaultsHold(String arguments, String problem) {
    AgentSettings settings = AgentSettings.read(arguments, NONE, NONE);

    assertThat(settings.problems()).containsExactly(problem);
    assertThat(settings.enabled(Switches.NONE)).isTrue();
    assertThat(settings.log(Switches.NONE)).isEqualTo("info");
    assertThat(settings.management(Switches.NONE)).isEqualTo("full");
  }

  @Test
  void read_wrongProperty_namesIt() {
    assertThat(AgentSettings.read(null, Map.of("larder.log", "loud"), NONE).problems())
        .containsExactly(
            "system property larder.log must be one of trace, debug, info, warn, error, off: \"loud\";"
                + " info holds");
  }

  @Test
  void read_wrongEnvironment_namesIt() {
    assertThat(AgentSettings.read(null, NONE, Map.of("LARDER_ENABLED", "0")).problems())
        .containsExactly(
            "environment variable LARDER_ENABLED must be one of true, false: \"0\"; true holds");
  }

  @Test
  void read_severalWrong_saysAllAtOnce() {
    AgentSettings settings =
        AgentSettings.read("speed=fast;enabled;log=loud", Map.of("larder.management", "?"), NONE);

    assertThat(settings.problems())
        .containsExactly(
            "unknown agent argument \"speed\" is ignored; known: config, enabled, log, management",
            "agent argument \"enabled\" has no value and is ignored; write enabled=...",
            "agent argument log must be one of trace, debug, info, warn, error, off: \"loud\"; info holds",
            "system property larder.management must be one of off, read-only, full: \"?\";"
                + " full holds");
  }

  @Test
  void read_propertyThatIsNoText_isIgnored() {
    Properties properties = new Properties();
    properties.put("larder.log", 3);

    AgentSettings settings = AgentSettings.read(null, properties, NONE);

    assertThat(settings.log(Switches.NONE)).isEqualTo("info");
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void read_theFileSaysMore_holdsWhereNothingStrongerIsSaid() {
    Switches file = new Switches(false, "warn", "off", null);
    AgentSettings silent = AgentSettings.read(null, NONE, NONE);
    AgentSettings told = AgentSettings.read("enabled=true;log=debug;management=full", NONE, NONE);

    assertThat(silent.enabled(file)).isFalse();
    assertThat(silent.log(file)).isEqualTo("warn");
    assertThat(silent.management(file)).isEqualTo("off");
    assertThat(told.enabled(file)).isTrue();
    assertThat(told.log(file)).isEqualTo("debug");
    assertThat(told.management(file)).isEqualTo("full");
  }

  @Test
  void read_config_isTheStrongestThatNamesOne() {
    Map<String, String> properties = Map.of("larder.config", "/b");
    Map<String, String> environment = Map.of("LARDER_CONFIG", "/c");

    assertThat(AgentSettings.read("config=/a", properties, environment).config()).isEqualTo("/a");
    assertThat(AgentSettings.read(null, properties, environment).config()).isEqualTo("/b");
    assertThat(AgentSettings.read(null, NONE, environment).config()).isEqualTo("/c");
    assertThat(AgentSettings.read(null, NONE, NONE).config()).isNull();
  }
}
