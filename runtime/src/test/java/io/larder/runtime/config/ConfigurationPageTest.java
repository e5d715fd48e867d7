package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The user's page says what the code does: its examples, its tables, its messages. */
class ConfigurationPageTest {

  private static final String PAGE = read();
  private static final Pattern BLOCK =
      Pattern.compile("```yaml\n(.*?)```(?:\n\n```text\n(.*?)```)?", Pattern.DOTALL);

  private static String read() {
    try {
      return Files.readString(Path.of("..", "docs", "configuration.md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** An example, and the messages that stand below it, if there are any. */
  record Example(String yaml, String messages) {}

  static Stream<Example> examples() {
    return BLOCK
        .matcher(PAGE)
        .results()
        .map(found -> new Example(found.group(1), found.group(2) == null ? "" : found.group(2)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examples_areRead_orAnsweredAsThePageSays(Example example) {
    ConfigurationFile.Result result = ConfigurationFile.parse("larder.yaml", example.yaml);
    assertThat(result.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")))
        .isEqualTo(example.messages.strip());
  }

  @Test
  void examples_areThere() {
    assertThat(examples().filter(example -> example.messages.isEmpty())).hasSizeGreaterThan(3);
    assertThat(examples().filter(example -> !example.messages.isEmpty())).hasSizeGreaterThan(3);
  }

  @Test
  void settings_areThoseOfTheTable() {
    assertThat(rows("| setting | place |"))
        .containsExactlyElementsOf(
            Arrays.stream(Setting.values()).map(ConfigurationPageTest::row).toList());
  }

  private static String row(Setting setting) {
    String places =
        Arrays.stream(Place.values())
            .filter(setting.places()::contains)
            .map(Place::word)
            .collect(Collectors.joining(", "));
    return String.join(
        " | ",
        "| `" + setting.key() + "`",
        places,
        setting.type(),
        setting.whenMissing().isEmpty() ? "nothing" : setting.whenMissing(),
        "`" + setting.example() + "`",
        setting.changedLive() + " |");
  }

  /** The rows of the table with this head, without it. */
  private static List<String> rows(String head) {
    return PAGE.lines()
        .dropWhile(line -> !line.startsWith(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  static Stream<List<String>> patterns() {
    return rows("| pattern | means |").stream()
        .map(row -> Arrays.stream(row.split("\\|", -1)).map(String::strip).skip(1).toList());
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void patterns_meanWhatThePageSays(List<String> cells) {
    MethodPattern pattern = MethodPattern.parse(code(cells.get(0)).replace("\"", ""));
    assertThat(matches(pattern, code(cells.get(2)))).isTrue();
    if (!cells.get(3).isEmpty()) {
      assertThat(matches(pattern, code(cells.get(3)))).isFalse();
    }
  }

  private static String code(String cell) {
    assertThat(cell).startsWith("`").endsWith("`");
    return cell.substring(1, cell.length() - 1);
  }

  private static boolean matches(MethodPattern pattern, String method) {
    Matcher parts = Pattern.compile("(.*)#(.*)\\((.*)\\)").matcher(method);
    assertThat(parts.matches()).as(method).isTrue();
    String types = parts.group(3);
    return pattern.matchesClass(parts.group(1))
        && pattern.matchesMethod(
            parts.group(2), types.isEmpty() ? List.of() : List.of(types.split(", ")));
  }

  @Test
  void patterns_areThere() {
    assertThat(patterns()).hasSizeGreaterThan(10);
  }

  @Test
  void keys_areRead() {
    List<String> keys = new ArrayList<>();
    for (String row : rows("| `key` | means |")) {
      keys.add(code(row.split("\\|", -1)[1].strip()));
    }
    assertThat(keys)
        .hasSizeGreaterThan(4)
        .allSatisfy(
            key ->
                assertThat(
                        ConfigurationFile.parse(
                                "f", "caches: {c: {methods: [{method: a.B#c, key: " + key + "}]}}")
                            .problems())
                    .isEmpty());
  }
}
