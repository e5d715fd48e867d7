package io.larder.sample.replay;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Rows with a column for each run and one for what changed from the last but one to the last. */
final class RunTable {

  private static final double MEGABYTE = 1 << 20;

  private final StringBuilder text = new StringBuilder();
  private final List<Run> runs;
  private final String name;
  private final String cell;
  private final String gap;

  /** A table of two runs or more over the same requests, without a row yet. */
  RunTable(List<Run> runs) {
    this.runs = List.copyOf(runs);
    boolean wide = runs.size() == 2;
    this.name = wide ? "  %-22s" : "  %-27s"; // three columns leave room for the names of caches
    this.cell = wide ? " %15s" : " %11s";
    this.gap = wide ? "   " : "  ";
  }

  RunTable head(String title) {
    return line(title, runs.stream().map(Run::name).toList(), "").rule();
  }

  RunTable rule() {
    return text("  " + "-".repeat(runs.size() == 2 ? 72 : 78) + "\n");
  }

  RunTable text(String lines) {
    text.append(lines);
    return this;
  }

  /** How quickly pages came, and what that took of the database. */
  RunTable figures() {
    return pagesPerSecond()
        .responseTime("response time p50", 50)
        .responseTime("response time p99", 99)
        .responseTime("  slowest", 100)
        .databaseTime()
        .databaseQueries();
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

  /** Of each cache of the last run, and of all together; a run without caches shows none. */
  RunTable hitRatios() {
    runs.get(runs.size() - 1).service().caches().keySet().forEach(this::hitRatio);
    return hitRatio();
  }

  private void hitRatio(String cache) {
    CacheReading none = new CacheReading(0, 0, 0);
    hitRatio(cache, run -> run.service().caches().getOrDefault(cache, none));
  }

  /** Of all caches together. */
  RunTable hitRatio() {
    return hitRatio("hit ratio, all caches", run -> run.service().allCaches());
  }

  private RunTable hitRatio(String caches, Function<Run, CacheReading> reading) {
    return row(
        caches,
        run -> 100 * reading.apply(run).hitRatio(),
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

  private RunTable line(String title, List<String> values, String change) {
    StringBuilder line = new StringBuilder(format(name, title));
    values.forEach(value -> line.append(format(cell, value)));
    return text(line.append(gap).append(change).toString().stripTrailing() + "\n");
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
