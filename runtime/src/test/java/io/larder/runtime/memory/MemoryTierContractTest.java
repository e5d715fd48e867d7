package io.larder.runtime.memory;

import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierContract;
import io.larder.runtime.policy.CachePolicy;

/** Memory does what every tier does. */
class MemoryTierContractTest extends TierContract {

  @Override
  protected Tier create() {
    return MemoryTier.create(new CachePolicy(TTL, 100, 0, TTL), clock, /* ownLives= */ false);
  }

  @Override
  protected Object key(String text) {
    return text;
  }
}
