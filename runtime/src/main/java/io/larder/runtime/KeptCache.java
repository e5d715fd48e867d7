package io.larder.runtime;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.disk.DiskEntry;
import io.larder.runtime.disk.DiskTier;
import io.larder.runtime.management.DiskView;
import io.larder.runtime.model.Tier;
import io.larder.runtime.stats.Pace;
import io.larder.runtime.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one cache has on disk, and whether it pays to look there. Thread-safe. */
final class KeptCache {

  private final DiskTier tier;
  private final Tier later;
  private final Clock clock;
  private final Pace pace = new Pace();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder leftOut = new LongAdder();
  private volatile @Nullable String whyLocal;

  /**
   * Nothing is known of it yet.
   *
   * @param later the same tier, written to behind the caller's back
   */
  KeptCache(DiskTier tier, Tier later, Clock clock) {
    this.tier = tier;
    this.later = later;
    this.clock = clock;
  }

  DiskTier tier() {
    return tier;
  }

  Tier later() {
    return later;
  }

  /**
   * The entry of a key, if it counts.
   *
   * @param loadNanos how long a load takes; if the disk takes longer it is left out, but now and
   *     then. 0 where nobody knows
   */
  SlowTiers.@Nullable Found read(TierKey key, long loadNanos) {
    long coarse = clock.coarseNanos();
    if (!pace.pays(loadNanos, coarse)) {
      skipped.increment();
      return null;
    }
    boolean timed = pace.isToBeTimed(coarse);
    long start = timed ? clock.nanos() : 0;
    DiskEntry found = tier.read(key);
    if (found == null) {
      // That mostly costs nothing, and says nothing of a look that is not in vain.
      return null;
    }
    if (timed) {
      long end = clock.nanos();
      pace.took(end - start, end);
    }
    return new SlowTiers.Found(found.entry(), found.tags(), pace.usualNanos());
  }

  /** Notes that a look was left out, because the disk is known to be away. */
  void leftOut() {
    leftOut.increment();
  }

  /** Notes why results do not come here. */
  void noteLocal(String reason) {
    whyLocal = reason;
  }

  /** What was decided without asking the disk. */
  DiskView.Decisions decisions() {
    return new DiskView.Decisions(skipped.sum(), leftOut.sum(), whyLocal);
  }
}
