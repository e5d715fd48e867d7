package io.larder.runtime.memory;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how much heap a result takes with all it refers to. Layout as HotSpot's with compressed
 * references. Collections of the JDK are estimated by their elements; fields that the module system
 * keeps closed count only for themselves. Stops after {@value #MOST_OBJECTS} objects and
 * extrapolates nothing: a result that large is taken as what was counted.
 *
 * <p>Thread-safe. Runs no code of the application except iterators of the JDK's collections.
 */
public final class ObjectSize {

  private static final int MOST_OBJECTS = 50_000;
  private static final int HEADER = 12;
  private static final int REFERENCE = 4;
  private static final int MAP_NODE = 32 + REFERENCE;

  /** Layouts of classes, which go with the class. */
  private static final ClassValue<Layout> LAYOUTS =
      new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
          return Layout.of(type);
        }
      };

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> open = new ArrayDeque<>();

  private ObjectSize() {}

  /** The estimated size of a value with all it refers to, in bytes, at most {@code 2^31-1}. */
  public static int of(@Nullable Object value) {
    return value == null ? 0 : (int) Math.min(Integer.MAX_VALUE, new ObjectSize().measure(value));
  }

  private long measure(Object root) {
    long bytes = 0;
    add(root);
    for (int count = 0; count < MOST_OBJECTS && !open.isEmpty(); count++) {
      bytes += sizeOf(open.removeLast());
    }
    return bytes;
  }

  private void add(@Nullable Object value) {
    if (value != null && seen.size() < MOST_OBJECTS && !isShared(value) && seen.add(value)) {
      open.addLast(value);
    }
  }

  /** Stops at the limit: a collection may be larger than the heap, as {@code nCopies} is. */
  private void addAll(Collection<?> values) {
    Iterator<?> iterator = values.iterator();
    for (int i = 0; i < MOST_OBJECTS && iterator.hasNext(); i++) {
      add(iterator.next());
    }
  }

  /** What is there anyway, whether the result is kept or not. */
  private static boolean isShared(Object value) {
    return value instanceof Class<?>
        || value instanceof Enum<?>
        || value instanceof ClassLoader
        || value instanceof Thread;
  }

  private long sizeOf(Object value) {
    Class<?> type = value.getClass();
    if (type.isArray()) {
      return sizeOfArray(value, type.getComponentType());
    }
    if (value instanceof String text) {
      return 24 + align(16L + text.length());
    }
    if (type.getName().startsWith("java.util.")) {
      if (value instanceof Map<?, ?> map) {
        addAll(map.keySet());
        addAll(map.values());
        return 48 + (long) MAP_NODE * map.size();
      }
      if (value instanceof Collection<?> collection) {
        addAll(collection);
        long perElement = collection instanceof Set<?> ? MAP_NODE : REFERENCE;
        return 40 + perElement * collection.size();
      }
    }
    if (value instanceof Optional<?> optional) {
      add(optional.orElse(null));
    }
    Layout layout = LAYOUTS.get(type);
    for (Field field : layout.references) {
      try {
        add(field.get(value));
      } catch (IllegalAccessException closed) {
        // counted as a reference only
      }
    }
    return layout.bytes;
  }

  private long sizeOfArray(Object array, Class<?> component) {
    int length = Array.getLength(array);
    if (array instanceof Object[] elements) {
      addAll(Arrays.asList(elements));
    }
    return align(HEADER + 4L + (long) length * width(component));
  }

  private static long align(long bytes) {
    return (bytes + 7) & ~7L;
  }

  private static int width(Class<?> type) {
    if (type == long.class || type == double.class) {
      return 8;
    }
    if (type == short.class || type == char.class) {
      return 2;
    }
    return type == byte.class || type == boolean.class ? 1 : 4;
  }

  /**
   * A class's own size and the fields to follow.
   *
   * @param bytes the object itself
   * @param references its readable reference fields
   */
  private record Layout(long bytes, List<Field> references) {

    static Layout of(Class<?> type) {
      long bytes = HEADER;
      List<Field> references = new ArrayList<>();
      for (Class<?> level = type; level != null; level = level.getSuperclass()) {
        for (Field field : level.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers())) {
            continue;
          }
          bytes += width(field.getType());
          if (!field.getType().isPrimitive() && field.trySetAccessible()) {
            references.add(field);
          }
        }
      }
      return new Layout(align(bytes), references);
    }
  }
}
