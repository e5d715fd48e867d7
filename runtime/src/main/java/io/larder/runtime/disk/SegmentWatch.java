package io.larder.runtime.disk;

import static io.larder.runtime.disk.StoreHealth.reasonOf;

import io.larder.runtime.logging.Log;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Counts what becomes of segments, and has those that are full sealed. Thread-safe. */
final class SegmentWatch implements DiskEvents {

  private static final Logger logger = Log.logger(SegmentWatch.class);

  private final StoreKeeper keeper;
  private final DiskTotals totals;

  /** Of the JVM before; {@code null} if there are none that count, or not yet. */
  private volatile @Nullable StoreHeader found;

  SegmentWatch(StoreKeeper keeper, DiskTotals totals) {
    this.keeper = keeper;
    this.totals = totals;
  }

  @Override
  public void found(StoreHeader header) {
    found = header;
  }

  /** Files that are being opened do not count any more. */
  void voidFound() {
    StoreHeader header = found;
    if (header != null) {
      header.set(StoreHeader.Field.STATE, StoreHeader.VOID);
    }
  }

  @Override
  public void filled(Segment segment) {
    OpenStore open = keeper.files();
    if (open != null) {
      keeper.later(() -> seal(open, segment));
    }
  }

  private static void seal(OpenStore open, Segment segment) {
    try {
      segment.seal(open.place().directory(), open.header().id());
    } catch (IOException | RuntimeException failed) {
      logger.debug("Disk tier: {} is not sealed: {}", segment.name(), reasonOf(failed));
    }
  }

  @Override
  public void dropped(Segment segment) {
    totals.evictions.add(segment.index().size());
  }

  @Override
  public boolean isEnding() {
    return keeper.isClosed();
  }

  @Override
  public void kept() {
    totals.secondChances.increment();
  }

  @Override
  public void damaged() {
    totals.damaged.increment();
  }
}
