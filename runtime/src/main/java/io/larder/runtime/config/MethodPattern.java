package io.larder.runtime.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which methods are meant, written as in a stack trace: {@code com.acme.PriceDao#find(String)},
 * {@code com.acme..*Dao+#find*}, {@code @com.acme.Slow}. The user's page, {@code
 * docs/configuration.md}, has the language; immutable.
 *
 * <p>It compares names only. Who asks knows which types a class extends and which annotations a
 * method carries.
 */
public final class MethodPattern {

  private final @Nullable String annotation;
  private final ClassGlob type;
  private final boolean subtypes;
  private final @Nullable NameGlob method;
  private final @Nullable ParameterTypes parameters;
  private final String text;

  MethodPattern(
      @Nullable String annotation,
      ClassGlob type,
      boolean subtypes,
      @Nullable NameGlob method,
      @Nullable ParameterTypes parameters) {
    this.annotation = annotation;
    this.type = type;
    this.subtypes = subtypes;
    this.method = method;
    this.parameters = parameters;
    this.text = write();
  }

  /**
   * Reads a pattern that says which methods: only one that begins with an annotation may leave it
   * out.
   *
   * @throws IllegalArgumentException if it is not understood; the message says how to write it
   */
  public static MethodPattern parse(String text) {
    return new PatternParser(text, /* methodMayMiss= */ false).parse();
  }

  /**
   * Reads a pattern that may be a class alone, and then means all its methods.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static MethodPattern parseExclusion(String text) {
    return new PatternParser(text, /* methodMayMiss= */ true).parse();
  }

  /** The name of the only class that can match, as {@link Class#getName()} has it, if it is one. */
  public Optional<String> exactClass() {
    return type.isExact() && !subtypes ? Optional.of(type.toString()) : Optional.empty();
  }

  /** Whether the types that extend or implement a matching one are meant, too. */
  public boolean includesSubtypes() {
    return subtypes;
  }

  /** The name of the annotation that a method must carry. */
  public Optional<String> annotation() {
    return Optional.ofNullable(annotation);
  }

  /**
   * Whether the class part matches a class, by its name alone: for {@link #includesSubtypes}
   * whether it is the named type itself.
   *
   * @param className as {@link Class#getName()} has it
   */
  public boolean matchesClass(String className) {
    return type.matches(className);
  }

  /**
   * Whether the method part matches a method. A constructor, which cannot be cached, is never
   * meant.
   *
   * @param parameterTypes as in source code, qualified, nested ones with {@code $}: {@code int},
   *     {@code byte[]}, {@code java.util.Map$Entry}
   */
  public boolean matchesMethod(String name, List<String> parameterTypes) {
    return !name.startsWith("<")
        && (method == null || method.matches(name, 0, name.length()))
        && (parameters == null || parameters.matches(parameterTypes));
  }

  /** The class part without {@code +}; {@code ..*}, all classes, if there is none. */
  public String classPart() {
    return type.toString();
  }

  /** The method's name as it was written; {@code *} if there is none. */
  public String methodName() {
    return method == null ? "*" : method.toString();
  }

  /** Whether it says which method by its name, or by its annotation, rather than by wildcards. */
  public boolean isDeliberate() {
    return annotation != null || !methodName().contains("*");
  }

  /** The pattern in its one form, which reads back as the same. */
  public String text() {
    return text;
  }

  private String write() {
    StringBuilder all = new StringBuilder();
    if (annotation != null) {
      all.append('@').append(annotation);
      if (method == null && !subtypes && type.toString().equals(PatternParser.ALL_CLASSES)) {
        return all.toString();
      }
      all.append(' ');
    }
    all.append(type).append(subtypes ? "+" : "");
    if (method != null) {
      all.append('#').append(method);
    }
    if (parameters != null) {
      all.append('(').append(parameters).append(')');
    }
    return all.toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MethodPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
