package io.larder.agent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.Cached;
import io.larder.agent.ClassFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  private static final String SHOP = Shop.class.getName();

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** What is looked at; never loaded from there. */
  static class Shop {
    int price(long product) {
      return (int) product;
    }

    void save(long product) {}

    @Cached
    void refusedByItsAnnotation() {}
  }

  private int run(String... arguments) {
    return new CommandLine(
            new PrintStream(out, /* autoFlush= */ true, UTF_8),
            new PrintStream(err, /* autoFlush= */ true, UTF_8))
        .run(List.of(arguments));
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("larder.yaml"), yaml.replace("Shop#", SHOP + "#"))
        .toString();
  }

  private String classes() throws IOException {
    Path classFile = directory.resolve("classes").resolve(SHOP.replace('.', '/') + ".class");
    Files.createDirectories(classFile.getParent());
    Files.write(classFile, ClassFiles.of(Shop.class));
    return directory.resolve("classes").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | a command is missing",
        "atach                 | unknown command \"atach\"",
        "list 4711             | list takes nothing: 4711",
        "attach                | attach takes the id of a process and, perhaps, a larder.yaml",
        "attach 1 a.yaml b     | attach takes the id of a process and, perhaps, a larder.yaml",
        "attach larder.yaml    | the id of a process must be a number: \"larder.yaml\"",
        "detach                | detach takes the id of a process",
        "explain -1            | the id of a process must be a number: \"-1\"",
        "check                 | check takes a larder.yaml",
        "check --classpath     | --classpath takes jars and directories",
      })
  void run_badUsage_saysWhatIsWrongAndHowToWriteIt(String arguments, String message) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith(message + "\nusage: java -jar larder-agent.jar ");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"help", "--help", "-h"})
  void run_help_isNoFailure(String argument) {
    assertThat(run(argument)).isZero();
    assertThat(out.toString(UTF_8)).startsWith("usage: ").contains("check <larder.yaml>");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void check_fileThatIsNotThere_failsWithoutUsage() {
    Path gone = directory.resolve("gone.yaml");
    assertThat(run("check", gone.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("there is no " + gone + "\n");
  }

  @Test
  void check_wrongFile_saysAllThatIsWrong() throws IOException {
    assertThat(run("check", file("log: inf\nwacht: 2s"))).isEqualTo(1);
    assertThat(out.toString(UTF_8).lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("larder.yaml:1:6: "))
        .anyMatch(line -> line.startsWith("larder.yaml:2:1: "));
  }

  @Test
  void check_redis_isLookedAtWithItsFiles() throws IOException {
    Path absent = directory.resolve("absent");
    String file =
        file(
            "redis:\n  uri: redis://host:x\n  offlineTtl: 10s\n  allow: [com.acme.*]\n"
                + "  passwordFile: "
                + absent
                + "\n");
    assertThat(run("check", file)).isEqualTo(1);
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "larder.yaml:2:8: redis.uri \"redis://host:x\": the port must be a number from 1 to"
                + " 65535: \"x\"",
            "larder.yaml:3:15: offlineTtl must be at most 3s, which is how long what others"
                + " invalidate may be served, or \"off\": \"10s\"",
            "larder.yaml:4:10: allow must be names of classes, each in full, as a pattern would let"
                + " others in: \"com.acme.*\"",
            "larder.yaml:5:17: passwordFile \""
                + absent
                + "\" does not exist: it must be a file that the application can read");
  }

  @Test
  void redisCheck_prefixThatCannotBe_saysTheRule() {
    assertThat(run("redis-check", "redis://host", "--prefix", "a b")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith(
            "--prefix is redis.keyPrefix; keyPrefix must be 1 to 100 letters, digits, '.', '_', ':'"
                + " or '-': \"a b\"\n");
  }

  @Test
  void check_withoutClassPath_looksAtTheFileAlone() throws IOException {
    assertThat(run("check", file("log: info"))).isZero();
    assertThat(out.toString(UTF_8)).startsWith("larder.yaml is right.");
  }

  @Test
  void check_rulesThatMatch_saysWhatEachDoes() throws IOException {
    String file = file("caches:\n  prices:\n    methods: Shop#price\n    invalidatedBy: Shop#save");
    assertThat(run("check", file, "--classpath", classes())).isZero();
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "larder.yaml:3: " + SHOP + "#price",
            "  " + SHOP + "#price(long) is cached in \"prices\"",
            "larder.yaml:4: " + SHOP + "#save",
            "  " + SHOP + "#save(long) invalidates \"prices\"");
  }

  @Test
  void check_ruleThatMatchesNothing_fails() throws IOException {
    String file = file("caches:\n  prices:\n    methods: Shop#prise");
    assertThat(run("check", file, "-cp", classes())).isEqualTo(1);
    assertThat(out.toString(UTF_8).lines()).endsWith("  matches nothing here");
  }

  @Test
  void check_ruleThatNamesWhatCannotBeCached_fails() throws IOException {
    String file = file("caches:\n  prices:\n    methods: [Shop#price, Shop#save]");
    assertThat(run("check", file, "-cp", classes())).isEqualTo(1);
    assertThat(out.toString(UTF_8))
        .contains(SHOP + "#save(long) is refused: it returns nothing that could be cached");
  }
}
