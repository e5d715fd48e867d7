package io.larder.benchmarks.promotion;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares rules of promotion on recorded requests: what part of them does memory answer, when
 * Redis behind it has everything? Prints a table; the same numbers each time, but for Caffeine's
 * random admission of one refused entry in 128, which moves a tenth of a percent at most.
 */
public final class Promotion {

  private static final double[] PARTS = {0.01, 0.05, 0.10};

  /** So far apart ratios are the same. */
  private static final double EQUAL = 0.0005;

  private final List<double[]> rows = new ArrayList<>();

  private Promotion() {}

  /** The argument: the directory of the traces. */
  public static void main(String[] args) {
    Path directory = Path.of(args[0]);
    if (!Files.isDirectory(directory)) {
      System.out.println(
          "promotion: skipped, there is no folder " + directory.toAbsolutePath().normalize());
      return;
    }
    new Promotion().compare(Trace.filesIn(directory));
  }

  private void compare(List<Path> files) {
    StringBuilder head = new StringBuilder("| trace | memory |");
    Rule.ALL.forEach(rule -> head.append(' ').append(rule.title()).append(" |"));
    System.out.println(head);
    System.out.println("|---|---|" + "---|".repeat(Rule.ALL.size()));
    for (Path file : files) {
      Trace trace = Trace.read(file);
      for (double part : PARTS) {
        int capacity = trace.share(part);
        double[] row =
            Rule.ALL.stream().mapToDouble(rule -> rule.memoryHitRatio(trace, capacity)).toArray();
        rows.add(row);
        print(String.format(Locale.ROOT, "%s | %.0f %%", trace.name(), part * 100), row, best(row));
      }
    }
    double[] mean = new double[Rule.ALL.size()];
    double[] notBeaten = new double[mean.length];
    double[] behind = new double[mean.length];
    for (double[] row : rows) {
      for (int rule = 0; rule < mean.length; rule++) {
        mean[rule] += row[rule] / rows.size();
        notBeaten[rule] += row[rule] >= best(row) - EQUAL ? 0.01 : 0;
        behind[rule] = Math.max(behind[rule], best(row) - row[rule]);
      }
    }
    print("mean |", mean, best(mean));
    print("farthest behind the best | points", behind, /* best= */ 1);
    System.out.printf(
        Locale.ROOT, "%nBest, or within 0.05 points of it, in so many of the %d:", rows.size());
    for (int rule = 0; rule < mean.length; rule++) {
      System.out.printf(
          Locale.ROOT,
          "%s %s %.0f",
          rule == 0 ? "" : ",",
          Rule.ALL.get(rule).title(),
          notBeaten[rule] * 100);
    }
    System.out.println(".");
  }

  private static double best(double[] row) {
    double best = 0;
    for (double ratio : row) {
      best = Math.max(best, ratio);
    }
    return best;
  }

  private static void print(String what, double[] row, double best) {
    StringBuilder line = new StringBuilder("| ").append(what).append(" |");
    for (double ratio : row) {
      String form = ratio >= best - EQUAL ? " **%.1f** |" : " %.1f |";
      line.append(String.format(Locale.ROOT, form, ratio * 100));
    }
    System.out.println(line);
  }
}
