package io.larder.benchmarks.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it took to weave methods into a running JVM, or to take them out.
 *
 * @param what which of the two
 * @param methods how many, each in a class of its own
 * @param classes how many classes were loaded
 * @param millis how long each change took
 * @param pauses how long the JVM stood still at most, for each change, in milliseconds
 */
public record LiveRow(
    String what, int methods, int classes, List<Double> millis, List<Double> pauses) {

  private static final String MARK = "live";
  private static final String SEPARATOR = "\t";

  /** Copies. */
  public LiveRow {
    millis = List.copyOf(millis);
    pauses = List.copyOf(pauses);
  }

  static String line(String what, int methods, int classes, double millis, double pause) {
    return String.join(
        SEPARATOR,
        MARK,
        what,
        Integer.toString(methods),
        Integer.toString(classes),
        Double.toString(millis),
        Double.toString(pause));
  }

  /** Collects the lines that {@link LiveWeaving} printed; skips all others. */
  public static List<LiveRow> parse(List<String> lines) {
    Map<String, List<String[]>> groups = new LinkedHashMap<>();
    for (String line : lines) {
      String[] parts = line.split(SEPARATOR, -1);
      if (parts.length == 6 && parts[0].equals(MARK)) {
        groups.computeIfAbsent(parts[1] + parts[2], key -> new ArrayList<>()).add(parts);
      }
    }
    List<LiveRow> rows = new ArrayList<>();
    for (List<String[]> group : groups.values()) {
      String[] first = group.get(0);
      rows.add(
          new LiveRow(
              first[1],
              Integer.parseInt(first[2]),
              Integer.parseInt(first[3]),
              group.stream().map(parts -> Double.valueOf(parts[4])).toList(),
              group.stream().map(parts -> Double.valueOf(parts[5])).toList()));
    }
    return rows;
  }

  /** The median time of a change. */
  public double medianMillis() {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }

  /** The longest. */
  public double longestMillis() {
    return millis.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** The longest time that the JVM stood still. */
  public double longestPause() {
    return pauses.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
