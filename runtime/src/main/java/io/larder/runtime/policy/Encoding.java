package io.larder.runtime.policy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How specs are written into a constant of a woven class: fields and the elements of lists between
 * control characters, which neither names nor settings may hold.
 */
final class Encoding {

  private static final String FIELD = "\u001f";
  private static final String ELEMENT = "\u001e";

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
}
