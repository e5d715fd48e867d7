package io.larder.agent.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The class files of a jar on the class path. */
final class Library {

  private Library() {}

  /** The class files of the jar that a class comes from, by class name. */
  static Map<String, byte[]> of(Class<?> member, Predicate<String> named) {
    Map<String, byte[]> classFiles = new LinkedHashMap<>();
    try (ZipFile jar =
        new ZipFile(
            Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI()).toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String file = entry.getName();
        String name = file.replace('/', '.').replaceAll("\\.class$", "");
        if (file.endsWith(".class") && !file.startsWith("META-INF/") && named.test(name)) {
          try (InputStream in = jar.getInputStream(entry)) {
            classFiles.put(name, in.readAllBytes());
          }
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
    classFiles.remove("module-info");
    return classFiles;
  }

  /** As many of the names, taken at random. */
  static Set<String> some(Map<String, byte[]> classFiles, int count, Random random) {
    List<String> names = new ArrayList<>(classFiles.keySet());
    Collections.shuffle(names, random);
    return new LinkedHashSet<>(names.subList(0, Math.min(count, names.size())));
  }
}
