package io.larder.runtime.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists, sets and maps in keys. Their interfaces define when two are equal, whatever their classes:
 * lists by their elements in order, sets and maps without one. Only classes of libraries that keep
 * to this are taken; others, as Hibernate's bags, do not.
 */
final class CollectionKeys {

  private static final Module JAVA_BASE = Object.class.getModule();

  private CollectionKeys() {}

  /** That of a class of lists, sets, maps or optionals; {@code null} for any other class. */
  static @Nullable KeyEncoding of(Class<?> type) {
    if (type == Optional.class) {
      return (value, out) -> write((Optional<?>) value, out);
    }
    if (!isWellBehaved(type)) {
      return null;
    }
    if (List.class.isAssignableFrom(type)) {
      return (value, out) -> write((List<?>) value, out);
    }
    if (Set.class.isAssignableFrom(type)) {
      return (value, out) -> write((Set<?>) value, out);
    }
    if (Map.class.isAssignableFrom(type)) {
      return (value, out) -> write((Map<?, ?>) value, out);
    }
    return null;
  }

  private static boolean isWellBehaved(Class<?> type) {
    if (type.getModule() == JAVA_BASE) {
      return type != IdentityHashMap.class && type.getEnclosingClass() != IdentityHashMap.class;
    }
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      String name = each.getName();
      if (name.startsWith("kotlin.collections.")
          || name.equals("com.google.common.collect.ImmutableCollection")
          || name.equals("com.google.common.collect.ImmutableMap")) {
        return true;
      }
    }
    return false;
  }

  private static void write(Optional<?> value, KeyBytes out) throws NotStorableException {
    if (value.isEmpty()) {
      out.writeByte(KeyTag.OPTIONAL_EMPTY);
      return;
    }
    out.writeByte(KeyTag.OPTIONAL);
    out.enter();
    KeyEncodings.write(value.get(), out);
    out.leave();
  }

  private static void write(List<?> values, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.LIST);
    int count = out.reserveInt();
    int written = 0; // not its size, which may change under way
    out.enter();
    for (Object value : values) {
      KeyEncodings.write(value, out);
      written++;
    }
    out.leave();
    out.putInt(count, written);
  }

  private static void write(Set<?> values, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.SET);
    writeSorted(values, KeyEncodings::write, out);
  }

  private static void write(Map<?, ?> values, KeyBytes out) throws NotStorableException {
    out.writeByte(KeyTag.MAP);
    writeSorted(values.entrySet(), CollectionKeys::writeEntry, out);
  }

  private static void writeEntry(Map.Entry<?, ?> entry, KeyBytes out) throws NotStorableException {
    KeyEncodings.write(entry.getKey(), out);
    KeyEncodings.write(entry.getValue(), out);
  }

  /** Writes an element of a set, or an entry of a map. */
  private interface ElementWriter<T extends @Nullable Object> {
    void write(T element, KeyBytes out) throws NotStorableException;
  }

  /** In the order of their bytes. */
  private static <T extends @Nullable Object> void writeSorted(
      Collection<? extends T> values, ElementWriter<T> writer, KeyBytes out)
      throws NotStorableException {
    int count = out.reserveInt();
    int start = out.size();
    int[] ends = new int[16];
    int written = 0;
    out.enter();
    for (T value : values) {
      writer.write(value, out);
      if (written == ends.length) {
        ends = Arrays.copyOf(ends, 2 * written);
      }
      ends[written++] = out.size();
    }
    out.leave();
    out.sort(start, ends, written);
    out.putInt(count, written);
  }
}
