package io.larder.runtime.codec;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The classes that a value of a declared type can consist of: its own, its type arguments, the
 * types of all their fields, superclasses, and where they are sealed the permitted subclasses.
 * Loads them without initializing any. Immutable.
 */
final class ClassGraph {

  /** More are hardly one value; rather a framework that hangs off one. */
  private static final int MAX_CLASSES = 1000;

  private final Type root;
  private final SortedMap<String, Class<?>> classes;

  private ClassGraph(Type root, SortedMap<String, Class<?>> classes) {
    this.root = root;
    this.classes = classes;
  }

  /**
   * That of a method's result.
   *
   * @param returned as declared, with its type arguments
   * @throws NotStorableException if its classes cannot be loaded, or are too many
   */
  static ClassGraph of(Type returned, AllowedClasses allowed, ClassLoader loader)
      throws NotStorableException {
    Walk walk = new Walk();
    try {
      walk.add(returned);
      for (Class<?> type : allowed.load(loader)) {
        walk.add(type);
      }
      walk.run();
    } catch (LinkageError | TypeNotPresentException incomplete) {
      throw new NotStorableException(
          "A class that "
              + returned.getTypeName()
              + " leads to is not on the class path: "
              + incomplete.getMessage());
    }
    return new ClassGraph(returned, Collections.unmodifiableSortedMap(walk.classes));
  }

  /** As declared. */
  Type root() {
    return root;
  }

  /** Interfaces and abstract classes among them, those of the JDK only where they are enums. */
  SortedMap<String, Class<?>> classes() {
    return classes;
  }

  /** Those that objects can be of, by name. */
  List<Class<?>> concrete() {
    List<Class<?>> concrete = new ArrayList<>();
    for (Class<?> type : classes.values()) {
      if (type.isEnum() || !Modifier.isAbstract(type.getModifiers())) {
        concrete.add(type);
      }
    }
    return concrete;
  }

  /** The class of a type without its arguments. */
  static Class<?> rawClass(Type type) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    if (type instanceof ParameterizedType parameterized) {
      return rawClass(parameterized.getRawType());
    }
    if (type instanceof GenericArrayType array) {
      return rawClass(array.getGenericComponentType()).arrayType();
    }
    if (type instanceof TypeVariable<?> variable) {
      return rawClass(variable.getBounds()[0]);
    }
    return rawClass(((WildcardType) type).getUpperBounds()[0]);
  }

  /** The fields of a class itself that make up its objects. */
  static List<Field> fieldsOf(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
        fields.add(field);
      }
    }
    return fields;
  }

  /**
   * Whether an object of these classes may refer to itself, over others or not, as far as the
   * declared types of fields tell.
   */
  boolean mayHoldItself() {
    Map<Class<?>, Boolean> done = new HashMap<>();
    for (Class<?> type : classes.values()) {
      if (leadsToItself(type, done)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Depth first.
   *
   * @param done which classes were seen: with {@code false} those on the way, else those without a
   *     way back
   */
  private boolean leadsToItself(Class<?> type, Map<Class<?>, Boolean> done) {
    Boolean seen = done.putIfAbsent(type, false);
    if (seen != null) {
      return !seen;
    }
    Set<Class<?>> held = new HashSet<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : JdkValues.isOfJdk(each) ? List.<Field>of() : fieldsOf(each)) {
        collectHeld(field.getGenericType(), held);
      }
    }
    for (Class<?> other : classes.values()) {
      if (held.stream().anyMatch(each -> each.isAssignableFrom(other))
          && leadsToItself(other, done)) {
        return true;
      }
    }
    done.put(type, true);
    return false;
  }

  /** The classes that a type names; one without its type arguments may hold any object. */
  private static void collectHeld(Type type, Set<Class<?>> held) {
    if (type instanceof ParameterizedType parameterized) {
      held.add(rawClass(type));
      for (Type argument : parameterized.getActualTypeArguments()) {
        collectHeld(argument, held);
      }
    } else if (type instanceof GenericArrayType array) {
      collectHeld(array.getGenericComponentType(), held);
    } else if (type instanceof Class<?> raw && raw.isArray()) {
      collectHeld(raw.getComponentType(), held);
    } else {
      Class<?> raw = rawClass(type);
      held.add(raw.getTypeParameters().length > 0 ? Object.class : raw);
    }
  }

  /** From type to type until there are no new ones. */
  private static final class Walk {

    private final SortedMap<String, Class<?>> classes = new TreeMap<>();
    private final Set<Type> seen = new HashSet<>();
    private final Deque<Type> toSee = new ArrayDeque<>();

    void add(Type type) {
      if (seen.add(type)) {
        toSee.add(type);
      }
    }

    void run() throws NotStorableException {
      for (Type type = toSee.poll(); type != null; type = toSee.poll()) {
        if (type instanceof Class<?> raw) {
          see(raw);
        } else if (type instanceof ParameterizedType parameterized) {
          add(parameterized.getRawType());
          addAll(parameterized.getActualTypeArguments());
        } else if (type instanceof GenericArrayType array) {
          add(array.getGenericComponentType());
        } else if (type instanceof TypeVariable<?> variable) {
          addAll(variable.getBounds());
        } else if (type instanceof WildcardType wildcard) {
          addAll(wildcard.getUpperBounds());
          addAll(wildcard.getLowerBounds());
        }
      }
    }

    private void addAll(Type... types) {
      for (Type type : types) {
        add(type);
      }
    }

    private void see(Class<?> type) throws NotStorableException {
      if (type.isArray()) {
        add(type.getComponentType());
        return;
      }
      if (type.isPrimitive() || (JdkValues.isOfJdk(type) && !type.isEnum())) {
        return;
      }
      Class<?> other = classes.put(type.getName(), type);
      if (other != null && other != type) {
        throw new NotStorableException(
            "There are two classes " + type.getName() + " of different class loaders.");
      }
      if (classes.size() > MAX_CLASSES) {
        throw new NotStorableException(
            "The declared type leads to more than " + MAX_CLASSES + " classes.");
      }
      if (type.isEnum()) {
        return; // written by the names of its constants
      }
      if (type.getGenericSuperclass() != null) {
        add(type.getGenericSuperclass());
      }
      if (type.isSealed()) {
        addAll(type.getPermittedSubclasses());
      }
      for (Field field : fieldsOf(type)) {
        add(field.getGenericType());
      }
    }
  }
}
