package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.BackendState;
import io.larder.runtime.model.Health;
import java.util.function.Consumer;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What several caches share, as it is shown and watched over. For one thread, after it was made.
 */
final class WatchedBackend {

  private static final Logger logger = Log.logger(WatchedBackend.class);

  private final ShownBackend shown;

  /** Whether it was tried to register it; a name that somebody else has is not tried again. */
  private boolean registered;

  /** Whether that went well: then it is taken back at the end. */
  private boolean owned;

  /** As it was told last; {@code null} before anybody could hear it. */
  private @Nullable Health told;

  /** Nobody sees it yet. */
  WatchedBackend(ShownBackend shown) {
    this.shown = shown;
  }

  /** As in {@code redis}. */
  String name() {
    return shown.name();
  }

  /** How it is now. */
  Health health() {
    return shown.state().health();
  }

  /** Registers it once, and tells when its health changed since the last look. */
  void look(MBeanServer server, boolean writable, Consumer<Management.Event> events) {
    if (!registered) {
      registered = true;
      register(server, writable);
    }
    BackendState state = shown.state();
    Health before = told;
    told = state.health();
    boolean isNews = before != null ? before != told : told == Health.DOWN;
    if (isNews) {
      events.accept(eventOf(state));
    }
  }

  private void register(MBeanServer server, boolean writable) {
    try {
      server.registerMBean(BackendMBean.of(shown, writable), objectName());
      owned = true;
    } catch (JMException refused) {
      logger.warn("{} is not to be seen through JMX: {}", objectName(), refused.toString());
    }
  }

  private Management.Event eventOf(BackendState state) {
    String name = shown.name();
    return switch (state.health()) {
      case UP -> new Management.Event("larder.tier.up", "INFO " + name + " is up");
      case DEGRADED ->
          new Management.Event(
              "larder.tier.degraded", "WARN " + name + " works in part: " + state.reason());
      case DOWN ->
          new Management.Event("larder.tier.down", "WARN " + name + " is down: " + state.reason());
      case OFF -> new Management.Event("larder.tier.down", "INFO " + name + " is switched off");
    };
  }

  /** The MBean of what a cache keeps there. */
  TableMBean<?> tierOf(CacheHandle handle, boolean writable) {
    return TierMBean.of(handle, shown, writable);
  }

  void end(MBeanServer server) {
    if (!owned) {
      return;
    }
    try {
      server.unregisterMBean(objectName());
    } catch (JMException alreadyGone) {
      logger.debug("{} was unregistered by somebody else", objectName());
    }
  }

  private ObjectName objectName() {
    try {
      return new ObjectName("io.larder:type=Backend,name=" + shown.name());
    } catch (JMException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
