package io.larder.runtime.config;

import java.util.List;

/**
 * The parameters that a pattern asks for.
 *
 * @param types each the name of a type, with or without its package, or {@code *}
 * @param more whether any others may follow
 */
record ParameterTypes(List<String> types, boolean more) {

  ParameterTypes {
    types = List.copyOf(types);
  }

  /** Whether a method with parameters of these types, as qualified names, is meant. */
  boolean matches(List<String> actual) {
    if (actual.size() < types.size() || (actual.size() > types.size() && !more)) {
      return false;
    }
    for (int i = 0; i < types.size(); i++) {
      if (!matches(types.get(i), actual.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** A nested type may be written as in source code, too: {@code Map.Entry}. */
  private static boolean matches(String wanted, String actual) {
    if (wanted.equals("*")) {
      return true;
    }
    String dotted = wanted.replace('$', '.');
    String actualDotted = actual.replace('$', '.');
    return actualDotted.equals(dotted) || actualDotted.endsWith("." + dotted);
  }

  /** As it stands between the parentheses. */
  @Override
  public String toString() {
    String listed = String.join(", ", types);
    return !more ? listed : types.isEmpty() ? ".." : listed + ", ..";
  }
}
