package io.larder.agent.rules;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The supertypes of classes that are being loaded, from class files: the JVM loads a class's
 * supertypes after it has asked us about the class itself. Each class file is read once for each
 * class loader. Thread-safe.
 */
final class Subtypes {

  /** Ends the search in hierarchies that nobody writes by hand, and in rings. */
  private static final int DEEPEST = 100;

  /** By loader, by class name. Guarded by itself; the maps in it are concurrent. */
  private final Map<ClassLoader, Map<String, Set<String>>> known = new WeakHashMap<>();

  /**
   * A class and all its supertypes but {@code Object}, by names with dots.
   *
   * @param loader the one that loads the class; {@code null} for the bootstrap loader
   */
  Set<String> supertypesOf(@Nullable ClassLoader loader, String className, byte[] classFile) {
    return of(loader, className, new ClassReader(classFile), DEEPEST);
  }

  private Set<String> of(
      @Nullable ClassLoader loader, String className, ClassReader reader, int depth) {
    Set<String> names = new LinkedHashSet<>();
    names.add(className);
    if (reader.getSuperName() != null) {
      names.addAll(of(loader, reader.getSuperName(), depth));
    }
    for (String each : List.of(reader.getInterfaces())) {
      names.addAll(of(loader, each, depth));
    }
    mapOf(loader).put(className, names);
    return names;
  }

  private Set<String> of(@Nullable ClassLoader loader, String internalName, int depth) {
    if (depth == 0 || internalName.equals("java/lang/Object")) {
      return Set.of();
    }
    String className = internalName.replace('/', '.');
    Set<String> there = mapOf(loader).get(className);
    if (there != null) {
      return there;
    }
    String resource = internalName + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      if (in != null) {
        return of(loader, className, new ClassReader(in), depth - 1);
      }
    } catch (IOException | RuntimeException | Error unreadable) { // of a loader of theirs
      // as if it had no supertypes
    }
    Set<String> itself = Set.of(className);
    mapOf(loader).put(className, itself);
    return itself;
  }

  private Map<String, Set<String>> mapOf(@Nullable ClassLoader loader) {
    ClassLoader key = loader == null ? ClassLoader.getPlatformClassLoader() : loader;
    synchronized (known) {
      return known.computeIfAbsent(key, each -> new ConcurrentHashMap<>());
    }
  }
}
