package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.larder.sample.replay.DemoOptions.Show;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

  @Test
  void parse_nothing_takesTheDefaults() {
    assertThat(DemoOptions.parse()).isEqualTo(new DemoOptions(Show.LARDER, 12_000, 2));
  }

  @Test
  void parse_numbers_takesThem() {
    assertThat(DemoOptions.parse("--threads", "4", "--requests", "100"))
        .isEqualTo(new DemoOptions(Show.LARDER, 100, 4));
  }

  @Test
  void parse_all_isTheWholeTrace() throws Exception {
    assertThat(DemoOptions.parse("--all").requests()).isEqualTo(Trace.web12().size());
  }

  @Test
  void parse_serve_serves() {
    assertThat(DemoOptions.parse("--serve").show()).isEqualTo(Show.SHOP);
  }

  @Test
  void parse_redis_takesFewerRequestsUnlessSaid() {
    assertThat(DemoOptions.parse("--redis")).isEqualTo(new DemoOptions(Show.REDIS, 8_000, 2));
    assertThat(DemoOptions.parse("--redis", "--requests", "2").requests()).isEqualTo(2);
  }

  @Test
  void parse_restart_takesFewerRequestsUnlessSaid() {
    assertThat(DemoOptions.parse("--restart")).isEqualTo(new DemoOptions(Show.RESTART, 6_000, 2));
    assertThat(DemoOptions.parse("--restart", "--requests", "40").requests()).isEqualTo(40);
  }

  @Test
  void parse_help_helps() {
    assertThat(DemoOptions.parse("-h").show()).isEqualTo(Show.HELP);
    assertThat(DemoOptions.parse("--redis", "--help").show()).isEqualTo(Show.HELP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--foo | unknown argument \"--foo\"; known: --requests N, --all, --threads N, --redis,"
            + " --restart, --serve, --help",
        "--requests | --requests must be a number from 1 to 95,607; there is none",
        "--requests x | --requests must be a number from 1 to 95,607: x",
        "--requests 0 | --requests must be a number from 1 to 95,607: 0",
        "--requests 95608 | --requests must be a number from 1 to 95,607: 95608",
        "--threads 9 | --threads must be a number from 1 to 8: 9",
        "--all --requests 5 | --all and --requests exclude each other; give one",
        "--serve --all | --serve compares nothing, so it goes without --all, --requests, --threads,"
            + " --redis and --restart",
        "--serve --redis | --serve compares nothing, so it goes without --all, --requests,"
            + " --threads, --redis and --restart",
        "--redis --restart | --redis and --restart exclude each other; give one",
        "--redis --requests 1 | --redis and --restart need two requests or more, some of them for"
            + " when something was killed",
        "--restart --requests 1 | --redis and --restart need two requests or more, some of them for"
            + " when something was killed"
      })
  void parse_wrong_namesArgumentValueAndRule(String arguments, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoOptions.parse(arguments.split(" ")))
        .withMessage(message);
  }
}
