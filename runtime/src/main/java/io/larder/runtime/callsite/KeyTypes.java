package io.larder.runtime.callsite;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The types of the parts of a key, against the values that somebody gives to have a result
 * forgotten.
 *
 * @param types as declared; {@code null} for the instance
 */
record KeyTypes(List<@Nullable ClassDesc> types) {

  /** The class of the values of each type of integers. */
  private static final Map<ClassDesc, Class<?>> INTEGERS =
      Map.of(
          ConstantDescs.CD_byte, Byte.class,
          ConstantDescs.CD_Byte, Byte.class,
          ConstantDescs.CD_short, Short.class,
          ConstantDescs.CD_Short, Short.class,
          ConstantDescs.CD_int, Integer.class,
          ConstantDescs.CD_Integer, Integer.class,
          ConstantDescs.CD_long, Long.class,
          ConstantDescs.CD_Long, Long.class);

  private static final Map<ClassDesc, Class<?>> OTHER_PRIMITIVES =
      Map.of(
          ConstantDescs.CD_boolean, Boolean.class,
          ConstantDescs.CD_char, Character.class,
          ConstantDescs.CD_float, Float.class,
          ConstantDescs.CD_double, Double.class);

  /**
   * An integer in the width of a part, if that is of integers and has room; else what was given.
   */
  @Nullable Object converted(@Nullable Object given, int part) {
    ClassDesc type = types.get(part);
    Class<?> wanted = type == null ? null : INTEGERS.get(type);
    if (wanted == null || given == null || !INTEGERS.containsValue(given.getClass())) {
      return given;
    }
    long value = ((Number) given).longValue();
    if (wanted == Long.class) {
      return value;
    }
    if (wanted == Integer.class && value == (int) value) {
      return (int) value;
    }
    if (wanted == Short.class && value == (short) value) {
      return (short) value;
    }
    return wanted == Byte.class && value == (byte) value ? (Object) (byte) value : given;
  }

  /**
   * Whether a key may have these values; {@code false} also where nobody can tell, as of an integer
   * where the type leaves open which width the keys have.
   *
   * @param values with the instance in front, if it is part of the key
   */
  boolean accept(@Nullable Object[] values) {
    if (values.length != types.size()) {
      return false;
    }
    for (int part = 0; part < values.length; part++) {
      ClassDesc type = types.get(part);
      Object value = values[part];
      if (type != null && value != null && !accepts(type, value.getClass())) {
        return false;
      }
    }
    return true;
  }

  private static boolean accepts(ClassDesc type, Class<?> given) {
    boolean integer = INTEGERS.containsValue(given);
    if (INTEGERS.containsKey(type)) {
      return integer; // one that is too large for the keys is that of no result
    }
    return type.isPrimitive()
        ? OTHER_PRIMITIVES.get(type) == given
        : !integer && isA(given, type.descriptorString());
  }

  /** By name, as the class of the type may be one that the caller cannot see. */
  private static boolean isA(@Nullable Class<?> given, String descriptor) {
    if (given == null) {
      return false;
    }
    if (given.descriptorString().equals(descriptor)
        || descriptor.equals(Object.class.descriptorString())
        || isA(given.getSuperclass(), descriptor)) {
      return true;
    }
    for (Class<?> each : given.getInterfaces()) {
      if (isA(each, descriptor)) {
        return true;
      }
    }
    return false;
  }
}
