package io.larder.it.jvm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Makes jars: of classes of the tests, and spoiled copies of other jars. */
public final class AppJar {

  private AppJar() {}

  /** Packs the classes and those nested in them. */
  public static Path of(Path jar, Class<?>... classes) {
    return of(jar, Map.of(), classes);
  }

  /** Packs the classes with a manifest of the attributes. */
  public static Path of(Path jar, Map<String, String> attributes, Class<?>... classes) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      Path root = Jvm.locationOf(AppJar.class);
      for (Class<?> type : classes) {
        String stem = type.getName().replace('.', '/');
        Path directory = Objects.requireNonNull(root.resolve(stem).getParent());
        for (Path file : list(directory)) {
          String entry = root.relativize(file).toString().replace('\\', '/');
          if (entry.equals(stem + ".class") || entry.startsWith(stem + "$")) {
            out.putNextEntry(new JarEntry(entry));
            out.write(Files.readAllBytes(file));
          }
        }
      }
      return jar;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write " + jar, failure);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /**
   * Copies a jar entry by entry, also the entries of jars inside it.
   *
   * @param change gets the name of each entry but the manifest and answers with {@link Change}; the
   *     entries of a jar inside have its name and {@code "!"} in front
   */
  public static Path copy(Path jar, Path target, Function<String, Change> change) {
    try (InputStream in = Files.newInputStream(jar);
        OutputStream out = Files.newOutputStream(target)) {
      copy(in, out, "", change);
      return target;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot copy " + jar + " to " + target, failure);
    }
  }

  private static void copy(
      InputStream from, OutputStream to, String prefix, Function<String, Change> change)
      throws IOException {
    ZipInputStream in = new ZipInputStream(from);
    ZipOutputStream out = new ZipOutputStream(to);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      String name = prefix + entry.getName();
      Change wanted = name.equals(JarFile.MANIFEST_NAME) ? Change.KEEP : change.apply(name);
      if (wanted == Change.DROP || entry.isDirectory()) {
        continue;
      }
      out.putNextEntry(new ZipEntry(entry.getName()));
      byte[] bytes = in.readAllBytes();
      if (wanted == Change.CUT) {
        out.write(bytes, 0, bytes.length / 2);
      } else if (name.endsWith(".jar")) {
        copy(new ByteArrayInputStream(bytes), out, name + "!", change);
      } else {
        out.write(bytes);
      }
    }
    out.finish();
  }

  /** What becomes of an entry. */
  public enum Change {
    KEEP,
    DROP,
    /** Half of it, as a broken download leaves it. */
    CUT
  }
}
