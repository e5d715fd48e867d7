package io.larder.runtime.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One part of a key: a parameter, or a property of it; or, for methods that invalidate or put, of
 * what they return.
 *
 * @param parameter which parameter, from 0; {@link #RESULT} for what the method returned
 * @param properties the way from it to what counts, {@code ["address", "city"]}; empty for itself
 */
public record KeyPart(int parameter, List<String> properties) {

  /** Stands in place of a parameter for what the method returned. */
  public static final int RESULT = -1;

  /** Copies. */
  public KeyPart {
    properties = List.copyOf(properties);
  }

  /** A parameter itself. */
  public static KeyPart of(int parameter) {
    return new KeyPart(parameter, List.of());
  }

  /** Whether it is known only when the method has returned. */
  public boolean isOfResult() {
    return parameter == RESULT;
  }

  /** As in {@code 0} or {@code 1.address.city}. */
  String encode() {
    return properties.isEmpty()
        ? String.valueOf(parameter)
        : this.parameter + "." + String.join(".", properties);
  }

  static KeyPart decode(String encoded) {
    List<String> parts = List.of(encoded.split("\\.", -1));
    return new KeyPart(Integer.parseInt(parts.get(0)), parts.subList(1, parts.size()));
  }

  static String encode(List<KeyPart> key) {
    return key.stream().map(KeyPart::encode).collect(Collectors.joining(","));
  }

  static List<KeyPart> decodeAll(String encoded) {
    return encoded.isEmpty()
        ? List.of()
        : Arrays.stream(encoded.split(",")).map(KeyPart::decode).toList();
  }
}
