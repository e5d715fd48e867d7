package io.larder.runtime.callsite;

import io.larder.runtime.model.Key;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds arguments without equality: who makes a new one for each call never has a hit. */
final class IdentityArgument {

  /** How many keys are looked at. */
  private static final int MOST_LOOKS = 50;

  private IdentityArgument() {}

  /**
   * The class of one; {@code null} if there is none in the first keys.
   *
   * @param keys of a cache
   * @param mine those that count
   */
  static @Nullable Class<?> of(Iterable<Object> keys, Predicate<Object> mine) {
    int looks = 0;
    for (Object key : keys) {
      if (key instanceof Key made && mine.test(key) && looks++ < MOST_LOOKS) {
        for (Object argument : made.arguments()) {
          if (argument != null && hasIdentityOnly(argument.getClass())) {
            return argument.getClass();
          }
        }
      }
    }
    return null;
  }

  private static boolean hasIdentityOnly(Class<?> type) {
    try {
      return !type.isArray()
          && !Enum.class.isAssignableFrom(type)
          && type != Class.class
          && type.getMethod("equals", Object.class).getDeclaringClass() == Object.class;
    } catch (NoSuchMethodException | LinkageError | RuntimeException unknown) {
      return false;
    }
  }
}
