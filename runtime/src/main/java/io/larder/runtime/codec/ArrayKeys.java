package io.larder.runtime.codec;

import java.lang.reflect.Array;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays in keys: by their content, as Larder compares them in memory. */
final class ArrayKeys {

  private static final Map<Class<?>, Integer> TAGS =
      Map.of(
          boolean.class, KeyTag.BOOLEAN_ARRAY,
          byte.class, KeyTag.BYTE_ARRAY,
          short.class, KeyTag.SHORT_ARRAY,
          char.class, KeyTag.CHAR_ARRAY,
          int.class, KeyTag.INT_ARRAY,
          long.class, KeyTag.LONG_ARRAY,
          float.class, KeyTag.FLOAT_ARRAY,
          double.class, KeyTag.DOUBLE_ARRAY);

  private ArrayKeys() {}

  /** That of an array type; a {@code String[]} equals an {@code Object[]} of the same content. */
  static KeyEncoding of(Class<?> arrayType) {
    Integer tag = TAGS.get(arrayType.getComponentType());
    return tag == null
        ? (value, out) -> writeObjects((@Nullable Object[]) value, out)
        : (value, out) -> writePrimitives(tag, value, out);
  }

  private static void writeObjects(@Nullable Object[] values, KeyBytes out)
      throws NotStorableException {
    out.writeByte(KeyTag.OBJECT_ARRAY);
    out.writeInt(values.length);
    out.enter();
    for (Object value : values) {
      KeyEncodings.write(value, out);
    }
    out.leave();
  }

  private static void writePrimitives(int tag, Object array, KeyBytes out)
      throws NotStorableException {
    int length = Array.getLength(array);
    out.writeByte(tag);
    if (array instanceof byte[] bytes) {
      out.writeBytes(bytes);
      return;
    }
    out.writeInt(length);
    for (int i = 0; i < length; i++) {
      switch (tag) {
        case KeyTag.BOOLEAN_ARRAY -> out.writeByte(((boolean[]) array)[i] ? 1 : 0);
        case KeyTag.SHORT_ARRAY -> out.writeShort(((short[]) array)[i]);
        case KeyTag.CHAR_ARRAY -> out.writeShort(((char[]) array)[i]);
        case KeyTag.INT_ARRAY -> out.writeInt(((int[]) array)[i]);
        case KeyTag.LONG_ARRAY -> out.writeLong(((long[]) array)[i]);
        case KeyTag.FLOAT_ARRAY -> out.writeInt(Float.floatToIntBits(((float[]) array)[i]));
        default -> out.writeLong(Double.doubleToLongBits(((double[]) array)[i]));
      }
    }
  }
}
