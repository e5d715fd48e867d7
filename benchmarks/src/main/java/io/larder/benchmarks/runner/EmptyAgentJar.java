package io.larder.benchmarks.runner;

import io.larder.benchmarks.startup.EmptyAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs {@link EmptyAgent}. */
final class EmptyAgentJar {

  private EmptyAgentJar() {}

  static Path write(Layout layout) throws IOException {
    Path jar = layout.target().resolve("empty-agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", EmptyAgent.class.getName());
    String entry = EmptyAgent.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(entry));
      Files.copy(layout.classes().resolve(entry), out);
      out.closeEntry();
    }
    return jar;
  }
}
