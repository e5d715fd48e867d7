package io.larder.runtime.stats;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How long loads took in the last minute: percentiles from a histogram with eight buckets to each
 * doubling (a value is at most 9 % off), kept in slices of ten seconds that go one by one.
 *
 * <p>Thread-safe; recording does not block. A load that is recorded while its slice is renewed may
 * be counted in the next one.
 */
public final class LoadTimes {

  private static final int SLICES = 7; // six that are whole and the one that is being filled
  private static final long SLICE_NANOS = 10_000_000_000L;
  private static final int SUB_BITS = 3;
  private static final int BUCKETS = (64 - SUB_BITS) << SUB_BITS;

  private final AtomicReferenceArray<@Nullable Slice> slices = new AtomicReferenceArray<>(SLICES);

  /** Loads of one time slice. */
  private static final class Slice {
    final long number;
    final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS);

    Slice(long number) {
      this.number = number;
    }
  }

  /**
   * Records a load.
   *
   * @param loadNanos how long it took
   * @param nowNanos when it ended, on the runtime's clock
   * @param weight for how many loads it stands
   */
  public void record(long loadNanos, long nowNanos, int weight) {
    sliceAt(nowNanos).counts.addAndGet(bucketOf(Math.max(0, loadNanos)), weight);
  }

  /**
   * The times below which the given shares of the loads of the last minute lie.
   *
   * @param nowNanos the time of the runtime's clock
   * @param quantiles shares, from 0 to 1, ascending
   * @return nanoseconds for each; 0 when there was no load
   */
  public long[] percentiles(long nowNanos, double... quantiles) {
    long[] merged = new long[BUCKETS];
    long total = 0;
    long current = Math.floorDiv(nowNanos, SLICE_NANOS);
    for (int index = 0; index < SLICES; index++) {
      Slice slice = slices.get(index);
      if (slice != null && current - slice.number < SLICES) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
          int count = slice.counts.get(bucket);
          merged[bucket] += count;
          total += count;
        }
      }
    }
    long[] times = new long[quantiles.length];
    for (int i = 0; i < quantiles.length && total > 0; i++) {
      times[i] = timeAtRank(merged, Math.max(1, (long) Math.ceil(quantiles[i] * total)));
    }
    return times;
  }

  private static long timeAtRank(long[] counts, long rank) {
    long seen = 0;
    for (int bucket = 0; bucket < counts.length; bucket++) {
      seen += counts[bucket];
      if (seen >= rank) {
        return middleOf(bucket);
      }
    }
    return 0;
  }

  private Slice sliceAt(long nowNanos) {
    long number = Math.floorDiv(nowNanos, SLICE_NANOS);
    int index = (int) Math.floorMod(number, (long) SLICES);
    Slice slice = slices.get(index);
    while (slice == null || slice.number != number) {
      Slice renewed = new Slice(number);
      slice = slices.compareAndSet(index, slice, renewed) ? renewed : slices.get(index);
    }
    return slice;
  }

  /** Below 8 each value has its bucket; above, the leading bit and the three after it choose. */
  static int bucketOf(long nanos) {
    if (nanos < 1 << SUB_BITS) {
      return (int) nanos;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(nanos) - SUB_BITS;
    return (exponent << SUB_BITS) + (int) (nanos >>> exponent);
  }

  static long middleOf(int bucket) {
    if (bucket < 1 << SUB_BITS) {
      return bucket;
    }
    int exponent = (bucket >> SUB_BITS) - 1;
    long lowest = ((long) (bucket & ((1 << SUB_BITS) - 1)) + (1 << SUB_BITS)) << exponent;
    return lowest + ((1L << exponent) >> 1);
  }
}
