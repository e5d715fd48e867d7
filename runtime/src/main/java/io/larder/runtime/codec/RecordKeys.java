package io.larder.runtime.codec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Records of one class in keys: the names of the class and of its components, then the values. Read
 * from the fields, as the {@code equals} of a record does; a record with an {@code equals} of its
 * own is refused, as equal ones might have different bytes.
 */
final class RecordKeys implements KeyEncoding {

  private final byte[] shape;
  private final Field[] fields;

  private RecordKeys(byte[] shape, Field[] fields) {
    this.shape = shape;
    this.fields = fields;
  }

  /** That of a class of records, maybe one that refuses. */
  static KeyEncoding of(Class<?> type) {
    if (!hasGeneratedEquals(type)) {
      return new Refused(
          type.getName()
              + " has an equals of its own, so equal ones may have different bytes. Leave equals to"
              + " the compiler, or name the components that count as the key.");
    }
    RecordComponent[] components = type.getRecordComponents();
    StringBuilder shape = new StringBuilder(type.getName());
    Field[] fields = new Field[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        fields[i] = type.getDeclaredField(components[i].getName());
        fields[i].setAccessible(true);
        shape.append(';').append(components[i].getName());
      }
    } catch (InaccessibleObjectException closed) {
      return new Refused(
          type.getName()
              + " is in a package that its module does not open. Open it, or name the components"
              + " that count as the key.");
    } catch (ReflectiveOperationException | RuntimeException | LinkageError unreadable) {
      return new Refused(type.getName() + " cannot be read: " + unreadable);
    }
    return new RecordKeys(shape.toString().getBytes(StandardCharsets.UTF_8), fields);
  }

  @Override
  public void write(Object value, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.RECORD);
    out.writeBytes(shape);
    out.enter();
    try {
      for (Field field : fields) {
        KeyEncodings.write(field.get(value), out);
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
    out.leave();
  }

  /**
   * Whether the compiler made {@code equals}: it is final then, and calls a bootstrap method whose
   * descriptor hardly any code of people has.
   */
  private static boolean hasGeneratedEquals(Class<?> type) {
    try {
      int modifiers = type.getDeclaredMethod("equals", Object.class).getModifiers();
      if (!Modifier.isFinal(modifiers)) {
        return false;
      }
    } catch (NoSuchMethodException | SecurityException | LinkageError unknown) {
      return false;
    }
    byte[] classFile = classFileOf(type);
    String descriptor = "(" + type.descriptorString() + "Ljava/lang/Object;)Z";
    return classFile == null || contains(classFile, descriptor.getBytes(StandardCharsets.UTF_8));
  }

  private static byte @Nullable [] classFileOf(Class<?> type) {
    String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException | RuntimeException unreadable) {
      return null;
    }
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int at = 0; at <= bytes.length - part.length; at++) {
      int matched = 0;
      while (matched < part.length && bytes[at + matched] == part[matched]) {
        matched++;
      }
      if (matched == part.length) {
        return true;
      }
    }
    return false;
  }
}
