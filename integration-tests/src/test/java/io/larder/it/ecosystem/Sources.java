package io.larder.it.ecosystem;

import io.larder.it.jvm.Jvm;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles applications whose sources are resources of the tests: they name libraries that must not
 * be on the tests' own class path.
 */
final class Sources {

  private Sources() {}

  /**
   * Compiles an application with the annotations and copies its other files.
   *
   * @param application the name of its directory among the resources
   * @param libraries what it needs besides
   * @param target where its classes go
   * @return the target
   */
  static Path compile(String application, List<Path> libraries, Path target) {
    Path root = resources().resolve(application);
    try (Stream<Path> found = Files.walk(root)) {
      List<Path> files = found.filter(Files::isRegularFile).toList();
      List<Path> sources = files.stream().filter(Sources::isSource).toList();
      compile(sources, libraries, target);
      for (Path file : files) {
        if (!isSource(file)) {
          Path copy = target.resolve(root.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compile " + root, e);
    }
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java");
  }

  private static void compile(List<Path> sources, List<Path> libraries, Path target)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> classPath = new ArrayList<>(libraries);
    classPath.add(Jvm.annotations());
    List<String> options =
        List.of(
            "--release",
            "17",
            "-parameters",
            "-g", // AspectJ reads the names of parameters there
            "-proc:none",
            "-d",
            target.toString(),
            "-cp",
            classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    StringWriter messages = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
        throw new AssertionError("Does not compile: " + sources + "\n" + messages);
      }
    }
  }

  private static Path resources() {
    try {
      return Path.of(Sources.class.getResource("/ecosystem").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The resources of the tests are not in a directory", e);
    }
  }
}
