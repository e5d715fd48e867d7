package io.larder.runtime.policy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How specs are written into a constant of a woven class: fields, the elements of lists, the parts
 * of an element and the items of a part between control characters, which neither names nor
 * settings may hold.
 */
final class Encoding {

  private static final String FIELD = "\u001f";
  private static final String ELEMENT = "\u001e";
  private static final String PART = "\u001d";
  private static final String ITEM = "\u001c";

  private static final int FIRST = 0x1c;
  private static final int LAST = 0x1f;

  /** How far a nested spec's control characters lie below those of the outer one. */
  private static final int NESTING = 4;

  private Encoding() {}

  static String fields(String... fields) {
    return String.join(FIELD, fields);
  }

  /**
   * The fields again.
   *
   * @param count how many there are; the last may hold anything
   */
  static String[] fields(String encoded, int count) {
    String[] fields = encoded.split(FIELD, count);
    if (fields.length != count) {
      throw new IllegalArgumentException("not a spec: \"" + encoded + "\"");
    }
    return fields;
  }

  static <T> String list(List<T> elements, Function<T, String> encode) {
    return elements.stream().map(encode).collect(Collectors.joining(ELEMENT));
  }

  static <T> List<T> list(String encoded, Function<String, T> decode) {
    return encoded.isEmpty()
        ? List.of()
        : Arrays.stream(encoded.split(ELEMENT, -1)).map(decode).toList();
  }

  static String parts(String... parts) {
    return String.join(PART, parts);
  }

  /** The parts of an element again; {@code count} of them. */
  static String[] parts(String encoded, int count) {
    String[] parts = encoded.split(PART, -1);
    if (parts.length != count) {
      throw new IllegalArgumentException("not a spec: \"" + encoded + "\"");
    }
    return parts;
  }

  static String items(List<String> items) {
    return String.join(ITEM, items);
  }

  static List<String> items(String encoded) {
    return encoded.isEmpty() ? List.of() : List.of(encoded.split(ITEM, -1));
  }

  /** A spec in a form that may be an element of another one. */
  static String nested(String encoded) {
    return shifted(encoded, FIRST, LAST, /* by= */ -NESTING);
  }

  /** What {@link #nested} made of it, back again. */
  static String unnested(String nested) {
    return shifted(nested, FIRST - NESTING, LAST - NESTING, NESTING);
  }

  private static String shifted(String text, int first, int last, int by) {
    StringBuilder shifted = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean isOurs = character >= first && character <= last;
      shifted.append(isOurs ? (char) (character + by) : character);
    }
    return shifted.toString();
  }
}
