package io.larder.it.ecosystem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Packs an executable jar as Spring Boot's build plugins lay it out. */
final class BootJar {

  private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

  private BootJar() {}

  static Path pack(Path jar, String mainClass, Path classes, List<Path> libraries) {
    try (JarOutputStream out =
            new JarOutputStream(Files.newOutputStream(jar), manifest(mainClass));
        Stream<Path> files = Files.walk(classes)) {
      addLoader(out);
      addDirectory(out, "BOOT-INF/");
      addDirectory(out, "BOOT-INF/lib/");
      for (Path file : files.sorted().toList()) {
        String name = "BOOT-INF/classes/" + classes.relativize(file);
        if (Files.isDirectory(file)) {
          addDirectory(out, name.endsWith("/") ? name : name + "/");
        } else {
          out.putNextEntry(new JarEntry(name));
          Files.copy(file, out);
        }
      }
      for (Path library : libraries) {
        addStored(out, "BOOT-INF/lib/" + nameOf(library), bytesOf(library));
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + jar, e);
    }
  }

  private static Manifest manifest(String mainClass) {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, LAUNCHER);
    attributes.putValue("Start-Class", mainClass);
    attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    return manifest;
  }

  /** Without entries for directories neither the loader nor Spring's scan finds what is in them. */
  private static void addDirectory(JarOutputStream out, String name) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.closeEntry();
  }

  private static void addLoader(JarOutputStream out) throws IOException {
    try (JarFile loader = new JarFile(Libraries.only("spring-boot-loader").toFile())) {
      for (JarEntry entry : loader.stream().toList()) {
        if (entry.getName().endsWith(".class")) {
          out.putNextEntry(new JarEntry(entry.getName()));
          loader.getInputStream(entry).transferTo(out);
        }
      }
    }
  }

  /** Nested jars are stored as they are, because Boot's loader reads them in place. */
  private static void addStored(JarOutputStream out, String name, byte[] bytes) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    JarEntry entry = new JarEntry(name);
    entry.setMethod(JarEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
  }

  /** The annotations are a directory of classes when the whole project is built at once. */
  private static String nameOf(Path library) {
    String name = String.valueOf(library.getFileName());
    return name.endsWith(".jar") ? name : "larder-annotations.jar";
  }

  private static byte[] bytesOf(Path library) throws IOException {
    if (Files.isRegularFile(library)) {
      return Files.readAllBytes(library);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes);
        Stream<Path> files = Files.walk(library)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(library.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
    return bytes.toByteArray();
  }
}
