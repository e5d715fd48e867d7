package io.larder.sample.replay;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Rows with a column for each run and one for what changed from the last but one to the last. */
final class RunTable {

  private static final double MEGABYTE = 1 << 20;

  private final StringBuilder text = new StringBuilder();
  private final List<Run> runs;
  private final int width;

  /** A table of two runs or more over the same requests, without a row yet. */
  RunTable(List<Run> runs) {
    this.runs = List.copyOf(runs);
    this.width = runs.size() == 2 ? 15 : 12;
  }

  RunTable head(String title) {
    return line(title, runs.stream().map(Run::name).toList(), "").rule();
  }

  RunTable rule() {
    return text("  " + "-".repeat(runs.size() == 2 ? 72 : 76) + "\n");
  }

  RunTable text(String lines) {
    text.append(lines);
    return this;
  }

  RunTable pagesPerSecond() {
    return row(
        "pages per second",
        run -> run.responses().perSecond(),
        rate -> format("%,.0f", rate),
        (before, after) -> after / before,
        times -> format("%.1f x as many", times));
  }

  RunTable responseTime(String name, double percent) {
    return row(
        name,
        run -> run.responses().percentileMillis(percent),
        RunTable::millis,
        (before, after) -> before / after,
        times -> format("%.1f x as fast", times));
  }

  RunTable databaseTime() {
    return row(
        "time in the database",
        run -> run.service().databaseNanos() / 1e9,
        seconds -> format("%.1f s", seconds),
        (before, after) -> 100 * (before - after) / before,
        percent -> format(percent < 0 ? "%.0f %% more" : "%.0f %% saved", Math.abs(percent)));
  }

  RunTable databaseTimeOfAPage() {
    return line(
        "  for a page",
        runs.stream()
            .map(run -> millis(run.service().databaseNanos() / 1e6 / run.responses().count()))
            .toList(),
        "");
  }

  RunTable databaseQueries() {
    return row(
        "database queries",
        run -> run.service().queries(),
        queries -> format("%,.0f", queries),
        (before, after) -> 100 * (before - after) / before,
        percent -> format(percent < 0 ? "%.0f %% more" : "%.0f %% saved", Math.abs(percent)));
  }

  RunTable heap() {
    return row(
        "heap used, after GC",
        run -> run.service().heapBytes() / MEGABYTE,
        megabytes -> format("%.1f MB", megabytes),
        (before, after) -> after - before,
        megabytes -> format("%+.1f MB", megabytes));
  }

  /** Of all caches together; a run without caches shows none. */
  RunTable hitRatio() {
    return row(
        "hit ratio",
        run -> 100 * run.service().allCaches().hitRatio(),
        percent -> Double.isNaN(percent) ? "" : format("%.1f %%", percent),
        (before, after) -> after - before,
        points -> format("%+.1f points", points));
  }

  private RunTable row(
      String name,
      ToDoubleFunction<Run> figure,
      DoubleFunction<String> shown,
      DoubleBinaryOperator change,
      DoubleFunction<String> changeShown) {
    double[] figures = runs.stream().mapToDouble(figure).toArray();
    return line(
        name,
        runs.stream().map(run -> shown.apply(figure.applyAsDouble(run))).toList(),
        changeShown.apply(
            change.applyAsDouble(figures[figures.length - 2], figures[figures.length - 1])));
  }

  private RunTable line(String name, List<String> cells, String change) {
    StringBuilder line = new StringBuilder(format("  %-22s", name));
    cells.forEach(cell -> line.append(format(" %" + width + "s", cell)));
    return text(line.append("   ").append(change).toString().stripTrailing() + "\n");
  }

  private static String millis(double value) {
    return format("%.2f ms", value);
  }

  /** The same digits everywhere, whatever the language of the machine. */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
