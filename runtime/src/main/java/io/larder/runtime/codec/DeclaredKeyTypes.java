package io.larder.runtime.codec;

import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from a declared type whether any value of it could be part of a shared key. */
final class DeclaredKeyTypes {

  private DeclaredKeyTypes() {}

  /** Why no value of a type can be encoded; {@code null} if some can, or all. */
  static @Nullable String objection(Class<?> declared) {
    return objection(declared, new HashSet<>());
  }

  private static @Nullable String objection(Class<?> declared, Set<Class<?>> seen) {
    if (declared.isPrimitive() || !seen.add(declared)) {
      return null;
    }
    if (declared.isArray()) {
      return objection(declared.getComponentType(), seen);
    }
    if (!(KeyEncodings.of(declared) instanceof KeyEncoding.Refused refused)) {
      return declared.isRecord() ? objectionToComponents(declared, seen) : null;
    }
    return mayBeOfSubclass(declared) ? null : refused.objection();
  }

  private static @Nullable String objectionToComponents(Class<?> record, Set<Class<?>> seen) {
    for (RecordComponent component : record.getRecordComponents()) {
      String objection = objection(component.getType(), seen);
      if (objection != null) {
        return record.getName() + "." + component.getName() + ": " + objection;
      }
    }
    return null;
  }

  /** Whether there are subclasses that can be encoded. */
  private static boolean mayBeOfSubclass(Class<?> declared) {
    if (declared.isInterface()) {
      return true; // a record or an enum may implement it
    }
    if (declared.getModule() != Object.class.getModule()) {
      return false;
    }
    return declared.isAssignableFrom(Number.class)
        || declared == Number.class
        || declared == Record.class
        || declared == Enum.class
        || declared == ZoneId.class
        || Collection.class.isAssignableFrom(declared)
        || Map.class.isAssignableFrom(declared);
  }
}
