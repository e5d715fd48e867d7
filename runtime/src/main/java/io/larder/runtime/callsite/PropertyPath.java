package io.larder.runtime.callsite;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Properties of objects, as {@code larder.yaml} names them: {@code id} is what {@code id()}, {@code
 * getId()} or {@code isId()} answers, else the field {@code id}, else the value under that key in a
 * map. What is {@code null} has {@code null} for each property.
 */
final class PropertyPath {

  private static final MethodHandle IS_NULL;
  private static final MethodHandle MAP_GET;

  static {
    try {
      IS_NULL =
          MethodHandles.lookup()
              .findStatic(
                  PropertyPath.class, "isNull", MethodType.methodType(boolean.class, Object.class));
      MAP_GET =
          MethodHandles.publicLookup()
              .findVirtual(Map.class, "get", MethodType.methodType(Object.class, Object.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private PropertyPath() {}

  /**
   * A handle from an object to a property of it, or of a property of it.
   *
   * @param lookup what it may see
   * @param root the type of the object
   * @return of type {@code (root)} to a reference type
   * @throws IllegalArgumentException if there is no such property; the message says what there is
   */
  static MethodHandle resolve(MethodHandles.Lookup lookup, Class<?> root, List<String> properties) {
    MethodHandle path = MethodHandles.identity(root);
    for (String property : properties) {
      Class<?> type = path.type().returnType();
      MethodHandle step = boxed(step(lookup, type, property));
      path = MethodHandles.filterReturnValue(path, nullSafe(step));
    }
    return path;
  }

  private static MethodHandle step(MethodHandles.Lookup lookup, Class<?> type, String property) {
    Set<String> known = new LinkedHashSet<>();
    String capital = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
    for (String name : List.of(property, "get" + capital, "is" + capital)) {
      MethodHandle getter = getter(lookup, type, name, known);
      if (getter != null) {
        return getter;
      }
    }
    // After all methods: those of a proxy, as of Hibernate, know what its fields do not.
    MethodHandle field = field(lookup, type, property);
    if (field != null) {
      return field;
    }
    if (Map.class.isAssignableFrom(type)) {
      return MethodHandles.insertArguments(MAP_GET, 1, property)
          .asType(MethodType.methodType(Object.class, type));
    }
    throw new IllegalArgumentException(
        type.getName()
            + " has no property \""
            + property
            + "\"; it has: "
            + String.join(", ", known));
  }

  /** Through a supertype where the class itself is not to be seen, as of the JDK's collections. */
  private static @Nullable MethodHandle getter(
      MethodHandles.Lookup lookup, Class<?> type, String name, Set<String> known) {
    for (Class<?> level : withSupertypes(type)) {
      for (Method method : level.getDeclaredMethods()) {
        if (method.getParameterCount() == 0
            && method.getReturnType() != void.class
            && !Modifier.isStatic(method.getModifiers())) {
          try {
            MethodHandle handle = lookup.unreflect(method);
            if (method.getName().equals(name)) {
              return handle.asType(MethodType.methodType(method.getReturnType(), type));
            }
            if (level != Object.class) {
              known.add(method.getName());
            }
          } catch (IllegalAccessException hidden) {
            // perhaps a supertype shows it
          }
        }
      }
    }
    return null;
  }

  private static @Nullable MethodHandle field(
      MethodHandles.Lookup lookup, Class<?> type, String name) {
    for (Class<?> level : withSupertypes(type)) {
      for (Field field : level.getDeclaredFields()) {
        if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
          try {
            return lookup
                .unreflectGetter(field)
                .asType(MethodType.methodType(field.getType(), type));
          } catch (IllegalAccessException hidden) {
            // as a method may be
          }
        }
      }
    }
    return null;
  }

  private static Set<Class<?>> withSupertypes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(List.of(type));
    while (!open.isEmpty()) {
      Class<?> next = open.remove();
      if (all.add(next)) {
        if (next.getSuperclass() != null) {
          open.add(next.getSuperclass());
        }
        open.addAll(List.of(next.getInterfaces()));
      }
    }
    return all;
  }

  private static MethodHandle boxed(MethodHandle getter) {
    return getter.asType(
        getter.type().wrap().changeParameterType(0, getter.type().parameterType(0)));
  }

  private static MethodHandle nullSafe(MethodHandle getter) {
    Class<?> type = getter.type().parameterType(0);
    if (type.isPrimitive()) {
      return getter;
    }
    return MethodHandles.guardWithTest(
        IS_NULL.asType(MethodType.methodType(boolean.class, type)),
        MethodHandles.empty(getter.type()),
        getter);
  }

  @SuppressWarnings("unused") // through IS_NULL
  private static boolean isNull(@Nullable Object object) {
    return object == null;
  }
}
