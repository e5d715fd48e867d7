package io.larder.agent.premain;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Loads what the agent's jar hides from the application in a jar of its own. Its parent is the
 * platform loader, so that it sees no library of the application, and the application none of
 * these.
 *
 * <p>One entry of the outer jar holds them all: the JVM reads the list of a jar's entries with each
 * start, whether it needs them or not, and 500 cost five milliseconds. Packed as a whole they are
 * also a third smaller.
 */
final class IsolatedLoader extends ClassLoader {

  static final String HIDDEN = "larder/agent.jar";

  private static final String ENTRY_PACKAGE = IsolatedLoader.class.getPackageName() + ".";

  static {
    registerAsParallelCapable();
  }

  /** What is not yet loaded, by its name in the hidden jar. */
  private final Map<String, byte[]> files;

  private IsolatedLoader(Map<String, byte[]> files) {
    super("larder", ClassLoader.getPlatformClassLoader());
    this.files = files;
  }

  /** A loader of what the jar hides. Not as its own type, which the verifier would load early. */
  static ClassLoader of(File jar) throws IOException {
    return new IsolatedLoader(hiddenFiles(jar));
  }

  private static Map<String, byte[]> hiddenFiles(File jar) throws IOException {
    Map<String, byte[]> files = new ConcurrentHashMap<>(1_024);
    // Not a JarFile: looking for signatures costs part of a start, and there are none.
    try (ZipFile outer = new ZipFile(jar)) {
      ZipEntry hidden = outer.getEntry(HIDDEN);
      if (hidden == null) {
        throw new IOException(jar + " has no " + HIDDEN + "; was it repackaged?");
      }
      try (ZipInputStream in =
          new ZipInputStream(new BufferedInputStream(outer.getInputStream(hidden), 1 << 16))) {
        for (ZipEntry file = in.getNextEntry(); file != null; file = in.getNextEntry()) {
          files.put(file.getName(), in.readAllBytes());
        }
      }
    }
    return files;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(ENTRY_PACKAGE)) {
      return Class.forName(name, /* initialize= */ false, Launcher.class.getClassLoader());
    }
    String file = name.replace('.', '/') + ".class";
    // The link is there before it is defined, and no loader may define it itself.
    byte[] bytes = name.startsWith("java.") ? null : files.get(file);
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
