package io.larder.it.apps.injected;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/**
 * Reaches into the agent of its own JVM, by reflection and with {@code java.lang} opened on the
 * command line, and changes what the caches hold. No production code is there for it.
 */
final class StoredEntries {

  private StoredEntries() {}

  /**
   * Replaces the value of each entry of each cache.
   *
   * @return how many entries there were
   */
  static int replaceAll(Object value) throws ReflectiveOperationException {
    int replaced = 0;
    Object registry = field(runtime(), "registry");
    for (Object cache : (List<?>) call(registry, "caches")) {
      Object caffeine = call(call(cache, "memory"), "entries");
      @SuppressWarnings("unchecked") // keys and entries of classes that are not visible here
      ConcurrentMap<Object, Object> entries =
          (ConcurrentMap<Object, Object>) call(caffeine, "asMap");
      for (Object key : entries.keySet()) {
        entries.put(key, copyWith(entries.get(key), value));
        replaced++;
      }
    }
    return replaced;
  }

  private static Object copyWith(Object entry, Object value) throws ReflectiveOperationException {
    return entry
        .getClass()
        .getConstructor(Object.class, long.class, long.class, int.class)
        .newInstance(
            value, call(entry, "createdNanos"), call(entry, "loadNanos"), call(entry, "bytes"));
  }

  /** The link in java.lang holds a function of the runtime, and that the runtime itself. */
  private static Object runtime() throws ReflectiveOperationException {
    Object problems = staticField(Class.forName("java.lang.LarderLink"), "problems");
    for (Field field : problems.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      Object captured = field.get(problems);
      if (captured != null && captured.getClass().getSimpleName().equals("LarderRuntime")) {
        return captured;
      }
    }
    throw new IllegalStateException("The link holds no runtime: " + problems.getClass());
  }

  private static Object staticField(Class<?> type, String name)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(owner);
  }

  private static Object call(Object owner, String name) throws ReflectiveOperationException {
    Method method = owner.getClass().getMethod(name);
    method.setAccessible(true); // public, but mostly of a class that is not
    return method.invoke(owner);
  }
}
