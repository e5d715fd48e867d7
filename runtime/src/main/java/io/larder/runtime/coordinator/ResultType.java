package io.larder.runtime.coordinator;

import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What a method returns: what an entry is checked against before the body is skipped, because after
 * that nothing can go back to the body.
 *
 * @param type the class of the result; of the box for a primitive
 * @param nullable whether {@code null} is a result
 */
public record ResultType(Class<?> type, boolean nullable) {

  /** The result type for a return type. */
  public static ResultType of(Class<?> returned) {
    return returned.isPrimitive()
        ? new ResultType(MethodType.methodType(returned).wrap().returnType(), /* nullable= */ false)
        : new ResultType(returned, /* nullable= */ true);
  }

  /** Whether the method can return the value. */
  public boolean accepts(@Nullable Object value) {
    return value == null ? nullable : type.isInstance(value);
  }
}
