package io.larder.agent.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that one annotation on a method writes out, read with the types that they have in this
 * version. What has another type, as in a newer version of the annotations, is a problem, and
 * counts as not written.
 */
final class AnnotationValues {

  private final Map<String, Object> values;
  private final List<String> problems;

  /**
   * The values.
   *
   * @param known the attributes that there are
   * @param problems where it puts what is wrong
   */
  AnnotationValues(Map<String, Object> values, Set<String> known, List<String> problems) {
    this.values = values;
    this.problems = problems;
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        problems.add(unknown(name));
      }
    }
  }

  /** What to say of an attribute that this version does not know. */
  static String unknown(String attribute) {
    return "unknown attribute "
        + attribute
        + "; the annotations are newer than the agent, use one version of both";
  }

  /** What to say of an attribute whose type this version does not know. */
  static String otherType(String attribute) {
    return attribute
        + " has another type than this agent knows; use one version of agent and annotations";
  }

  String text(String name) {
    String value = value(name, String.class);
    return value == null ? "" : value;
  }

  boolean truth(String name) {
    return Boolean.TRUE.equals(value(name, Boolean.class));
  }

  /**
   * A list of texts, each read by a function whose {@link IllegalArgumentException} is a problem;
   * without those that are wrong.
   */
  <T> List<T> list(String name, Function<String, T> reader) {
    List<T> read = new ArrayList<>();
    List<?> elements = value(name, List.class);
    for (Object element : elements == null ? List.of() : elements) {
      if (!(element instanceof String text)) {
        problems.add(otherType(name));
        continue;
      }
      try {
        read.add(reader.apply(text));
      } catch (IllegalArgumentException notUnderstood) {
        problems.add(notUnderstood.getMessage());
      }
    }
    return read;
  }

  private <T> @Nullable T value(String name, Class<T> type) {
    Object value = values.get(name);
    if (value != null && !type.isInstance(value)) {
      problems.add(otherType(name));
      return null;
    }
    return type.cast(value);
  }
}
