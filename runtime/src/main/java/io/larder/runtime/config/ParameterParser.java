package io.larder.runtime.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands in the parentheses of a {@link MethodPattern}. */
final class ParameterParser {

  private static final String EXAMPLE = "com.acme.PriceDao#find(String, long)";

  private final PatternParser pattern;
  private final String text;

  /** Takes what begins with the opening parenthesis. */
  ParameterParser(PatternParser pattern, String text) {
    this.pattern = pattern;
    this.text = text;
  }

  /** {@code null} for {@code (..)}, which asks for nothing. */
  @Nullable ParameterTypes parse() {
    int close = text.indexOf(')');
    if (close < 0) {
      throw pattern.wrong(
          "( without ); inside [ ] a pattern with a comma needs quotes", "\"" + EXAMPLE + "\"");
    }
    if (close < text.length() - 1) {
      throw pattern.wrong("something follows the parameters", EXAMPLE);
    }
    String inside = text.substring(1, close).strip();
    if (inside.equals("..")) {
      return null;
    }
    List<String> types = new ArrayList<>();
    boolean more = false;
    String[] parameters = inside.isEmpty() ? new String[0] : inside.split(",", -1);
    for (int i = 0; i < parameters.length; i++) {
      boolean isLast = i == parameters.length - 1;
      String type = parameters[i].strip();
      if (type.equals("..")) {
        check(
            isLast, ".. stands behind the other parameters", "com.acme.PriceDao#find(String, ..)");
        more = true;
      } else {
        checkType(type);
        check(isLast || !type.endsWith("..."), "only the last parameter can have ...", EXAMPLE);
        types.add(withoutDots(type));
      }
    }
    return new ParameterTypes(types, more);
  }

  private void checkType(String type) {
    check(!type.isEmpty(), "a parameter is missing beside a comma", EXAMPLE);
    check(
        type.indexOf('<') < 0,
        "parameter types stand without <...>",
        "com.acme.PriceDao#find(List)");
    check(
        type.equals("*") || (type.indexOf('*') < 0 && !withoutArrays(type).contains("..")),
        "a parameter is a type, or * for any one, or .. at the end for any more",
        "com.acme.PriceDao#find(String, *, ..)");
    check(type.indexOf(' ') < 0, "a parameter is its type alone, without its name", EXAMPLE);
    for (String part : withoutArrays(type).split("\\.", -1)) {
      check(
          type.equals("*") || PatternParser.isIdentifier(part),
          "\"" + type + "\" is no type",
          EXAMPLE);
    }
  }

  /** The element's type of {@code byte[][]} and {@code String...}. */
  private static String withoutArrays(String type) {
    String element = withoutDots(type);
    while (element.endsWith("[]")) {
      element = element.substring(0, element.length() - 2);
    }
    return element;
  }

  /** {@code String...} as the class file has it. */
  private static String withoutDots(String type) {
    return type.endsWith("...") ? type.substring(0, type.length() - 3) + "[]" : type;
  }

  private void check(boolean right, String rule, String example) {
    if (!right) {
      throw pattern.wrong(rule, example);
    }
  }
}
