package io.larder.it.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
   * Copies a jar entry by entry.
   *
   * @param change gets the name of each entry but the manifest and answers with {@link Change}
   */
  public static Path copy(Path jar, Path target, Function<String, Change> change) {
    try (JarFile in = new JarFile(jar.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
      for (JarEntry entry : in.stream().toList()) {
        boolean manifest = entry.getName().equals(JarFile.MANIFEST_NAME);
        Change wanted = manifest ? Change.KEEP : change.apply(entry.getName());
        if (wanted != Change.DROP && !entry.isDirectory()) {
          out.putNextEntry(new JarEntry(entry.getName()));
          byte[] bytes = in.getInputStream(entry).readAllBytes();
          out.write(wanted == Change.CUT ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
        }
      }
      return target;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot copy " + jar + " to " + target, failure);
    }
  }

  /** What becomes of an entry. */
  public enum Change {
    KEEP,
    DROP,
    /** Half of it, as a broken download leaves it. */
    CUT
  }
}
