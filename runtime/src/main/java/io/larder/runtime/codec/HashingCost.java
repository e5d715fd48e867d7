package io.larder.runtime.codec;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes to hash each of the objects of one stream, in objects visited. Collections that
 * share their elements are hashed along each way through them: sixty sets of two take for ever.
 * Told of each object when it is complete, and before anything hashes it. Not thread-safe.
 */
final class HashingCost {

  /** A second or so. */
  private static final long MOST = 50_000_000;

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return accessibleFields(type);
        }
      };

  private final IdentityHashMap<Object, Long> costs = new IdentityHashMap<>();

  /**
   * Takes note of a complete object.
   *
   * @throws NotAllowedException if hashing it takes too long
   */
  void add(Object object) {
    long cost = 1;
    if (object instanceof Collection<?> collection) {
      for (Object element : collection) {
        cost += of(element);
      }
    } else if (object instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        cost += of(entry.getKey()) + of(entry.getValue());
      }
    } else if (!JdkValues.isOfJdk(object.getClass())) {
      for (Field field : FIELDS.get(object.getClass())) {
        cost += of(valueOf(field, object));
      }
    }
    if (cost > MOST) {
      throw new NotAllowedException(object.getClass().getName());
    }
    if (cost > 1) {
      costs.put(object, cost);
    }
  }

  private long of(@Nullable Object object) {
    return costs.getOrDefault(object, 1L);
  }

  private static List<Field> accessibleFields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : JdkValues.isOfJdk(each) ? List.<Field>of() : ClassGraph.fieldsOf(each)) {
        try {
          if (!field.getType().isPrimitive()) {
            field.setAccessible(true);
            fields.add(field);
          }
        } catch (InaccessibleObjectException closed) {
          // of a module that is closed: what it holds is not counted
        }
      }
    }
    return fields;
  }

  private static @Nullable Object valueOf(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
