package io.larder.sample.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {

  @Test
  void parse_nothing_takesTheDefaults() {
    assertThat(DemoOptions.parse()).isEqualTo(new DemoOptions(false, false, false, 12_000, 2));
  }

  @Test
  void parse_numbers_takesThem() {
    assertThat(DemoOptions.parse("--threads", "4", "--requests", "100"))
        .isEqualTo(new DemoOptions(false, false, false, 100, 4));
  }

  @Test
  void parse_all_isTheWholeTrace() throws Exception {
    assertThat(DemoOptions.parse("--all").requests()).isEqualTo(Trace.web12().size());
  }

  @Test
  void parse_serve_serves() {
    assertThat(DemoOptions.parse("--serve").serve()).isTrue();
  }

  @Test
  void parse_redis_takesFewerRequestsUnlessSaid() {
    assertThat(DemoOptions.parse("--redis"))
        .isEqualTo(new DemoOptions(false, false, true, 8_000, 2));
    assertThat(DemoOptions.parse("--redis", "--requests", "2").requests()).isEqualTo(2);
  }

  @Test
  void parse_help_helps() {
    assertThat(DemoOptions.parse("-h").help()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--foo | unknown argument \"--foo\"; known: --requests N, --all, --threads N, --redis,"
            + " --serve, --help",
        "--requests | --requests must be a number from 1 to 95,607; there is none",
        "--requests x | --requests must be a number from 1 to 95,607: x",
        "--requests 0 | --requests must be a number from 1 to 95,607: 0",
        "--requests 95608 | --requests must be a number from 1 to 95,607: 95608",
        "--threads 9 | --threads must be a number from 1 to 8: 9",
        "--all --requests 5 | --all and --requests exclude each other; give one",
        "--serve --all | --serve compares nothing, so it goes without --all, --requests, --threads"
            + " and --redis",
        "--serve --redis | --serve compares nothing, so it goes without --all, --requests,"
            + " --threads and --redis",
        "--redis --requests 1 | --redis needs two requests or more, half of them for when Redis is"
            + " killed"
      })
  void parse_wrong_namesArgumentValueAndRule(String arguments, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemoOptions.parse(arguments.split(" ")))
        .withMessage(message);
  }
}
