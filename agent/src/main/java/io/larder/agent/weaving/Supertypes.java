package io.larder.agent.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The supertypes of a class, read from class files without loading anything: the class that is
 * being woven may not exist yet, and loading others early would change what the application does.
 */
final class Supertypes {

  /** Ends the search in hierarchies that nobody writes by hand. */
  private static final int MOST = 500;

  private final @Nullable ClassLoader loader;

  /**
   * Supertypes as a class loader sees them.
   *
   * @param loader {@code null} for the bootstrap loader
   */
  Supertypes(@Nullable ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * A class and all its supertypes, nearest first. A class file that cannot be found has none.
   *
   * @param internalName as in {@code java/util/List}
   */
  Set<String> of(String internalName) {
    Deque<String> open = new ArrayDeque<>();
    Set<String> seen = new LinkedHashSet<>();
    open.add(internalName);
    while (!open.isEmpty() && seen.size() < MOST) {
      String next = open.remove();
      if (seen.add(next)) {
        addSupertypes(next, open);
      }
    }
    return seen;
  }

  private void addSupertypes(String internalName, Deque<String> open) {
    String resource = internalName + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      if (in == null) {
        return;
      }
      ClassReader reader = new ClassReader(in);
      if (reader.getSuperName() != null) {
        open.add(reader.getSuperName());
      }
      open.addAll(List.of(reader.getInterfaces()));
    } catch (IOException | RuntimeException | Error unreadable) { // of a loader of theirs
      // as if it were not there: the result is then judged by what is known of it
    }
  }
}
