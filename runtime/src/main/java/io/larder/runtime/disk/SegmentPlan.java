package io.larder.runtime.disk;

/**
 * How a bound is divided.
 *
 * @param segments that there are at most
 * @param segmentBytes that one grows to
 * @param increment by which its file grows, a power of two
 */
record SegmentPlan(int segments, long segmentBytes, long increment) {

  private static final int MOST_SEGMENTS = 8;
  private static final long LEAST_SEGMENT = 4L << 20;
  private static final long LEAST_INCREMENT = 1L << 20;
  private static final long MOST_INCREMENT = 64L << 20;

  static SegmentPlan of(long bytes) {
    int segments = (int) Math.min(MOST_SEGMENTS, bytes / LEAST_SEGMENT);
    long segmentBytes = bytes / segments;
    // So that a store needs no more than some hundreds of mappings, however large it is.
    long increment = Long.highestOneBit(Math.max(LEAST_INCREMENT, segmentBytes / 32));
    return new SegmentPlan(segments, segmentBytes, Math.min(MOST_INCREMENT, increment));
  }
}
