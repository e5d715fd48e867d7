package io.larder.runtime.config;

import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link MethodPattern}. Most of it is about what people write who know other languages
 * of this kind: each such error shows the form that is meant here.
 */
final class PatternParser {

  /** The class part of a pattern that names none. */
  static final String ALL_CLASSES = "..*";

  private static final String EXAMPLE = "com.acme.PriceDao#find(String)";

  private final String text;
  private final boolean methodMayMiss;

  PatternParser(String text, boolean methodMayMiss) {
    this.text = text.strip();
    this.methodMayMiss = methodMayMiss;
  }

  MethodPattern parse() {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a method pattern is empty; write " + EXAMPLE);
    }
    if (!text.startsWith("@")) {
      return target(null, text, methodMayMiss);
    }
    int space = firstSpace(text);
    String annotation = text.substring(1, space);
    String rest = text.substring(space).strip();
    checkAnnotation(annotation);
    return rest.isEmpty()
        ? new MethodPattern(annotation, new ClassGlob(ALL_CLASSES), false, null, null)
        : target(annotation, rest, /* mayMiss= */ true);
  }

  private static int firstSpace(String text) {
    int at = 0;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private void checkAnnotation(String name) {
    if (name.indexOf('.') < 0) {
      throw wrong("an annotation is named with its package", "@com.acme." + orExample(name));
    }
    if (name.indexOf('*') >= 0 || name.contains("..")) {
      throw wrong("an annotation is named in full, without * or ..", "@com.acme.Slow");
    }
    checkClass(name, "@com.acme.Slow");
  }

  private static String orExample(String annotation) {
    return isIdentifier(annotation) ? annotation : "Slow";
  }

  private MethodPattern target(@Nullable String annotation, String target, boolean mayMiss) {
    int open = target.indexOf('(');
    String names = (open < 0 ? target : target.substring(0, open)).strip();
    checkForms(target, names);
    int hash = names.indexOf('#');
    // With parentheses the last dot can only be the one before the method.
    int split = hash < 0 && open >= 0 ? names.lastIndexOf('.') : hash;
    if (split < 0 && open >= 0) {
      throw wrong("no class is named", "com.acme.PriceDao#" + target);
    }
    String type = split < 0 ? names : names.substring(0, split).strip();
    String method = split < 0 ? null : names.substring(split + 1).strip();
    boolean subtypes = type.endsWith("+");
    if (subtypes) {
      type = type.substring(0, type.length() - 1).strip();
    }
    checkClass(type, EXAMPLE);
    if (method == null) {
      checkMethodMayMiss(type, mayMiss);
    } else {
      checkMethod(type, method);
    }
    return new MethodPattern(
        annotation,
        new ClassGlob(type),
        subtypes,
        method == null ? null : new NameGlob(method),
        open < 0 ? null : new ParameterParser(this, target.substring(open)).parse());
  }

  /** What is known from elsewhere and not from here. */
  private void checkForms(String target, String names) {
    if (isLineOfStackTrace(target)) {
      throw wrong("this is a line of a stack trace", withHash(names));
    }
    if (names.contains("::")) {
      throw wrong("# stands before the method, not ::", names.replace("::", "#"));
    }
    if (names.indexOf('/') >= 0) {
      throw wrong("class names have dots, not slashes", names.replace('/', '.'));
    }
    if (names.indexOf('#') != names.lastIndexOf('#')) {
      throw wrong("there is more than one #", EXAMPLE);
    }
    if (names.contains("**")) {
      throw wrong("** means nothing here; .. stands for any packages", "com.acme..*Dao#find*");
    }
    int hash = names.indexOf('#');
    String type = hash < 0 ? names : names.substring(0, hash);
    if (firstSpace(type) < type.length()) {
      throw wrong(
          "a pattern begins with the class, without modifiers and without the result's type",
          EXAMPLE);
    }
  }

  private static boolean isLineOfStackTrace(String target) {
    int open = target.indexOf('(');
    return open >= 0
        && (target.indexOf(".java", open) > 0
            || target.indexOf(".kt", open) > 0
            || target.indexOf(".scala", open) > 0
            || target.endsWith("(Unknown Source)")
            || target.endsWith("(Native Method)"));
  }

  /** {@code app//com.acme.PriceDao.find} as it would be written here. */
  private static String withHash(String names) {
    String bare = names.substring(names.lastIndexOf('/') + 1);
    bare = bare.startsWith("at ") ? bare.substring("at ".length()) : bare;
    int dot = bare.lastIndexOf('.');
    return dot > 0 ? bare.substring(0, dot) + "#" + bare.substring(dot + 1) : EXAMPLE;
  }

  /** What names no method, and is no class either by the way that people write names. */
  private void checkMethodMayMiss(String type, boolean mayMiss) {
    int dot = type.lastIndexOf('.');
    boolean isNoClass = Character.isLowerCase(type.charAt(dot + 1));
    boolean followsClass =
        dot > 0
            && type.substring(type.lastIndexOf('.', dot - 1) + 1, dot)
                .chars()
                .anyMatch(Character::isUpperCase);
    if (isNoClass && followsClass) {
      throw wrong(
          "no method is named",
          withHash(type) + (mayMiss ? ", or " + type + "#* if that is a class" : ""));
    }
    if (!mayMiss) {
      throw wrong("no method is named", type + "#find, or " + type + "#* for all its methods");
    }
    if (isNoClass) {
      throw wrong(
          "this may be a package or a class",
          type + "..* for all classes in and below a package, or " + type + "#* for a class");
    }
  }

  private void checkClass(String name, String example) {
    if (name.isEmpty()) {
      throw wrong("no class is named", example);
    }
    if (name.endsWith(".")
        || name.contains("...")
        || (name.startsWith(".") && !name.startsWith(".."))) {
      throw wrong(
          "a name is missing beside a dot; all classes below a package are", "com.acme..*#find*");
    }
    if (name.indexOf('+') >= 0) {
      throw wrong("+ stands once, behind the class", "com.acme.Dao+#find*");
    }
    checkCharacters(name.replace(".", ""));
  }

  private void checkMethod(String type, String name) {
    if (name.isEmpty()) {
      throw wrong("no method is named", type + "#find, or " + type + "#* for all its methods");
    }
    if (name.startsWith("<")) {
      throw wrong("constructors and initializers cannot be cached", EXAMPLE);
    }
    if (name.indexOf('.') >= 0) {
      throw wrong("a method's name has no dot", withHash(type + "." + name.replace('#', '.')));
    }
    checkCharacters(name);
  }

  private void checkCharacters(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isNamePart(c) && c != '*') {
        throw wrong(
            "a name cannot hold '" + c + "'; * stands for anything", "com.acme.PriceDao#find*");
      }
    }
  }

  /** Whether all characters can be those of a Java, Kotlin or Scala name. */
  static boolean isIdentifier(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isNamePart(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Kotlin's compiler puts a hyphen into names: {@code find-WZ4Q5Ns}. */
  private static boolean isNamePart(char c) {
    return (Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c))
        || c == '-'
        || Character.isSurrogate(c);
  }

  /** The error: the pattern, the rule, a right example. */
  IllegalArgumentException wrong(String rule, String example) {
    return new IllegalArgumentException(
        "method pattern \"" + text + "\": " + rule + "; write " + example);
  }
}
