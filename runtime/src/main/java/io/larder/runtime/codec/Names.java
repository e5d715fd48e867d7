package io.larder.runtime.codec;

/** How messages for people call the class of a value. */
final class Names {

  private Names() {}

  static String of(Object value) {
    return value.getClass().getTypeName() + ".";
  }

  /** A failure by its class and that of its first cause; messages may hold values. */
  static String of(Throwable failed) {
    Throwable first = failed;
    for (int i = 0; i < 20 && first.getCause() != null; i++) { // causes can be a ring
      first = first.getCause();
    }
    String name = failed.getClass().getName();
    return first == failed ? name : name + " because of " + first.getClass().getName();
  }

  /** Says how to have a class stored that is not among those the declared type leads to. */
  static String notAllowed(String className) {
    return className
        + " is not stored: the method's return type does not lead to it. Declare a type that does (a"
        + " record, a sealed interface), or allow the class by name.";
  }
}
