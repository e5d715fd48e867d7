package io.larder.benchmarks.paired;

/**
 * The ratio that Larder is to reach against one contestant.
 *
 * @param against the name of the contestant
 * @param ratioAtMost the largest ratio of Larder's time to the contestant's
 * @param text the goal as the report shows it
 */
public record Goal(String against, double ratioAtMost, String text) {

  /** At most so many times the contestant's time. */
  public static Goal atMost(String against, double ratio) {
    return new Goal(against, ratio, "at most " + ratio + "x");
  }

  /**
   * No slower than the contestant. Within 2 % counts: so far apart are two launches of the same
   * code.
   */
  public static Goal equal(String against) {
    return new Goal(against, 1.02, "1.0x (within 2 %)");
  }

  /** So many times as fast as the contestant. */
  public static Goal timesFaster(String against, int times) {
    return new Goal(against, 1.0 / times, "at least " + times + "x faster");
  }

  /** Whether a ratio reaches the goal. */
  public boolean isMetBy(double ratio) {
    return ratio <= ratioAtMost;
  }
}
