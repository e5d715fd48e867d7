package io.larder.runtime.policy;

import java.util.Arrays;
import java.util.List;

/** Names of classes as people list them: {@code com.acme.Order, com.acme.Order$Line}. */
final class ClassNames {

  private ClassNames() {}

  /** What stands between the commas. */
  static List<String> parse(String text) {
    if (text.isBlank()) { // mostly, at each start of an application
      return List.of();
    }
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /**
   * Checks that they are names.
   *
   * @param setting what they are for: the error names it
   * @throws IllegalArgumentException if one is not
   */
  static void check(String setting, String text) {
    for (String name : parse(text)) {
      require(
          !name.contains("*") && !name.contains("?"),
          setting + " must be names of classes, each in full, as a pattern would let others in",
          name);
      require(
          isName(name),
          setting + " must be names of classes such as com.acme.Order or com.acme.Order$Line",
          name);
    }
  }

  private static boolean isName(String name) {
    boolean starts = true;
    for (int i = 0; i < name.length(); i++) {
      char each = name.charAt(i);
      boolean fits =
          starts ? Character.isJavaIdentifierStart(each) : Character.isJavaIdentifierPart(each);
      if (!fits && (starts || each != '.')) {
        return false;
      }
      starts = each == '.';
    }
    return !starts;
  }

  private static void require(boolean holds, String rule, String name) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": \"" + name + "\"");
    }
  }
}
