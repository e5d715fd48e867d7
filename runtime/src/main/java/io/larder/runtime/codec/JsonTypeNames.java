package io.larder.runtime.codec;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Finds annotations by which a JSON names the classes of its objects. Jackson loads and initializes
 * a class that is named so before it asks whether it may, so there is no reading such JSON from a
 * store that others write to.
 */
final class JsonTypeNames {

  private static final String ANNOTATION = "com.fasterxml.jackson.annotation.JsonTypeInfo";
  private static final Set<String> BY_CLASS = Set.of("CLASS", "MINIMAL_CLASS");

  private JsonTypeNames() {}

  /**
   * Looks at all classes of a value.
   *
   * @throws NotStorableException if one is annotated so
   */
  static void refuse(ClassGraph graph) throws NotStorableException {
    for (Class<?> type : graph.classes().values()) {
      for (AnnotatedElement element : elementsOf(type)) {
        for (Annotation annotation : element.getAnnotations()) {
          if (namesClasses(annotation)) {
            throw new NotStorableException(
                type.getName()
                    + " has its JSON name classes: @JsonTypeInfo(use = CLASS). Whoever writes to"
                    + " the store could have any class loaded. Take use = NAME with @JsonSubTypes.");
          }
        }
      }
    }
  }

  private static List<AnnotatedElement> elementsOf(Class<?> type) {
    List<AnnotatedElement> elements = new ArrayList<>(List.of(type));
    Collections.addAll(elements, type.getDeclaredFields());
    List<Executable> executables = new ArrayList<>(List.of(type.getDeclaredMethods()));
    Collections.addAll(executables, type.getDeclaredConstructors());
    for (Executable executable : executables) {
      elements.add(executable);
      Collections.addAll(elements, executable.getParameters());
    }
    return elements;
  }

  private static boolean namesClasses(Annotation annotation) {
    if (!annotation.annotationType().getName().equals(ANNOTATION)) {
      return false;
    }
    try {
      Object use = annotation.annotationType().getMethod("use").invoke(annotation);
      return BY_CLASS.contains(String.valueOf(use));
    } catch (ReflectiveOperationException unknown) {
      return true; // of another release: rather not
    }
  }
}
