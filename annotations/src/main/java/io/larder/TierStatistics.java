package io.larder;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one tier did for one cache in this JVM since the cache was made, read at one moment.
 * Immutable. The counts never go back from one reading to the next.
 *
 * @since 0.1
 */
public final class TierStatistics {

  private final Map<String, Number> values;

  TierStatistics(Map<String, Number> values) {
    this.values = new TreeMap<>(values);
  }

  /** Looks that found a result. */
  public long hitCount() {
    return count("hits");
  }

  /** Looks that found none, or were not made: they would not have paid, or the tier was away. */
  public long missCount() {
    return count("misses");
  }

  /** Results that it took. */
  public long putCount() {
    return count("puts");
  }

  /** Results that it was given and did not take. */
  public long putFailureCount() {
    return count("putFailures");
  }

  /** Hits in all looks, from 0 to 1; {@code NaN} before the first. */
  public double hitRatio() {
    return (double) hitCount() / (hitCount() + missCount());
  }

  private long count(String name) {
    Number value = values.get(name);
    return value == null ? 0 : value.longValue();
  }

  @Override
  public String toString() {
    return "TierStatistics" + values;
  }
}
