package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisState;
import io.larder.runtime.shared.SharedTiers;

/**
 * Redis, as it is shown.
 *
 * @param address of its servers, without credentials
 */
record ShownRedis(RedisBackend backend, SharedTiers tiers, String address) implements ShownBackend {

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public State state() {
    RedisState state = backend.state();
    return new State(state.health(), state.reason());
  }

  @Override
  public TableMBean<?> bean(boolean writable) {
    return BackendMBean.of(backend, address, writable);
  }

  @Override
  public TableMBean<?> tierOf(CacheRegistry.Handle handle, boolean writable) {
    return TierMBean.of(handle, backend, tiers, writable);
  }
}
