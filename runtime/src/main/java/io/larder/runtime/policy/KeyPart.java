package io.larder.runtime.policy;

import java.util.List;

/**
 * One part of a key: a parameter, or a property of it.
 *
 * @param parameter which parameter, from 0
 * @param properties the way from it to what counts, {@code ["address", "city"]}; empty for itself
 */
public record KeyPart(int parameter, List<String> properties) {

  /** Copies. */
  public KeyPart {
    properties = List.copyOf(properties);
  }

  /** A parameter itself. */
  public static KeyPart of(int parameter) {
    return new KeyPart(parameter, List.of());
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
}
