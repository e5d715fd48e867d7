package io.larder.benchmarks.paired;

import java.util.Locale;
import java.util.Optional;

/**
 * What one launch found about one contestant.
 *
 * @param contestant its name
 * @param nanos the median time of one operation
 * @param bytes what one operation allocates
 * @param larderRatio the median, over the rounds, of Larder's time divided by this contestant's
 */
public record Measurement(String contestant, double nanos, double bytes, double larderRatio) {

  private static final String MARK = "measured";
  private static final String SEPARATOR = "\t";

  /** One line for the JVM that started this one. */
  public String toLine() {
    return String.join(
        SEPARATOR, MARK, contestant, number(nanos), number(bytes), number(larderRatio));
  }

  /** Reads {@link #toLine} back; empty for any other line. */
  public static Optional<Measurement> parse(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    if (parts.length != 5 || !parts[0].equals(MARK)) {
      return Optional.empty();
    }
    return Optional.of(
        new Measurement(
            parts[1],
            Double.parseDouble(parts[2]),
            Double.parseDouble(parts[3]),
            Double.parseDouble(parts[4])));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }
}
