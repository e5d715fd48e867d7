package io.larder.benchmarks.promotion;

import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.Clock;

/** Larder's own memory tier, made as for a cache that is shared; its admission decides. */
final class LarderMemory implements Memory {

  static {
    MemoryTier.stop(); // from now on maintenance runs in the caller: the same in each run
  }

  /** Time stands still: nothing expires, only the bound counts. */
  private static final Clock STILL =
      new Clock() {
        @Override
        public long coarseNanos() {
          return 0;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private static final Entry ENTRY =
      new Entry("", /* createdNanos= */ 0, /* loadNanos= */ 0, /* bytes= */ 0);

  private final MemoryTier tier;

  LarderMemory(int capacity) {
    tier =
        MemoryTier.create(
            CachePolicy.DEFAULT.withTtl(null).withMaximumEntries(capacity),
            STILL,
            /* ownLives= */ true);
  }

  @Override
  public boolean answers(Long key) {
    return tier.get(key) != null;
  }

  @Override
  public void offer(Long key) {
    tier.put(key, ENTRY);
  }
}
