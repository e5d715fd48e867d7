package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.redis.RedisState;
import io.larder.runtime.shared.SharedTiers;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Redis, as it is shown and watched over. For one thread, after it was made. */
final class WatchedBackend {

  private static final Logger logger = Log.logger(WatchedBackend.class);

  private final RedisBackend backend;
  private final SharedTiers tiers;
  private final String address;

  /** Whether it was tried to register it; a name that somebody else has is not tried again. */
  private boolean registered;

  /** Whether that went well: then it is taken back at the end. */
  private boolean owned;

  /** As it was told last; {@code null} before anybody could hear it. */
  private @Nullable Health told;

  /** Nobody sees it yet. */
  WatchedBackend(RedisBackend backend, SharedTiers tiers, String address) {
    this.backend = backend;
    this.tiers = tiers;
    this.address = address;
  }

  /** Registers it once, and tells when its health changed since the last look. */
  void look(MBeanServer server, boolean writable, Consumer<Management.Event> events) {
    if (!registered) {
      registered = true;
      register(server, writable);
    }
    RedisState state = backend.state();
    Health before = told;
    told = state.health();
    boolean isNews = before != null ? before != told : told == Health.DOWN;
    if (isNews) {
      events.accept(eventOf(state));
    }
  }

  private void register(MBeanServer server, boolean writable) {
    try {
      server.registerMBean(BackendMBean.of(backend, address, writable), name());
      owned = true;
    } catch (JMException refused) {
      logger.warn("{} is not to be seen through JMX: {}", name(), refused.toString());
    }
  }

  private static Management.Event eventOf(RedisState state) {
    return switch (state.health()) {
      case UP -> new Management.Event("larder.tier.up", "INFO redis is up");
      case DEGRADED ->
          new Management.Event(
              "larder.tier.degraded", "WARN redis works in part: " + state.reason());
      case DOWN ->
          new Management.Event("larder.tier.down", "WARN redis is down: " + state.reason());
      case OFF -> new Management.Event("larder.tier.down", "INFO redis is switched off");
    };
  }

  /** The MBean of what a cache keeps there. */
  TableMBean<?> tierOf(CacheRegistry.Handle handle, boolean writable) {
    return TierMBean.of(handle, backend, tiers, writable);
  }

  void end(MBeanServer server) {
    if (!owned) {
      return;
    }
    try {
      server.unregisterMBean(name());
    } catch (JMException alreadyGone) {
      logger.debug("The MBean of Redis was unregistered by somebody else");
    }
  }

  private static ObjectName name() {
    try {
      return new ObjectName("io.larder:type=Backend,name=redis");
    } catch (JMException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
