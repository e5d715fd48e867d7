package io.larder.it.docs;

import io.larder.it.jvm.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, as Markdown.
 *
 * @param name its path from the root of the project
 */
public record Page(String name, String text) {

  private static final Pattern FENCE =
      Pattern.compile("^( *)```(\\w*)\\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The page of that path from the root of the project. */
  public static Page of(String name) {
    return new Page(name, read(root().resolve(name)));
  }

  /** The README and all pages below docs. */
  static List<Page> all() {
    try (Stream<Path> files = Files.list(root().resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md"),
              files.map(file -> "docs/" + file.getFileName()).filter(n -> n.endsWith(".md")))
          .sorted()
          .map(Page::of)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The root of the project; these classes lie in integration-tests/target/test-classes. */
  static Path root() {
    return Jvm.locationOf(Page.class).resolve("../../..").normalize();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read " + file, failure);
    }
  }

  /** The fenced blocks of a language, without their indentation. */
  public List<String> blocks(String language) {
    return FENCE
        .matcher(text)
        .results()
        .filter(block -> block.group(2).equals(language))
        .map(block -> block.group(3).stripTrailing().stripIndent())
        .toList();
  }

  /** The text from a heading to the next of that depth. */
  public Page section(String heading) {
    String line = "\n" + heading + "\n";
    int from = text.indexOf(line);
    if (from < 0) {
      throw new AssertionError(name + " has no heading \"" + heading + "\"");
    }
    String depth = "\n" + heading.substring(0, heading.indexOf(' ') + 1);
    int to = text.indexOf(depth, from + line.length());
    return new Page(name + " " + heading, text.substring(from, to < 0 ? text.length() : to));
  }

  /** The line that begins like this. */
  String line(String beginning) {
    return text.lines()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError(name + " has no line that begins \"" + beginning + "\""));
  }

  /** The cells of the first table, a row each, without its head. */
  public List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    text.lines()
        .dropWhile(line -> !line.startsWith("|"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .forEach(line -> rows.add(cells(line)));
    if (rows.isEmpty()) {
      throw new AssertionError(name + " has no table");
    }
    return rows;
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1).split("\\|", -1)).map(String::strip).toList();
  }

  /** What stands between back quotes. */
  public static List<String> code(String markdown) {
    return CODE.matcher(markdown).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
