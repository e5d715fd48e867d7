package io.larder.runtime.memory;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
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
 * <p>Thread-safe. Runs no code of the application, but {@link #of} that which collections of the
 * JDK may have within.
 */
public final class ObjectSize {

  private static final int MOST_OBJECTS = 50_000;

  /** The same for who cannot wait. */
  private static final int FEW_OBJECTS = 256;

  /** So many elements stand for all of a collection or an array then. */
  private static final int SAMPLE = 8;

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

  private final int mostObjects;
  private final int sample;

  /** Whether collections are left out in which code of the application, or a lock, may be. */
  private final boolean isWary;

  /** Whether one was. */
  private boolean leftOut;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** All objects that were met, in that order. */
  private final List<Object> open = new ArrayList<>();

  /** How many each of them stands for. */
  private double[] weights = new double[16];

  private ObjectSize(int mostObjects, int sample, boolean isWary) {
    this.mostObjects = mostObjects;
    this.sample = sample;
    this.isWary = isWary;
  }

  /** The estimated size of a value with all it refers to, in bytes, at most {@code 2^31-1}. */
  public static int of(@Nullable Object value) {
    return measure(
        value, new ObjectSize(MOST_OBJECTS, /* sample= */ Integer.MAX_VALUE, /* isWary= */ false));
  }

  /**
   * The same in a few microseconds, however large it is: of a collection and an array the first
   * elements stand for all. Runs no code of the application, and waits for nobody.
   *
   * @param unknown what is answered at least if there are collections in it whose size cannot be
   *     told that way
   */
  public static int roughlyOf(@Nullable Object value, int unknown) {
    ObjectSize size = new ObjectSize(FEW_OBJECTS, SAMPLE, /* isWary= */ true);
    int bytes = measure(value, size);
    return size.leftOut ? Math.max(bytes, unknown) : bytes;
  }

  private static int measure(@Nullable Object value, ObjectSize size) {
    return value == null ? 0 : (int) Math.min(Integer.MAX_VALUE, size.measure(value));
  }

  private double measure(Object root) {
    double bytes = 0;
    add(root, 1);
    for (int i = 0; i < open.size(); i++) {
      bytes += weights[i] * sizeOf(open.get(i), weights[i]);
    }
    return bytes;
  }

  private void add(@Nullable Object value, double weight) {
    if (value != null && open.size() < mostObjects && !isShared(value) && seen.add(value)) {
      if (weights.length == open.size()) {
        weights = Arrays.copyOf(weights, 2 * weights.length);
      }
      weights[open.size()] = weight;
      open.add(value);
    }
  }

  /** Stops at the limit: a collection may be larger than the heap, as {@code nCopies} is. */
  private void addAll(Collection<?> values, double weight) {
    int size = values.size();
    double each = size > sample ? weight * size / sample : weight;
    Iterator<?> iterator = values.iterator();
    for (int i = 0; i < Math.min(sample, mostObjects) && iterator.hasNext(); i++) {
      add(iterator.next(), each);
    }
  }

  /** What is there anyway, whether the result is kept or not. */
  private static boolean isShared(Object value) {
    return value instanceof Class<?>
        || value instanceof Enum<?>
        || value instanceof ClassLoader
        || value instanceof Thread;
  }

  /** The object alone; what it refers to is added. */
  private long sizeOf(Object value, double weight) {
    Class<?> type = value.getClass();
    if (type.isArray()) {
      return sizeOfArray(value, type.getComponentType(), weight);
    }
    if (value instanceof String text) {
      return 24 + align(16L + text.length());
    }
    if (type.getName().startsWith("java.util.") && isToBeCounted(value)) {
      if (value instanceof Map<?, ?> map) {
        addAll(map.keySet(), weight);
        addAll(map.values(), weight);
        return 48 + (long) MAP_NODE * map.size();
      }
      if (value instanceof Collection<?> collection) {
        addAll(collection, weight);
        long perElement = collection instanceof Set<?> ? MAP_NODE : REFERENCE;
        return 40 + perElement * collection.size();
      }
    }
    if (value instanceof Optional<?> optional) {
      add(optional.orElse(null), weight);
    }
    Layout layout = LAYOUTS.get(type);
    for (Field field : layout.references) {
      try {
        add(field.get(value), weight);
      } catch (IllegalAccessException closed) {
        // counted as a reference only
      }
    }
    return layout.bytes;
  }

  private boolean isToBeCounted(Object value) {
    boolean isCollection = value instanceof Map<?, ?> || value instanceof Collection<?>;
    boolean tooRisky = isWary && isCollection && !PlainCollections.contain(value.getClass());
    leftOut |= tooRisky;
    return !tooRisky;
  }

  private long sizeOfArray(Object array, Class<?> component, double weight) {
    int length = Array.getLength(array);
    if (array instanceof Object[] elements) {
      addAll(Arrays.asList(elements), weight);
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
