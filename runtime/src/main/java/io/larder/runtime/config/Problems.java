package io.larder.runtime.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file, to tell it all at once. */
final class Problems {

  /** So many are told; a file that is something else altogether has thousands. */
  private static final int TOLD = 100;

  private final String fileName;
  private final List<Problem> problems = new ArrayList<>();

  Problems(String fileName) {
    this.fileName = fileName;
  }

  void add(YamlNode.Mark at, String text) {
    problems.add(new Problem(fileName, at.line(), at.column(), oneLine(text)));
  }

  /** A value that is shown may have several. */
  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** In the order of the file. */
  List<Problem> list() {
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    if (sorted.size() <= TOLD) {
      return sorted;
    }
    Problem next = sorted.get(TOLD);
    int more = sorted.size() - TOLD;
    List<Problem> told = new ArrayList<>(sorted.subList(0, TOLD));
    told.add(
        new Problem(
            fileName, next.line(), next.column(), more + " more from here on are not shown"));
    return told;
  }
}
