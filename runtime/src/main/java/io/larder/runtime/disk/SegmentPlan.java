package io.larder.runtime.disk;

/**
 * How a bound is divided.
 *
 * @param maximumBytes of all files
 * @param segmentBytes that the file of one segment grows to
 * @param increment by which it grows, a power of two
 * @param mostRecords of a segment, so that the indexes of all take no more than their share of the
 *     heap
 */
record SegmentPlan(long maximumBytes, long segmentBytes, long increment, long mostRecords) {

  /** MapDB's, of which a file is made up. */
  static final long PAGE = 1L << 20;

  private static final int USUAL_SEGMENTS = 8;
  private static final long LEAST_SEGMENT = 5L << 20;

  /** So that a file can be mapped as a whole. */
  private static final long LARGEST_SEGMENT = 1L << 30;

  private static final long LARGEST_INCREMENT = 16L << 20;

  /** All indexes and filters together take a sixteenth of the heap at most. */
  private static final long HEAP_SHARE = 16;

  /** For a record, in the index and the filter, when these have just grown. */
  private static final long INDEX_BYTES = 40;

  /**
   * A plan.
   *
   * @param others bytes of what is no segment
   * @param heapBytes of this JVM at most
   */
  static SegmentPlan of(long maximumBytes, long others, long heapBytes) {
    long bytes = maximumBytes - others;
    long segments = Math.max(1, Math.min(USUAL_SEGMENTS, bytes / LEAST_SEGMENT));
    long wanted = Math.min(LARGEST_SEGMENT, bytes / segments);
    // So that a store needs no more than some hundreds of mappings, however large it is.
    long increment = Long.highestOneBit(Math.max(PAGE, wanted / 32));
    increment = Math.min(LARGEST_INCREMENT, increment);
    long segmentBytes = wanted / increment * increment;
    long records = heapBytes / HEAP_SHARE / (bytes / segmentBytes + 1) / INDEX_BYTES;
    return new SegmentPlan(maximumBytes, segmentBytes, increment, records);
  }

  /** Whether an entry is small enough that not all others have to make room. */
  boolean takes(StoredRecord entry) {
    return entry.size() <= segmentBytes / 4;
  }

  /**
   * Whether a file that has so much in it takes more.
   *
   * @param fileBytes in use, in whole pages
   * @param recordBytes of all records
   * @param records how many there are
   */
  boolean hasRoom(long fileBytes, long recordBytes, long records) {
    if (records >= mostRecords) {
      return false;
    }
    long indexPages = 1 + records * Long.BYTES / PAGE;
    // What is left at the end of pages is less than that, unless all are large.
    long usable = (segmentBytes - indexPages * PAGE) / 100 * 98;
    return fileBytes <= segmentBytes - PAGE || (fileBytes <= segmentBytes && recordBytes < usable);
  }
}
