package io.larder;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one cache did since it was made, read at one moment. Immutable. The counts never go back
 * from one reading to the next.
 *
 * @since 0.1
 */
public final class CacheStatistics {

  private final Map<String, Number> values;

  CacheStatistics(Map<String, Number> values) {
    this.values = new TreeMap<>(values);
  }

  /** Calls answered from the cache. */
  public long hitCount() {
    return count("hits");
  }

  /** Calls that found nothing in the cache. */
  public long missCount() {
    return count("misses");
  }

  /** Runs of the method whose result was to be stored. */
  public long loadCount() {
    return count("loads");
  }

  /** Those of {@link #loadCount()} that ended with an exception. */
  public long loadFailureCount() {
    return count("loadFailures");
  }

  /** Results dropped to keep within the bounds. */
  public long evictionCount() {
    return count("evictions");
  }

  /** Results dropped because their time to live had passed. */
  public long expiryCount() {
    return count("expiries");
  }

  /** Results forgotten on request; those of a tag count when they are asked for again. */
  public long invalidationCount() {
    return count("invalidations");
  }

  /** Invalidations of a tag that results had. */
  public long tagInvalidationCount() {
    return count("tagInvalidations");
  }

  /** Results that {@link CachePut} stored. */
  public long updateCount() {
    return count("updates");
  }

  /** Calls that waited for another thread's run of the method instead of running it too. */
  public long coalescedCount() {
    return count("coalesced");
  }

  /** Those of {@link #loadCount()} that replaced a result before it expired. */
  public long refreshCount() {
    return count("refreshes");
  }

  /** Refreshes that ended with an exception: the result that was there is served on. */
  public long refreshFailureCount() {
    return count("refreshFailures");
  }

  /** Results that are stored now. */
  public long entryCount() {
    return count("entries");
  }

  /** Hits in all calls that looked, from 0 to 1; {@code NaN} before the first. */
  public double hitRatio() {
    return (double) hitCount() / (hitCount() + missCount());
  }

  /** The time that the hits would have taken at the mean time of a load. */
  public Duration savedTime() {
    return Duration.ofNanos(count("savedNanos"));
  }

  private long count(String name) {
    Number value = values.get(name);
    return value == null ? 0 : value.longValue();
  }

  @Override
  public String toString() {
    return "CacheStatistics" + values;
  }
}
