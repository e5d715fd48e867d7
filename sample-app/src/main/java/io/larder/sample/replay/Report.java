package io.larder.sample.replay;

import io.larder.sample.replay.ServiceReading.CacheReading;
import java.util.Locale;

/** The table at the end of the demo. */
final class Report {

  private static final String RULE = "  " + "-".repeat(72) + "\n";
  private static final double MEGABYTE = 1 << 20;

  private final Run without;
  private final Run with;
  private final StringBuilder text = new StringBuilder();

  private Report(Run without, Run with) {
    this.without = without;
    this.with = with;
  }

  /** The table of a run without and a run with Larder, over the same requests. */
  static String of(Run without, Run with) {
    return new Report(without, with).build();
  }

  private String build() {
    row("", "without Larder", "with Larder", "");
    text.append(RULE);
    double before = without.responses().perSecond();
    double after = with.responses().perSecond();
    row("pages per second", number(before), number(after), times(after / before) + " as many");
    latency("response time p50", 50);
    latency("response time p99", 99);
    database();
    heap();
    text.append(RULE);
    caches();
    text.append(RULE);
    return text.toString();
  }

  private void latency(String name, double percent) {
    double before = without.responses().percentileMillis(percent);
    double after = with.responses().percentileMillis(percent);
    row(name, millis(before), millis(after), times(before / after) + " as fast");
  }

  private void database() {
    double before = without.service().databaseNanos() / 1e9;
    double after = with.service().databaseNanos() / 1e9;
    row("time in the database", seconds(before), seconds(after), saved(before, after));
    double pageBefore = before * 1_000 / without.responses().count();
    double pageAfter = after * 1_000 / with.responses().count();
    row("  for a page", millis(pageBefore), millis(pageAfter), "");
    long queries = without.service().queries();
    long left = with.service().queries();
    row("database queries", count(queries), count(left), saved((double) queries, (double) left));
  }

  private void heap() {
    double before = without.service().heapBytes() / MEGABYTE;
    double after = with.service().heapBytes() / MEGABYTE;
    row(
        "heap used, after GC",
        format("%.1f MB", before),
        format("%.1f MB", after),
        format("%+.1f MB", after - before));
  }

  private void caches() {
    text.append(
        format("  %-32s %10s %10s %9s %9s%n", "cache", "hit ratio", "hits", "misses", "entries"));
    long hits = 0;
    long misses = 0;
    long entries = 0;
    for (var cache : with.service().caches().entrySet()) {
      cache(cache.getKey(), cache.getValue());
      hits += cache.getValue().hits();
      misses += cache.getValue().misses();
      entries += cache.getValue().entries();
    }
    cache("all", new CacheReading(hits, misses, entries));
  }

  private void cache(String name, CacheReading cache) {
    text.append(
        format(
            "  %-32s %10s %,10d %,9d %,9d%n",
            name,
            format("%.1f %%", 100 * cache.hitRatio()),
            cache.hits(),
            cache.misses(),
            cache.entries()));
  }

  private void row(String name, String before, String after, String change) {
    text.append(format("  %-22s %15s %15s   %s", name, before, after, change).stripTrailing())
        .append('\n');
  }

  private static String number(double value) {
    return format("%,.0f", value);
  }

  private static String count(long value) {
    return format("%,d", value);
  }

  private static String millis(double value) {
    return format("%.2f ms", value);
  }

  private static String seconds(double value) {
    return format("%.1f s", value);
  }

  private static String times(double factor) {
    return format("%.1f x", factor);
  }

  private static String saved(double before, double after) {
    return format("%.0f %% saved", 100 * (before - after) / before);
  }

  /** The same digits everywhere, whatever the language of the machine. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
