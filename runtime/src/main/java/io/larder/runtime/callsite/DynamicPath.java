package io.larder.runtime.callsite;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object to a property of it, found anew for each class of objects: for results,
 * whose declared type often says less than they have. Thread-safe.
 */
final class DynamicPath {

  private final List<Step> steps;

  private DynamicPath(List<Step> steps) {
    this.steps = steps;
  }

  /** One property. */
  private static final class Step {

    private final MethodHandles.Lookup owner;
    private final String property;

    /** Goes with the class. */
    private final ClassValue<MethodHandle> getters =
        new ClassValue<>() {
          @Override
          protected MethodHandle computeValue(Class<?> type) {
            try {
              return PropertyPath.resolve(owner, type, List.of(property))
                  .asType(MethodType.genericMethodType(1));
            } catch (IllegalArgumentException none) {
              throw new NoPropertyException(none);
            }
          }
        };

    Step(MethodHandles.Lookup owner, String property) {
      this.owner = owner;
      this.property = property;
    }

    @Nullable Object read(@Nullable Object object) throws Throwable {
      return object == null ? null : (Object) getters.get(object.getClass()).invokeExact(object);
    }
  }

  /**
   * A path.
   *
   * @param owner sees what the method's class sees
   * @param properties in the order in which they are read
   */
  DynamicPath(MethodHandles.Lookup owner, List<String> properties) {
    this(properties.stream().map(property -> new Step(owner, property)).toList());
  }

  /** The rest of the way, from behind its first properties on. */
  DynamicPath from(int properties) {
    return new DynamicPath(steps.subList(properties, steps.size()));
  }

  /**
   * The property of an object; what is {@code null} has {@code null} for each.
   *
   * @throws NoPropertyException if there is no such property; the message says what there is
   * @throws Throwable what a getter throws
   */
  @Nullable Object read(@Nullable Object root) throws Throwable {
    Object at = root;
    for (Step step : steps) {
      at = step.read(at);
    }
    return at;
  }

  /**
   * As {@link #read}, but of each element where there is a collection or an array on the way, or at
   * its end; and of what an {@code Optional} holds.
   */
  void readEach(@Nullable Object root, Consumer<@Nullable Object> found) throws Throwable {
    readEach(root, 0, found);
  }

  private void readEach(@Nullable Object at, int step, Consumer<@Nullable Object> found)
      throws Throwable {
    if (at instanceof Collection<?> collection) {
      for (Object element : collection) {
        readEach(element, step, found);
      }
    } else if (at instanceof Optional<?> optional) {
      readEach(optional.orElse(null), step, found);
    } else if (at != null && at.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(at); i++) {
        readEach(Array.get(at, i), step, found);
      }
    } else if (step < steps.size()) {
      readEach(steps.get(step).read(at), step + 1, found);
    } else {
      found.accept(at);
    }
  }
}
