package io.larder.runtime.disk;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what happens to the files of a store. Thread-safe. */
final class DiskTotals {

  final LongAdder evictions = new LongAdder();
  final LongAdder secondChances = new LongAdder();
  final LongAdder damaged = new LongAdder();
  final LongAdder openings = new LongAdder();
  private volatile Opened opened = new Opened(-1, 0, "", 0);

  private record Opened(long millis, long salvaged, String story, long lastCleanClose) {}

  void opened(StoreOpening opening, long nanos) {
    openings.increment();
    opened =
        new Opened(
            TimeUnit.NANOSECONDS.toMillis(nanos),
            opening.salvaged(),
            opening.story(),
            opening.lastCleanCloseMillis());
  }

  /**
   * All figures.
   *
   * @param open {@code null} if no files are
   */
  DiskFigures figures(
      @Nullable OpenStore open, long maximumBytes, int tombstones, long[] reads, long[] writes) {
    Segments there = open == null ? null : open.segments();
    List<Segment> segments = there == null ? List.of() : there.all();
    return new DiskFigures(
        open == null ? "" : open.place().directory().toString(),
        open == null ? 0 : open.place().bytesOrZero(),
        maximumBytes,
        open == null ? -1 : open.place().freeBytes(),
        segments.size(),
        segments.stream().mapToLong(each -> each.index().size()).sum(),
        segments.stream().mapToLong(Segment::liveBytes).sum(),
        segments.stream().mapToLong(Segment::garbageBytes).sum(),
        tombstones,
        evictions.sum(),
        secondChances.sum(),
        damaged.sum(),
        opened.millis,
        opened.salvaged,
        opened.story,
        opened.lastCleanClose,
        openings.intValue(),
        reads[0],
        reads[1],
        writes[0],
        writes[1]);
  }

  /** What became of the files of the JVM before, for people. */
  String salvage() {
    return opened.story;
  }
}
