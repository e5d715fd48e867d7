package io.larder.agent.cli;

import io.larder.agent.cli.CommandLine.CommandException;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The class files of jars and directories, also of those inside: executable jars of Spring Boot and
 * web applications keep classes in a directory, and libraries in jars of their own. Jars inside
 * jars are copied out until this is closed.
 */
final class ClassPath implements Closeable {

  private static final List<String> INNER_ROOTS = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
  private static final String WILDCARD = File.separator + "*";

  /** Jars and directories to look into; grows as jars are found in jars. */
  private final Deque<Path> unseen = new ArrayDeque<>();

  private final List<URL> urls = new ArrayList<>();
  private final List<Path> directories = new ArrayList<>();
  private final List<Path> jars = new ArrayList<>();
  private @Nullable Path copies;

  /** Sees each class file. */
  interface Visitor {
    /**
     * Called once for each.
     *
     * @param name where it lies, for messages
     * @param loader finds the class files of the whole class path; loads none of them
     */
    void visit(String name, byte[] classFile, ClassLoader loader);
  }

  /**
   * Adds what stands between the separators of a class path.
   *
   * @throws CommandException if there is no such file
   */
  void add(String entry) throws IOException {
    if (entry.endsWith(WILDCARD) || entry.equals("*")) {
      Path directory = existing(entry.substring(0, entry.length() - 1));
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(unseen::add);
      }
    } else {
      unseen.add(existing(entry));
    }
  }

  static Path existing(String name) {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new CommandException("there is no " + path.toAbsolutePath());
    }
    return path;
  }

  boolean isEmpty() {
    return unseen.isEmpty();
  }

  /** Shows all class files. */
  void visit(Visitor visitor) throws IOException {
    for (Path next = unseen.poll(); next != null; next = unseen.poll()) {
      if (Files.isDirectory(next)) {
        urls.add(next.toUri().toURL());
        directories.add(next);
      } else {
        open(next);
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      for (Path directory : directories) {
        visitDirectory(directory, visitor, loader);
      }
      for (Path jar : jars) {
        visitJar(jar, visitor, loader);
      }
    }
  }

  private void open(Path jar) throws IOException {
    jars.add(jar);
    urls.add(jar.toUri().toURL());
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String root : INNER_ROOTS) {
        if (file.getEntry(root) != null) {
          urls.add(URI.create("jar:" + jar.toUri() + "!/" + root).toURL());
        }
      }
      for (JarEntry entry : file.stream().toList()) {
        if (entry.getName().endsWith(".jar")) {
          unseen.add(copied(file, entry));
        }
      }
    } catch (IOException unreadable) {
      throw new IOException(jar + " cannot be read as a jar: " + unreadable.getMessage());
    }
  }

  private Path copied(JarFile file, JarEntry entry) throws IOException {
    if (copies == null) {
      copies = Files.createTempDirectory("larder-check");
    }
    String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
    Path copy = Files.createTempDirectory(copies, "jar").resolve(name);
    try (InputStream in = file.getInputStream(entry)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static void visitDirectory(Path directory, Visitor visitor, ClassLoader loader)
      throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).sorted().toList()) {
        visitor.visit(directory.relativize(file).toString(), Files.readAllBytes(file), loader);
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private static void visitJar(Path jar, Visitor visitor, ClassLoader loader) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        // Versions for newer JVMs say the same of a method, and would say it twice.
        if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
          try (InputStream in = file.getInputStream(entry)) {
            visitor.visit(entry.getName(), in.readAllBytes(), loader);
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (copies != null) {
      try (Stream<Path> files = Files.walk(copies)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
