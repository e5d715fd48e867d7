package io.larder.runtime.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Says what is wrong with the YAML itself. The library names what its grammar expected; who wrote
 * the file wants to know what to change.
 */
final class YamlMessages {

  private final List<String> lines;

  /** Takes the file, which is right in most cases: to be made only when something is wrong. */
  YamlMessages(String text) {
    this.lines = text.lines().toList();
  }

  /** The library's places count from 0. */
  static YamlNode.Mark mark(Optional<Mark> mark) {
    return mark.isPresent()
        ? new YamlNode.Mark(mark.get().getLine() + 1, mark.get().getColumn() + 1)
        : new YamlNode.Mark(1, 1);
  }

  /**
   * Checks that a text is text; the library would not say where it is not.
   *
   * @throws UnreadableYamlException if it is not
   */
  static void checkCharacters(String text) {
    int line = 1;
    int column = 1;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      if (!StreamReader.isPrintable(character) || isHalf(character)) {
        throw new UnreadableYamlException(
            new YamlNode.Mark(line, column),
            String.format("the character U+%04X is not allowed; is the file UTF-8?", character));
      }
      at += Character.charCount(character);
      boolean endsLine =
          character == '\n'
              || (character == '\r' && (at == text.length() || text.charAt(at) != '\n'));
      line += endsLine ? 1 : 0;
      column = endsLine ? 1 : column + 1;
    }
  }

  private static boolean isHalf(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }

  /** A value begins with a sign that means something to YAML, and is meant to be a text. */
  UnreadableYamlException needsQuotes(YamlNode.Mark at, String sign) {
    String rest = from(at);
    int comment = rest.indexOf(" #");
    String value = (comment < 0 ? rest : rest.substring(0, comment)).strip();
    String quoted = value.indexOf('"') < 0 ? "\"" + value + "\"" : "'" + value + "'";
    String hint = sign.equals("!") ? "; in a condition write not" : "";
    return new UnreadableYamlException(
        at,
        "a value that begins with "
            + sign
            + " needs quotes"
            + (value.length() > 1 && value.length() < 200 ? ": " + quoted : "")
            + hint);
  }

  /** Makes a sentence of the library's error. */
  UnreadableYamlException explain(MarkedYamlEngineException error) {
    YamlNode.Mark at = mark(error.getProblemMark());
    YamlNode.Mark begun = error.getContextMark().isPresent() ? mark(error.getContextMark()) : at;
    String problem = oneLine(error.getProblem());
    String context = oneLine(error.getContext());
    if (problem.contains("that cannot start any token")) {
      String sign = sign(at);
      return sign.equals("\t")
          ? new UnreadableYamlException(at, "a tab cannot indent; use spaces")
          : needsQuotes(at, sign);
    }
    if (context.contains("alias") || context.contains("anchor") || context.contains("a tag")) {
      return needsQuotes(begun, sign(begun));
    }
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      return new UnreadableYamlException(begun, "the quote that opens here is not closed");
    }
    if (context.contains("flow") && problem.contains("<stream end>")) {
      return new UnreadableYamlException(begun, "the " + sign(begun) + " is not closed");
    }
    if (problem.contains("could not find expected ':'")) {
      return new UnreadableYamlException(
          begun, "a colon is missing behind \"" + line(begun.line()).strip() + "\"");
    }
    return new UnreadableYamlException(at, sentence(context, problem, at));
  }

  private String sentence(String context, String problem, YamlNode.Mark at) {
    if (problem.contains("mapping values are not allowed")) {
      return unexpectedColon(at);
    }
    if (problem.endsWith("']'") || problem.endsWith("'}'")) {
      return "there is nothing open that this closes";
    }
    if (problem.contains("sequence entries are not allowed")) {
      return "a list begins on a line of its own, below its key";
    }
    if (problem.contains("unknown escape character")) {
      return "\\ has a meaning in double quotes; use single quotes";
    }
    if (context.contains("flow")) {
      return "inside [ ] and { } a comma must separate values; one that holds a bracket or a comma"
          + " needs quotes";
    }
    if (problem.startsWith("expected <block end>")) {
      if (problem.contains("<scalar>")) {
        return "the value ended before this; quotes must enclose all of it";
      }
      String missing = missingColon(at);
      return missing.isEmpty()
          ? "this does not line up with what it belongs to; check the indentation"
          : missing;
    }
    if (problem.startsWith("expected '<document start>'")) {
      return "the content of the file ended before this; check quotes and indentation";
    }
    return "this is not valid YAML: " + problem.replace("the node content", "a value");
  }

  private String unexpectedColon(YamlNode.Mark at) {
    String before =
        line(at.line()).substring(0, Math.min(at.column() - 1, line(at.line()).length()));
    if (before.contains(": ") || before.contains("- -")) {
      return "a second colon on one line; a value that holds \": \" needs quotes";
    }
    String missing = missingColon(at);
    return missing.isEmpty()
        ? "this is indented deeper than its neighbours, or a colon is missing above"
        : missing;
  }

  /** The line above as the culprit, if it is a word without a colon; else empty. */
  private String missingColon(YamlNode.Mark at) {
    for (int line = at.line() - 1; line >= 1; line--) {
      String above = line(line).strip();
      if (!above.isEmpty() && !above.startsWith("#")) {
        boolean isOther = above.startsWith("-") || above.matches(".*(:.*|[,\\]}\"'])");
        return isOther ? "" : "a colon is missing behind \"" + above + "\" on line " + line;
      }
    }
    return "";
  }

  private String sign(YamlNode.Mark at) {
    String rest = from(at);
    return rest.isEmpty() ? "" : rest.substring(0, rest.offsetByCodePoints(0, 1));
  }

  private String from(YamlNode.Mark at) {
    String line = line(at.line());
    int characters = line.codePointCount(0, line.length());
    return line.substring(line.offsetByCodePoints(0, Math.min(at.column() - 1, characters)));
  }

  private String line(int number) {
    return number <= lines.size() ? lines.get(number - 1) : "";
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }
}
