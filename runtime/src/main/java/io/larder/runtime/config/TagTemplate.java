package io.larder.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How tags are made for a call: {@code product:{id}}, {@code brand:{result.brand.id}}, {@code
 * prices}.
 *
 * @param texts what stands before, between and behind the paths: one more than there are paths
 * @param paths parameters, or the result if the parameter is {@code result}; and properties
 */
public record TagTemplate(List<String> texts, List<KeyPath> paths) {

  private static final String EXAMPLE = "; write product:{id} or brand:{result.brand.id}";

  /**
   * Copies and checks the values.
   *
   * @throws IllegalArgumentException if there is nothing in it
   */
  public TagTemplate {
    texts = List.copyOf(texts);
    paths = List.copyOf(paths);
    if (texts.size() != paths.size() + 1) {
      throw new IllegalArgumentException(texts.size() + " texts around " + paths.size() + " paths");
    }
    if (paths.isEmpty() && texts.get(0).isBlank()) {
      throw new IllegalArgumentException("a tag is empty" + EXAMPLE);
    }
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it is not understood; the message says how to write it
   */
  public static TagTemplate parse(String text) {
    List<String> texts = new ArrayList<>();
    List<KeyPath> paths = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException(
            "tag \"" + text + "\": a } is missing behind \"" + text.substring(open) + "\"");
      }
      texts.add(literal(text, at, open));
      paths.add(path(text, text.substring(open + 1, close)));
      at = close + 1;
    }
    texts.add(literal(text, at, text.length()));
    return new TagTemplate(texts, paths);
  }

  private static String literal(String text, int from, int to) {
    String literal = text.substring(from, to);
    if (literal.indexOf('}') >= 0) {
      throw new IllegalArgumentException("tag \"" + text + "\": a { is missing before a }");
    }
    if (literal.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a tag cannot hold control characters");
    }
    return literal;
  }

  private static KeyPath path(String text, String path) {
    try {
      return KeyPath.parse(path);
    } catch (IllegalArgumentException withoutText) {
      throw new IllegalArgumentException(
          "tag \"" + text + "\": " + withoutText.getMessage(), withoutText);
    }
  }

  /** The same template with other paths. */
  public TagTemplate with(UnaryOperator<KeyPath> change) {
    return new TagTemplate(texts, paths.stream().map(change).toList());
  }

  /** The template in its one form, which reads back as the same. */
  public String text() {
    StringBuilder text = new StringBuilder(texts.get(0));
    for (int i = 0; i < paths.size(); i++) {
      text.append('{').append(paths.get(i)).append('}').append(texts.get(i + 1));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
