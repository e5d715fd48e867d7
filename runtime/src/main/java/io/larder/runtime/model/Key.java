package io.larder.runtime.model;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, as one small object. A subclass with fields of exactly the parameters'
 * types is generated for each method, so that a lookup allocates nothing but this and the JIT knows
 * the type of all it compares. Keys of different methods are never equal.
 *
 * <p>A key made for a lookup refers to the caller's own arrays and collections; {@link #detach}
 * makes the one that may be stored. Immutable once hashed.
 */
public abstract class Key {

  /** Computed once: by the constructor, or by {@link #hashed()} when that runs foreign code. */
  protected int hash;

  /** Runs the arguments' own {@code hashCode}; may throw what they throw. */
  protected abstract int computeHash();

  /**
   * Whether the arguments equal those of a key of the same class, whatever instance they go with.
   */
  public abstract boolean sameArguments(Key other);

  /**
   * A key of the same class with a {@link #snapshot} of each field that may change; may be this one
   * when none does and it belongs to no instance.
   */
  protected abstract Key copy();

  /**
   * The arguments that are primitives, where 64 bits hold them, else the hash. Equal for equal
   * keys; keys of one class are equal when these and their {@link #reference}s are.
   */
  public long bits() {
    return hash;
  }

  /**
   * What {@link #bits} leaves out: the one argument that is an object, if there is no more; {@code
   * null} when nothing is left out; else this key.
   */
  public @Nullable Object reference() {
    return this;
  }

  /** The arguments, primitives in their boxes, without the instance. */
  public abstract @Nullable Object[] arguments();

  /** Hashes a key whose constructor did not. */
  public final Key hashed() {
    hash = computeHash();
    return this;
  }

  /**
   * The key to store: one that does not change when the caller changes an array or a collection,
   * and does not keep the instance the method was called on.
   *
   * @param owner is told when the instance is gone, if the key belongs to one
   */
  public Key detach(InstanceKey.Owner owner) {
    Key copy = copy();
    copy.hash = hash;
    return copy;
  }

  @Override
  public final int hashCode() {
    return hash;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // keys of different methods must never be equal
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other != null
            && other.getClass() == getClass()
            && ((Key) other).hash == hash
            && sameArguments((Key) other));
  }

  /** Never shows the arguments: they may be confidential. */
  @Override
  public final String toString() {
    return "Key#" + Integer.toHexString(hash);
  }

  /** The hash of an argument that may be an array. */
  protected static int hashOf(@Nullable Object argument) {
    return argument != null && argument.getClass().isArray()
        ? Arrays.deepHashCode(new Object[] {argument})
        : Objects.hashCode(argument);
  }

  /** Whether two arguments that are not {@code equal} are arrays of the same content. */
  protected static boolean sameArray(@Nullable Object one, @Nullable Object other) {
    return one != null
        && other != null
        && one.getClass().isArray()
        && Objects.deepEquals(one, other);
  }

  /**
   * What stands for an argument in a stored key: a copy of an array or of a collection of the JDK,
   * anything else itself. The interfaces define equality, so that a copy of another class equals.
   */
  protected static @Nullable Object snapshot(@Nullable Object argument) {
    if (argument == null) {
      return null;
    }
    Class<?> type = argument.getClass();
    if (type.isArray()) {
      return copyIfArray(argument);
    }
    if (!type.getName().startsWith("java.util.")) {
      return argument;
    }
    if (argument instanceof List<?> list) {
      return Collections.unmodifiableList(new ArrayList<>(list));
    }
    if (argument instanceof Set<?> set) {
      return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
    if (argument instanceof Map<?, ?> map) {
      return Collections.unmodifiableMap(
          map instanceof LinkedHashMap ? new LinkedHashMap<>(map) : new HashMap<>(map));
    }
    return argument;
  }

  /** A copy of an array, with those in it; anything else itself. */
  public static @Nullable Object copyIfArray(@Nullable Object argument) {
    return argument != null && argument.getClass().isArray()
        ? copyOfArray(argument, argument.getClass().getComponentType())
        : argument;
  }

  private static Object copyOfArray(Object array, Class<?> component) {
    int length = Array.getLength(array);
    Object copy = Array.newInstance(component, length);
    System.arraycopy(array, 0, copy, 0, length);
    if (copy instanceof Object[] elements) {
      for (int i = 0; i < length; i++) {
        Object element = elements[i];
        if (element != null && element.getClass().isArray()) {
          elements[i] = copyOfArray(element, element.getClass().getComponentType());
        }
      }
    }
    return copy;
  }
}
