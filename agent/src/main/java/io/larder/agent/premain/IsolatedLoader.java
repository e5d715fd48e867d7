package io.larder.agent.premain;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads what the agent's jar hides from the application: class files below {@code larder/} with the
 * ending {@code .classdata}. Its parent is the platform loader, so that it sees no library of the
 * application, and the application none of these.
 */
final class IsolatedLoader extends ClassLoader {

  private static final String PREFIX = "larder/";

  static {
    registerAsParallelCapable();
  }

  private final File file;
  private final ZipFile jar;

  IsolatedLoader(File file) throws IOException {
    super("larder", ClassLoader.getPlatformClassLoader());
    this.file = file;
    // Not a JarFile: looking for signatures costs part of a start, and there are none.
    this.jar = new ZipFile(file);
  }

  /** The bytes of a class that the jar hides. */
  private byte[] classFile(String className) throws IOException {
    ZipEntry entry = jar.getEntry(PREFIX + className.replace('.', '/') + ".classdata");
    if (entry == null) {
      throw new IOException(file + " has no " + className + "; was it repackaged?");
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(
        "java.")) { // the link, before it is defined; no loader may define it itself
      throw new ClassNotFoundException(name);
    }
    byte[] bytes;
    try {
      bytes = classFile(name);
    } catch (IOException missing) {
      throw new ClassNotFoundException(name, missing);
    }
    return defineClass(name, bytes, 0, bytes.length, Launcher.class.getProtectionDomain());
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(PREFIX + name);
    if (entry == null) {
      return super.getResourceAsStream(name);
    }
    try {
      return jar.getInputStream(entry);
    } catch (IOException unreadable) {
      return null;
    }
  }
}
