package io.larder.runtime.callsite;

import java.util.List;

/**
 * The fields that a key class is to have.
 *
 * @param parts one for each argument that counts
 * @param ofInstance whether the key belongs to one instance of the class
 */
public record KeyShape(List<Part> parts, boolean ofInstance) {

  /**
   * One argument.
   *
   * @param carrier a primitive, {@code String}, or {@code Object} for all else
   * @param trusted whether its {@code equals} and {@code hashCode} are the JDK's, and its value
   *     never changes
   */
  public record Part(Class<?> carrier, boolean trusted) {}

  /** Copies. */
  public KeyShape {
    parts = List.copyOf(parts);
  }

  /**
   * Whether a key may be hashed as it is made. Else that runs code of the application, and waits
   * until the call is guarded against coming back.
   */
  public boolean isTrusted() {
    return parts.stream().allMatch(Part::trusted);
  }
}
