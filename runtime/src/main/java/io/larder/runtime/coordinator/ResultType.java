package io.larder.runtime.coordinator;

import java.lang.invoke.MethodType;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns: what an entry is checked against before the body is skipped, because after
 * that nothing can go back to the body.
 *
 * @param type the class of the result; of the box for a primitive
 * @param nullable whether {@code null} is a result
 * @param unless results that are not to be stored
 */
public record ResultType(Class<?> type, boolean nullable, Predicate<@Nullable Object> unless) {

  /** The result type for a return type, all of whose results are stored. */
  public static ResultType of(Class<?> returned) {
    return of(returned, result -> false);
  }

  /**
   * The result type for a return type.
   *
   * @param unless results that are not to be stored
   */
  public static ResultType of(Class<?> returned, Predicate<@Nullable Object> unless) {
    return returned.isPrimitive()
        ? new ResultType(
            MethodType.methodType(returned).wrap().returnType(), /* nullable= */ false, unless)
        : new ResultType(returned, /* nullable= */ true, unless);
  }

  /** Whether the method can return the value. */
  public boolean accepts(@Nullable Object value) {
    return value == null ? nullable : type.isInstance(value);
  }
}
