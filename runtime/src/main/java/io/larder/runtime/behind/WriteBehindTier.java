package io.larder.runtime.behind;

import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Health;
import io.larder.runtime.model.Tier;
import io.larder.runtime.model.TierStatistics;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A slow tier to which entries come later. An entry is found once it arrived, not while it is
 * queued: the tier may know meanwhile that it is outdated. To remove waits for nothing and holds at
 * once.
 */
final class WriteBehindTier implements Tier {

  private final Tier slow;
  private final WriteBehind queue;

  WriteBehindTier(Tier slow, WriteBehind queue) {
    this.slow = slow;
    this.queue = queue;
  }

  @Override
  public String name() {
    return slow.name();
  }

  @Override
  public @Nullable Entry get(Object key) {
    return slow.get(key);
  }

  @Override
  public Map<Object, Entry> getAll(Collection<?> keys) {
    return slow.getAll(keys);
  }

  @Override
  public void put(Object key, Entry entry) {
    queue.put(slow, key, entry);
  }

  @Override
  public boolean remove(Object key) {
    queue.forget(slow, key);
    return slow.remove(key);
  }

  @Override
  public long removeAll(Collection<?> keys) {
    keys.forEach(key -> queue.forget(slow, key));
    return slow.removeAll(keys);
  }

  @Override
  public long clear() {
    queue.forgetAll(slow);
    return slow.clear();
  }

  @Override
  public Health health() {
    return slow.health();
  }

  @Override
  public TierStatistics statistics() {
    return slow.statistics();
  }
}
