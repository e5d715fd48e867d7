package io.larder.runtime.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes that an operator allows in stored values, beside those that a method's declared
 * return type leads to: the implementations of an interface, say. Each by its own name: a package,
 * as {@code java.util}, always holds classes that nobody thought of.
 *
 * @param names as {@code Class.getName} has them, {@code com.acme.Order$Line}
 */
public record AllowedClasses(Set<String> names) {

  private static final AllowedClasses NONE = new AllowedClasses(Set.of());

  /** Copies; keeps the order. */
  public AllowedClasses {
    names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** No others. */
  public static AllowedClasses none() {
    return NONE;
  }

  /** These. */
  public static AllowedClasses of(String... names) {
    return new AllowedClasses(new LinkedHashSet<>(List.of(names)));
  }

  /** The classes, loaded but not initialized. */
  List<Class<?>> load(ClassLoader loader) throws NotStorableException {
    List<Class<?>> classes = new ArrayList<>(names.size());
    for (String name : names) {
      try {
        classes.add(Class.forName(name, /* initialize= */ false, loader));
      } catch (ClassNotFoundException | LinkageError unknown) {
        throw new NotStorableException(
            "The allowed class "
                + name
                + " was not found; its name is that of the class file, with a $ before the name of a"
                + " nested class.");
      }
    }
    return classes;
  }
}
