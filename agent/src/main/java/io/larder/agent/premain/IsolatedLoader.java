package io.larder.agent.premain;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
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

  /**
   * Where a library has classes that replace its others on newer JDKs, as in any jar of several.
   */
  private static final String VERSIONS = "META-INF/versions/";

  private static final int NEWER_JDK = 25;
  private static final boolean IS_NEWER_JDK = Runtime.version().feature() >= NEWER_JDK;

  static {
    registerAsParallelCapable();
  }

  /** Open from the start, so that it stays the same if its file is deleted or replaced. */
  private final ZipFile jar;

  /** What is not yet loaded, by its name in the hidden jars that were read. */
  private final Map<String, byte[]> files = new ConcurrentHashMap<>(512);

  /** The hidden jars that were not read yet: the packages they are called after, with a dot. */
  private final Set<String> unread = ConcurrentHashMap.newKeySet();

  private IsolatedLoader(ZipFile jar, ClassLoader parent) throws IOException {
    super("larder", parent);
    this.jar = jar;
    for (var entries = jar.entries(); entries.hasMoreElements(); ) {
      String name = entries.nextElement().getName();
      if (name.startsWith(DIRECTORY) && name.endsWith(".jar") && !name.equals(AGENT)) {
        unread.add(name.substring(DIRECTORY.length(), name.length() - "jar".length()));
      }
    }
    read(AGENT);
  }

  /**
   * A loader of what the jar hides. Not as its own type, which the verifier would load early.
   *
   * @param parent the platform loader; only the command line, a program of its own, sees more
   */
  static ClassLoader of(ZipFile jar, ClassLoader parent) throws IOException {
    return new IsolatedLoader(jar, parent);
  }

  private void read(String hiddenJar) throws IOException {
    ZipEntry entry = jar.getEntry(hiddenJar);
    if (entry == null) {
      throw new IOException(jar.getName() + " has no " + hiddenJar + "; was it repackaged?");
    }
    try (ZipInputStream in =
        new ZipInputStream(new BufferedInputStream(jar.getInputStream(entry), 1 << 16))) {
      for (ZipEntry file = in.getNextEntry(); file != null; file = in.getNextEntry()) {
        String name = file.getName();
        if (!name.startsWith(VERSIONS) || IS_NEWER_JDK) {
          files.put(name, in.readAllBytes());
        }
      }
    }
  }

  /** Reads the hidden jar that may have a class, if there is one that was not read. */
  private synchronized void readJarOf(String className) throws IOException {
    for (String itsPackage : List.copyOf(unread)) {
      if (className.startsWith(itsPackage)) {
        read(DIRECTORY + itsPackage + "jar");
        unread.remove(itsPackage);
      }
    }
  }

  /**
   * The entry's classes that the rest refers to. Not asked of the system class loader: an
   * application's may take a lock for it that another thread holds, who waits for the agent to
   * start.
   */
  private static @Nullable Class<?> ofEntry(String name) {
    for (Class<?> type : List.of(Agent.class, FirstLook.class)) {
      if (type.getName().equals(name)) {
        return type;
      }
    }
    return null;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> ofEntry = ofEntry(name);
    if (ofEntry != null) {
      return ofEntry;
    }
    if (name.startsWith("java.")) { // the link, before it is defined; no loader may define it
      throw new ClassNotFoundException(name);
    }
    String file = name.replace('.', '/') + ".class";
    byte[] bytes = classFile(file);
    if (bytes == null) {
      try {
        readJarOf(name);
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
      bytes = classFile(file);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    Class<?> defined =
        defineClass(name, bytes, 0, bytes.length, Launcher.class.getProtectionDomain());
    files.remove(file);
    files.remove(VERSIONS + NEWER_JDK + "/" + file);
    return defined;
  }

  private byte @Nullable [] classFile(String file) {
    byte[] newer = IS_NEWER_JDK ? files.get(VERSIONS + NEWER_JDK + "/" + file) : null;
    return newer == null ? files.get(file) : newer;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    byte[] bytes = files.get(name);
    return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
  }
}
