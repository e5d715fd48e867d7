package io.larder.runtime.codec;

import io.larder.runtime.codec.DamagedEntryException.Reason;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What a decoded result must be an instance of, or a caller would fail on it. */
final class ResultClass {

  private final Class<?> type;

  private ResultClass(Class<?> type) {
    this.type = type;
  }

  static ResultClass of(Type returned) {
    return new ResultClass(
        MethodType.methodType(ClassGraph.rawClass(returned)).wrap().returnType());
  }

  @Nullable Object check(@Nullable Object value) throws DamagedEntryException {
    if (value != null && !type.isInstance(value)) {
      throw new DamagedEntryException(Reason.VALUE, "of another class than the method returns");
    }
    return value;
  }
}
