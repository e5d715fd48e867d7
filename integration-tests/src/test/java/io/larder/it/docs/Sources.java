package io.larder.it.docs;

import java.nio.file.Path;

/** The sources that the documentation shows. */
final class Sources {

  private static final Path DIRECTORY =
      Page.root().resolve("integration-tests/src/test/java/io/larder/it/apps/docs");

  private Sources() {}

  /** A whole file but its package. */
  static String file(String name) {
    String text = Page.read(DIRECTORY.resolve(name));
    return text.substring(text.indexOf(";\n") + 2).strip();
  }

  /** What stands between the comments {@code begin: name} and {@code end: name}. */
  static String region(String file, String name) {
    String text = Page.read(DIRECTORY.resolve(file));
    String begin = "// begin: " + name + "\n";
    int from = text.indexOf(begin);
    int to = text.indexOf("// end: " + name + "\n");
    if (from < 0 || to < from) {
      throw new AssertionError(file + " has no region \"" + name + "\"");
    }
    String lines = text.substring(from + begin.length(), text.lastIndexOf('\n', to) + 1);
    return lines.stripTrailing().stripIndent();
  }
}
