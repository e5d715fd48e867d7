package io.larder.runtime.disk;

/**
 * How a bound is divided.
 *
 * @param maximumBytes of all files
 * @param segmentBytes that the file of one segment grows to
 * @param increment by which it grows, a power of two
 */
record SegmentPlan(long maximumBytes, long segmentBytes, long increment) {

  /** MapDB's, of which a file is made up. */
  static final long PAGE = 1L << 20;

  private static final int USUAL_SEGMENTS = 8;
  private static final long LEAST_SEGMENT = 5L << 20;

  /** So that a file can be mapped as a whole. */
  private static final long LARGEST_SEGMENT = 1L << 30;

  private static final long LARGEST_INCREMENT = 16L << 20;

  /**
   * A plan.
   *
   * @param others bytes of what is no segment
   */
  static SegmentPlan of(long maximumBytes, long others) {
    long bytes = maximumBytes - others;
    long segments = Math.max(1, Math.min(USUAL_SEGMENTS, bytes / LEAST_SEGMENT));
    long wanted = Math.min(LARGEST_SEGMENT, bytes / segments);
    // So that a store needs no more than some hundreds of mappings, however large it is.
    long increment = Long.highestOneBit(Math.max(PAGE, wanted / 32));
    increment = Math.min(LARGEST_INCREMENT, increment);
    return new SegmentPlan(maximumBytes, wanted / increment * increment, increment);
  }

  /**
   * Whether a file that has so much in it takes more.
   *
   * @param fileBytes in use, in whole pages
   * @param recordBytes of all records
   * @param records how many there are
   */
  boolean hasRoom(long fileBytes, long recordBytes, long records) {
    long indexPages = 1 + records * Long.BYTES / PAGE;
    // What is left at the end of pages is less than that, unless all are large.
    long usable = (segmentBytes - indexPages * PAGE) / 100 * 98;
    return fileBytes <= segmentBytes - PAGE || (fileBytes <= segmentBytes && recordBytes < usable);
  }
}
