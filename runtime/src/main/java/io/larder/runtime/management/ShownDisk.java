package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.disk.DiskState;

/** The disk, as it is shown. */
record ShownDisk(DiskView disk) implements ShownBackend {

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public State state() {
    DiskState state = disk.store().state();
    return new State(state.health(), state.reason());
  }

  @Override
  public TableMBean<?> bean(boolean writable) {
    return DiskBackendMBean.of(disk, writable);
  }

  @Override
  public TableMBean<?> tierOf(CacheRegistry.Handle handle, boolean writable) {
    return DiskTierMBean.of(handle, disk, writable);
  }
}
