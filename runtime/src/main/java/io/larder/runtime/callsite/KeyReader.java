package io.larder.runtime.callsite;

import io.larder.runtime.policy.KeyPart;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a key from a call of another method than the cached one: from its arguments
 * before it runs, because it may change them, and from its result. Thread-safe.
 */
final class KeyReader {

  /** For each part of the key. */
  private final List<Part> parts;

  /**
   * One part.
   *
   * @param input the position in the call's arguments; {@link KeyPart#RESULT} for the result
   * @param getter from an argument; {@code null} for the result
   * @param way from the result; {@code null} for an argument
   */
  private record Part(int input, @Nullable MethodHandle getter, @Nullable DynamicPath way) {}

  private KeyReader(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * A reader.
   *
   * @param owner sees what the class of the called method sees
   * @param descriptor of the called method
   * @throws IllegalArgumentException if a type has no such property; the message says what it has
   */
  static KeyReader of(
      MethodHandles.Lookup owner, String descriptor, boolean isStatic, List<KeyPart> key) {
    List<Part> parts = new ArrayList<>();
    for (KeyPart part : key) {
      if (part.isOfResult()) {
        parts.add(new Part(KeyPart.RESULT, null, new DynamicPath(owner, part.properties())));
      } else {
        Class<?> argument =
            MethodType.fromMethodDescriptorString(descriptor, owner.lookupClass().getClassLoader())
                .parameterType(part.parameter());
        parts.add(
            new Part(
                (isStatic ? 0 : 1) + part.parameter(),
                PropertyPath.resolve(owner, argument, part.properties())
                    .asType(MethodType.genericMethodType(1)),
                null));
      }
    }
    return new KeyReader(parts);
  }

  /** Whether the key is known only when the method has returned. */
  boolean needsResult() {
    return parts.stream().anyMatch(part -> part.way != null);
  }

  /**
   * What is known before the method runs.
   *
   * @param arguments with the instance in front, if there is one
   * @throws Throwable what a getter throws
   */
  @Nullable Object[] ofArguments(@Nullable Object[] arguments) throws Throwable {
    @Nullable Object[] values = new Object[parts.size()];
    for (int i = 0; i < values.length; i++) {
      Part part = parts.get(i);
      if (part.getter != null) {
        values[i] = (Object) part.getter.invokeExact(arguments[part.input]);
      }
    }
    return values;
  }

  /**
   * Adds what is known of the result.
   *
   * @param values as {@link #ofArguments} made them
   * @throws Throwable what a getter throws
   */
  void addResult(@Nullable Object[] values, @Nullable Object result) throws Throwable {
    for (int i = 0; i < values.length; i++) {
      DynamicPath way = parts.get(i).way;
      if (way != null) {
        values[i] = way.read(result);
      }
    }
  }
}
