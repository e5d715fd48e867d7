package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.model.Health;

/** What several caches share behind memory, as it is shown and watched over. */
interface ShownBackend {

  /** As in {@code redis}. */
  String name();

  /** How it is now. */
  State state();

  /** Its MBean. */
  TableMBean<?> bean(boolean writable);

  /** The MBean of what a cache keeps there. */
  TableMBean<?> tierOf(CacheRegistry.Handle handle, boolean writable);

  /**
   * How it is at one moment.
   *
   * @param reason a sentence for an operator; empty if there is nothing to say
   */
  record State(Health health, String reason) {}
}
