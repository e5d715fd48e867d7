package io.larder.benchmarks.paired;

import java.util.Arrays;
import java.util.Collection;

/** The middle of some numbers: what a few disturbed rounds cannot move. */
public final class Median {

  private Median() {}

  /**
   * The middle number, or the mean of the two in the middle.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static double of(double... numbers) {
    if (numbers.length == 0) {
      throw new IllegalArgumentException("a median needs at least one number: none given");
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** As {@link #of(double...)}. */
  public static double of(Collection<Double> numbers) {
    return of(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
