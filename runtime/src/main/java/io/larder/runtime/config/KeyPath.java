package io.larder.runtime.config;

import java.util.Arrays;
import java.util.List;

/**
 * One part of a key: a parameter, and the properties that lead on from it: {@code product}, {@code
 * user.id}, {@code 0.id}.
 *
 * @param parameter its name, or its position from 0
 * @param properties their names, in the order in which they are read
 */
public record KeyPath(String parameter, List<String> properties) {

  /** The word for what a method returned, where no parameter is called so. */
  public static final String RESULT = "result";

  /** The most that a class file allows is 255. */
  private static final int LARGEST_POSITION = 254;

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if one is no name; the message shows a right form
   */
  public KeyPath {
    properties = List.copyOf(properties);
    if (!areDigits(parameter)) {
      checkName(parameter, written(parameter, properties));
    } else if (parameter.length() > 3 || Integer.parseInt(parameter) > LARGEST_POSITION) {
      throw new IllegalArgumentException(
          "\"" + parameter + "\" is no parameter: positions are 0 to " + LARGEST_POSITION);
    } else if (parameter.length() > 1 && parameter.startsWith("0")) {
      throw new IllegalArgumentException(
          "\"" + parameter + "\" is no parameter: a position has no leading 0");
    }
    for (String property : properties) {
      checkName(property, written(parameter, properties));
    }
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it is not understood; the message says how to write it
   */
  public static KeyPath parse(String text) {
    List<String> parts = Arrays.asList(text.strip().split("\\.", -1));
    return new KeyPath(parts.get(0), parts.subList(1, parts.size()));
  }

  /** Whether the parameter is given by its position and not by its name. */
  public boolean isPosition() {
    return areDigits(parameter);
  }

  /**
   * The parameter's position, from 0.
   *
   * @throws IllegalStateException unless {@link #isPosition}
   */
  public int position() {
    if (!isPosition()) {
      throw new IllegalStateException("the parameter is given by its name: " + parameter);
    }
    return Integer.parseInt(parameter);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return written(parameter, properties);
  }

  private static String written(String parameter, List<String> properties) {
    return properties.isEmpty() ? parameter : parameter + "." + String.join(".", properties);
  }

  static boolean areDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static void checkName(String name, String path) {
    if (name.endsWith("()")) {
      throw new IllegalArgumentException(
          "\"" + path + "\": a property is read without \"()\"; write " + path.replace("()", ""));
    }
    boolean startsRight = !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0));
    if (!startsRight || !PatternParser.isIdentifier(name)) {
      throw new IllegalArgumentException(
          "\""
              + path
              + "\" must be a parameter's name or position, and properties behind it; write"
              + " user, 0 or user.id");
    }
  }
}
