package io.larder.runtime.codec;

/** How messages for people call the class of a value. */
final class Names {

  private Names() {}

  static String of(Object value) {
    return value.getClass().getTypeName() + ".";
  }

  /** Says how to have a class stored that is not among those the declared type leads to. */
  static String notAllowed(String className) {
    return className
        + " is not stored: the method's return type does not lead to it. Declare a type that does (a"
        + " record, a sealed interface), or allow the class by name.";
  }
}
