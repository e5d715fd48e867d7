package io.larder.it.jvm;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources at test time: modules, and classes that a build would not hold. */
public final class SourceCode {

  private SourceCode() {}

  /** Compiles for Java 17; see {@link #compile(int, Path, Map, String...)}. */
  public static Path compile(Path target, Map<String, String> sources, String... options) {
    return compile(17, target, sources, options);
  }

  /**
   * Compiles with the compiler of the JDK that runs the tests.
   *
   * @param release the version of Java to compile for
   * @param target where the class files go; made if need be
   * @param sources the text of each file by its name, such as {@code "com/acme/Main.java"}
   * @return {@code target}
   */
  public static Path compile(
      int release, Path target, Map<String, String> sources, String... options) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--release",
                Integer.toString(release),
                "-proc:none",
                "-Xlint:-options",
                "-d",
                target.toString()));
    all.addAll(List.of(options));
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach((name, text) -> files.add(new Source(name, text)));
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(target);
      if (!compiler.getTask(messages, manager, null, all, null, files).call()) {
        throw new IllegalArgumentException("Does not compile: " + messages);
      }
      return target;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write to " + target, failure);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
