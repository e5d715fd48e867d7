package io.larder.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about YAML that is none, or more than a configuration needs. */
class YamlSyntaxTest {

  static Stream<Arguments> files() {
    return Stream.of(
        file("caches:\n\tprices:\n", "2:1: a tab cannot indent; use spaces"),
        file("\tlog: info", "1:1: a tab cannot indent; use spaces"),
        file(
            "caches:\n  prices\n    ttl: 3s\n",
            "3:8: a colon is missing behind \"prices\" on line 2"),
        file(
            "defaults:\n  ttl 5m\n  # why\n\n  maximumEntries: 3\n",
            "5:3: a colon is missing behind \"ttl 5m\" on line 2"),
        file(
            "defaults:\n  ttl: 5m\n  maximumEntries 3\n",
            "3:3: a colon is missing behind \"maximumEntries 3\""),
        file(
            "log: info\n  management: off\n",
            "2:13: this is indented deeper than its neighbours, or a colon is missing above"),
        file(
            "caches:\n   a:\n     ttl: 3s\n  b:\n",
            "4:3: this does not line up with what it belongs to; check the indentation"),
        file(
            "log: info\n- a\n",
            "2:1: this does not line up with what it belongs to; check the indentation"),
        file(
            "log: a: b\n",
            "1:7: a second colon on one line; a value that holds \": \" needs quotes"),
        file("exclude: - a.B#c\n", "1:10: a list begins on a line of its own, below its key"),
        file("exclude: [a.B#c, a.C#d\n", "1:10: the [ is not closed"),
        file("caches: {a: {ttl: 3s}\n", "1:9: the { is not closed"),
        file("log: 'info\n", "1:6: the quote that opens here is not closed"),
        file("log: \"info\n", "1:6: the quote that opens here is not closed"),
        file("exclude: ]\n", "1:10: there is nothing open that this closes"),
        file("exclude: [a.B#c]]\n", "1:17: there is nothing open that this closes"),
        file(
            "log: 'info' or so\n",
            "1:13: the value ended before this; quotes must enclose all of it"),
        file("exclude: \"a\\q\"\n", "1:13: \\ has a meaning in double quotes; use single quotes"),
        file(
            "exclude: [a.B#c(byte[])]\n",
            "1:21: inside [ ] and { } a comma must separate values; one that holds a bracket or a"
                + " comma needs quotes"),
        file(
            "exclude: @com.acme.Slow # why\n",
            "1:10: a value that begins with @ needs quotes: \"@com.acme.Slow\""),
        file(
            "exclude:\n  - *..PriceDao#find\n",
            "2:5: a value that begins with * needs quotes: \"*..PriceDao#find\""),
        file(
            "exclude: *Dao#find\n", "1:10: a value that begins with * needs quotes: \"*Dao#find\""),
        file("exclude: `a.B`\n", "1:10: a value that begins with ` needs quotes: \"`a.B`\""),
        file("log: %x\n", "1:6: a value that begins with % needs quotes: \"%x\""),
        file("log: *\n", "1:6: a value that begins with * needs quotes"),
        file(
            "unless: !result.empty\n",
            "1:9: a value that begins with ! needs quotes: \"!result.empty\"; in a condition write"
                + " not"),
        file("a: &x b\n", "1:4: a value that begins with & needs quotes: \"&x b\""),
        file("a: &x {}\n", "1:4: a value that begins with & needs quotes: \"&x {}\""),
        file(
            "a: !!map {}\n",
            "1:4: a value that begins with ! needs quotes: \"!!map {}\"; in a condition write not"),
        file("? [a]\n: b\n", "1:3: a key must be a word"),
        file(
            "log: info\n---\nlog: off\n",
            "3:1: a second document begins here; a configuration is one"),
        file(
            "log: info\n...\nlog: off\n",
            "3:1: the content of the file ended before this; check quotes and indentation"),
        file("log: ? b\n", "1:6: this is not valid YAML: mapping keys are not allowed here"),
        file("log: ,\n", "1:6: this is not valid YAML: expected a value, but found ','"),
        file("log: in\u0001fo", "1:8: the character U+0001 is not allowed; is the file UTF-8?"),
        file(
            "log: a\r\nb: \ud83d\ude00\ud800",
            "2:5: the character U+D800 is not allowed; is the file UTF-8?"),
        file(
            "l\u0000o\u0000g\u0000",
            "1:2: the character U+0000 is not allowed; is the file UTF-8?"),
        file("[".repeat(21), "1:21: this is nested deeper than 20 levels"),
        file("{a: ".repeat(21), "1:81: this is nested deeper than 20 levels"),
        file(
            "x".repeat(1_001),
            "1:1: this text is longer than 1,000 characters; is a quote missing?"));
  }

  private static Arguments file(String text, String problem) {
    return Arguments.of(text, problem);
  }

  @ParameterizedTest
  @MethodSource("files")
  void parse_wrongYaml_isOneProblemWithItsPlace(String text, String problem) {
    assertThat(ConfigurationFile.parse("larder.yaml", text).problems())
        .hasToString("[larder.yaml:" + problem + "]");
  }

  @Test
  void parse_largerThanAMegabyte_isRefused() {
    assertThat(ConfigurationFile.parse("f", " ".repeat(1 << 20)).problems()).isEmpty();
    assertThat(ConfigurationFile.parse("f", " ".repeat((1 << 20) + 1)).problems())
        .hasToString("[f:1:1: the file is larger than 1 MB, which is the most that is read]");
  }

  @Test
  void parse_aliasBomb_isRefusedAtItsFirstAnchor() {
    String bomb =
        """
        a: &a [x, x, x]
        b: &b [*a, *a, *a]
        c: [*b, *b, *b]
        """;
    assertThat(ConfigurationFile.parse("f", bomb).problems())
        .hasToString("[f:1:4: a value that begins with & needs quotes: \"&a [x, x, x]\"]");
  }

  /** None takes a time that grows with the square of the length: that would be minutes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{",
        "- ",
        "? ",
        "'",
        "\"",
        "#",
        "\n",
        " ",
        "\t",
        "&a ",
        "*a ",
        "!a ",
        "a",
        "a:\n",
        "a: b\n",
        ": ",
        "[],",
        "- |\n",
        "---\n",
        "\\",
        "- a\n",
        "a #",
        "\r",
        "? a\n",
        "{?a,",
        "a: >\n  x\n\n",
        "- - a\n",
        "a\n",
        "\ud83d\ude00"
      })
  void parse_oneThingOverAndOver_comesToAnEnd(String repeated) {
    String text = repeated.repeat((1 << 18) / repeated.length());
    ConfigurationFile.Result result = ConfigurationFile.parse("f", text);
    assertThat(result.problems().isEmpty())
        .isEqualTo(List.of("#", "\n", " ", "\t", "\r").contains(repeated));
  }

  @Test
  void parse_aMegabyteBehindAMistake_comesToAnEnd() {
    String text = "log: *a" + " ".repeat(1_000_000) + "#";
    assertThat(ConfigurationFile.parse("f", text).problems())
        .hasToString("[f:1:6: a value that begins with * needs quotes: \"*a\"]");
  }

  @Test
  void parse_aMegabyteOfRules_comesToAnEnd() {
    StringBuilder text = new StringBuilder("caches:\n  prices:\n    invalidatedBy:\n");
    for (int i = 0; text.length() < 1_000_000; i++) {
      text.append("      - com.acme.Dao").append(i).append("#find\n");
    }
    assertThat(ConfigurationFile.parse("f", text.toString()).problems()).isEmpty();
  }
}
