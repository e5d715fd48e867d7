package io.larder.runtime;

import io.larder.runtime.codec.TierKey;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.coordinator.SlowTiers.Found;
import io.larder.runtime.coordinator.SlowTiers.Stamp;
import io.larder.runtime.model.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Leave to load, where no other JVM is there who could.
 *
 * @param key of what is loaded
 * @param into where the result goes
 */
record LocalLease(TierKey key, SlowTiers into) implements SlowTiers.Lease {

  @Override
  public @Nullable Found found() {
    return null;
  }

  @Override
  public void loaded(Entry entry, Stamp stamp, long waitedNanos) {
    into.put(key, entry, stamp, /* behind= */ true, waitedNanos);
  }

  @Override
  public void released() {}
}
