package io.larder.runtime.callsite;

import io.larder.runtime.model.InstanceKey;
import io.larder.runtime.model.Key;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the agent's generator: each shape asked for gets a class of its own, from a few that
 * are written by hand and hold any number of parts.
 */
final class KeyClassFixtures implements KeyClasses {

  /** What was asked for, in order. */
  final List<KeyShape> shapes = new ArrayList<>();

  private final List<Class<? extends Key>> unused =
      new ArrayList<>(List.of(First.class, Second.class));
  private final List<Class<? extends Key>> unusedOfInstance =
      new ArrayList<>(List.of(FirstOfInstance.class, SecondOfInstance.class));

  @Override
  public MethodHandle define(KeyShape shape) {
    shapes.add(shape);
    Class<?> keyClass = (shape.ofInstance() ? unusedOfInstance : unused).remove(0);
    List<Class<?>> fields = new ArrayList<>();
    if (shape.ofInstance()) {
      fields.add(Object.class);
    }
    shape.parts().forEach(part -> fields.add(part.carrier()));
    try {
      MethodType generic =
          shape.ofInstance()
              ? MethodType.methodType(void.class, boolean.class, Object.class, Object[].class)
              : MethodType.methodType(void.class, boolean.class, Object[].class);
      MethodHandle any = MethodHandles.lookup().findConstructor(keyClass, generic);
      MethodHandle constructor =
          MethodHandles.insertArguments(any, 0, shape.isTrusted())
              .asCollector(Object[].class, shape.parts().size());
      return constructor.asType(MethodType.methodType(keyClass, fields));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("by hand", impossible);
    }
  }

  private static @Nullable Object[] copyOf(@Nullable Object[] parts) {
    return parts.clone();
  }

  /** The parts of a key of either kind. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Parts(@Nullable Object[] values) {
    int hash() {
      return Arrays.deepHashCode(values);
    }

    boolean same(Parts other) {
      return Arrays.deepEquals(values, other.values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Parts that && same(that);
    }

    @Override
    public int hashCode() {
      return hash();
    }
  }

  private abstract static class Plain extends Key {
    final Parts parts;

    Plain(boolean trusted, @Nullable Object[] parts) {
      this.parts = new Parts(copyOf(parts));
      if (trusted) {
        hash = computeHash();
      }
    }

    @Override
    protected int computeHash() {
      return parts.hash();
    }

    @Override
    public boolean sameArguments(Key other) {
      return parts.same(((Plain) other).parts);
    }

    @Override
    public @Nullable Object[] arguments() {
      return copyOf(parts.values());
    }

    @Nullable Object[] snapshots() {
      return Arrays.stream(parts.values()).map(Key::snapshot).toArray();
    }
  }

  static final class First extends Plain {
    First(boolean trusted, @Nullable Object[] parts) {
      super(trusted, parts);
    }

    @Override
    protected Key copy() {
      return new First(/* trusted= */ false, snapshots());
    }
  }

  static final class Second extends Plain {
    Second(boolean trusted, @Nullable Object[] parts) {
      super(trusted, parts);
    }

    @Override
    protected Key copy() {
      return new Second(/* trusted= */ false, snapshots());
    }
  }

  private abstract static class OfInstance extends InstanceKey {
    final Parts parts;

    OfInstance(boolean trusted, Object instance, @Nullable Object[] parts) {
      super(Objects.requireNonNull(instance));
      this.parts = new Parts(copyOf(parts));
      if (trusted) {
        hash = computeHash();
      }
    }

    @Override
    protected int computeHash() {
      return 31 * instanceHash() + parts.hash();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return super.equals(other) && other instanceof OfInstance that && sameInstance(that);
    }

    @Override
    public boolean sameArguments(Key other) {
      return parts.same(((OfInstance) other).parts);
    }

    @Override
    public @Nullable Object[] arguments() {
      return copyOf(parts.values());
    }

    @Nullable Object[] snapshots() {
      return Arrays.stream(parts.values()).map(Key::snapshot).toArray();
    }

    Object holder() {
      return instance();
    }
  }

  static final class FirstOfInstance extends OfInstance {
    FirstOfInstance(boolean trusted, Object instance, @Nullable Object[] parts) {
      super(trusted, instance, parts);
    }

    @Override
    protected Key copy() {
      return new FirstOfInstance(/* trusted= */ false, holder(), snapshots());
    }
  }

  static final class SecondOfInstance extends OfInstance {
    SecondOfInstance(boolean trusted, Object instance, @Nullable Object[] parts) {
      super(trusted, instance, parts);
    }

    @Override
    protected Key copy() {
      return new SecondOfInstance(/* trusted= */ false, holder(), snapshots());
    }
  }
}
