package io.larder.sample.replay;

import java.time.Duration;
import java.util.Arrays;

/** How a service answered a stretch of the trace. */
final class Responses {

  private final long[] nanos;
  private final byte[][] digests;
  private final Duration elapsed;

  /**
   * @param nanos how long each request took
   * @param digests of each response, in the order of the requests
   * @param elapsed from the first request to the last response
   */
  Responses(long[] nanos, byte[][] digests, Duration elapsed) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
    this.digests = digests.clone();
    this.elapsed = elapsed;
  }

  int count() {
    return digests.length;
  }

  double perSecond() {
    return count() / (elapsed.toNanos() / 1e9);
  }

  /** The time within which this part of the requests was answered (the nearest rank). */
  double percentileMillis(double percent) {
    int rank = (int) Math.ceil(percent / 100 * nanos.length);
    return nanos[Math.max(0, rank - 1)] / 1e6;
  }

  /** The place of the first response that is not the same in the other, or -1. */
  int firstDifference(Responses other) {
    for (int place = 0; place < Math.max(count(), other.count()); place++) {
      if (place >= count()
          || place >= other.count()
          || !Arrays.equals(digests[place], other.digests[place])) {
        return place;
      }
    }
    return -1;
  }
}
