package io.larder.agent.premain;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the agent's jar hides from the application in jars of its own. Its parent is the
 * platform loader, so that it sees no library of the application, and the application none of
 * these.
 *
 * <p>Few entries of the outer jar hold them all: the JVM reads the list of a jar's entries with
 * each start, whether it needs them or not, and 500 cost five milliseconds. Packed as a whole they
 * are also a third smaller. A library that is not needed to weave is in a jar called after its
 * package, which is read when the first class of it is asked for.
 */
final class IsolatedLoader extends ClassLoader {

  private static final String DIRECTORY = "larder/";
  private static final String AGENT = DIRECTORY + "agent.jar";
  private static final String ENTRY_PACKAGE = IsolatedLoader.class.getPackageName() + ".";

  static {
    registerAsParallelCapable();
  }

  private final File jar;

  /** What is not yet loaded, by its name in the hidden jars that were read. */
  private final Map<String, byte[]> files = new ConcurrentHashMap<>(512);

  /** The hidden jars that were not read yet: the packages they are called after, with a dot. */
  private final Set<String> unread = ConcurrentHashMap.newKeySet();

  private IsolatedLoader(File jar) throws IOException {
    super("larder", ClassLoader.getPlatformClassLoader());
    this.jar = jar;
    // Not a JarFile: looking for signatures costs part of a start, and there are none.
    try (ZipFile outer = new ZipFile(jar)) {
      for (var entries = outer.entries(); entries.hasMoreElements(); ) {
        String name = entries.nextElement().getName();
        if (name.startsWith(DIRECTORY) && name.endsWith(".jar") && !name.equals(AGENT)) {
          unread.add(name.substring(DIRECTORY.length(), name.length() - "jar".length()));
        }
      }
      read(outer, AGENT);
    }
  }

  /** A loader of what the jar hides. Not as its own type, which the verifier would load early. */
  static ClassLoader of(File jar) throws IOException {
    return new IsolatedLoader(jar);
  }

  private void read(ZipFile outer, String hiddenJar) throws IOException {
    ZipEntry entry = outer.getEntry(hiddenJar);
    if (entry == null) {
      throw new IOException(jar + " has no " + hiddenJar + "; was it repackaged?");
    }
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(outer.getInputStream(entry), 1 << 16))) {
      for (ZipEntry file = in.getNextEntry(); file != null; file = in.getNextEntry()) {
        files.put(file.getName(), in.readAllBytes());
      }
    }
  }

  /** Reads the hidden jar that may have a class, if there is one that was not read. */
  private synchronized void readJarOf(String className) throws IOException {
    for (String itsPackage : List.copyOf(unread)) {
      if (className.startsWith(itsPackage)) {
        try (ZipFile outer = new ZipFile(jar)) {
          read(outer, DIRECTORY + itsPackage + "jar");
        }
        unread.remove(itsPackage);
      }
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(ENTRY_PACKAGE)) {
      return Class.forName(name, /* initialize= */ false, Launcher.class.getClassLoader());
    }
    if (name.startsWith("java.")) { // the link, before it is defined; no loader may define it
      throw new ClassNotFoundException(name);
    }
    String file = name.replace('.', '/') + ".class";
    byte[] bytes = files.get(file);
    if (bytes == null) {
      try {
        readJarOf(name);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
      bytes = files.get(file);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    Class<?> defined =
        defineClass(name, bytes, 0, bytes.length, Launcher.class.getProtectionDomain());
    files.remove(file);
    return defined;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
