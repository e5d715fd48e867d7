package io.larder.runtime.disk;

import static io.larder.runtime.disk.StoreHealth.reasonOf;

import io.larder.runtime.logging.Log;
import java.io.IOException;
import org.slf4j.Logger;

/** Counts what becomes of segments, and has those that are full sealed. Thread-safe. */
final class SegmentWatch implements DiskEvents {

  private static final Logger logger = Log.logger(SegmentWatch.class);

  private final StoreKeeper keeper;
  private final DiskTotals totals;
  private final Staging staging;

  SegmentWatch(StoreKeeper keeper, DiskTotals totals, Staging staging) {
    this.keeper = keeper;
    this.totals = totals;
    this.staging = staging;
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
    // What is invalidated is noted only if a segment may have it: what was read ahead from this one
    // would not be known to be invalidated.
    staging.clear();
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
