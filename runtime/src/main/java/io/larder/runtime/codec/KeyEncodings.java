package io.larder.runtime.codec;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The encoding of each class whose values may be part of a shared key. */
final class KeyEncodings {

  /** Hangs off the class, and so goes with its loader. */
  private static final ClassValue<KeyEncoding> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected KeyEncoding computeValue(Class<?> type) {
          return find(type);
        }
      };

  private KeyEncodings() {}

  /** Writes any value. */
  static void write(@Nullable Object value, KeyBytes out) throws NotStorableException {
    if (value == null) {
      out.writeByte(KeyTag.NULL);
    } else {
      BY_CLASS.get(value.getClass()).write(value, out);
    }
  }

  /** That of exactly this class. */
  static KeyEncoding of(Class<?> type) {
    return BY_CLASS.get(type);
  }

  private static KeyEncoding find(Class<?> type) {
    KeyEncoding encoding = ScalarKeys.of(type);
    if (encoding == null) {
      encoding = TimeKeys.of(type);
    }
    if (encoding == null) {
      encoding = CollectionKeys.of(type);
    }
    if (encoding != null) {
      return encoding;
    }
    if (type.isArray()) {
      return ArrayKeys.of(type);
    }
    if (type.isRecord()) {
      return RecordKeys.of(type);
    }
    if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
      return KeyEncodings::writeEnum;
    }
    if (type.getName().equals("java.time.ZoneRegion")) {
      return (value, out) -> TimeKeys.writeZone((ZoneId) value, out);
    }
    return new KeyEncoding.Refused(
        type.getName()
            + " has no bytes that mean the same in another JVM: it is neither a value, list, set or"
            + " map of the JDK nor an enum nor a record. Make it a record, or name those of its"
            + " properties that count as the key.");
  }

  /** By name: the order of constants changes from release to release. */
  private static void writeEnum(Object value, KeyBytes out) throws NotStorableException {
    Enum<?> constant = (Enum<?>) value;
    byte[] type = constant.getDeclaringClass().getName().getBytes(StandardCharsets.UTF_8);
    out.writeByte(KeyTag.ENUM);
    out.writeBytes(type);
    out.writeText(constant.name());
  }
}
