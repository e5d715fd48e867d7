package io.larder.benchmarks.paired;

/**
 * What Larder is to reach against one contestant.
 *
 * @param against the name of the contestant
 * @param ratioAtMost the largest ratio of Larder's time to the contestant's
 * @param moreNanosAtMost by how much Larder may take longer
 * @param text the goal as the report shows it
 */
public record Goal(String against, double ratioAtMost, double moreNanosAtMost, String text) {

  private static final double ANY = Double.MAX_VALUE;

  /** At most so many times the contestant's time. */
  public static Goal atMost(String against, double ratio) {
    return new Goal(against, ratio, ANY, "at most " + ratio + "x");
  }

  /**
   * No slower than the contestant. Within 2 % counts: so far apart are two launches of the same
   * code.
   */
  public static Goal equal(String against) {
    return new Goal(against, 1.02, ANY, "1.0x (within 2 %)");
  }

  /** So many times as fast as the contestant. */
  public static Goal timesFaster(String against, int times) {
    return new Goal(against, 1.0 / times, ANY, "at least " + times + "x faster");
  }

  /** At most so many nanoseconds longer. */
  public static Goal nanosMore(String against, double nanos, String text) {
    return new Goal(against, ANY, nanos, text);
  }

  /**
   * Whether the goal is reached.
   *
   * @param moreNanos by how much Larder takes longer
   */
  public boolean isMetBy(double ratio, double moreNanos) {
    return ratio <= ratioAtMost && moreNanos <= moreNanosAtMost;
  }
}
