package io.larder.runtime.management;

import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import io.larder.runtime.model.Health;
import io.larder.runtime.redis.RedisBackend;
import io.larder.runtime.shared.SharedTiers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Registers the MBeans, late and from Larder's own thread: to create the platform's MBean server
 * early breaks servers that bring their own or their own logging (WildFly, WebLogic). All methods
 * but {@link #created} and {@link #event} are called by one thread.
 */
public final class Management {

  private static final Logger logger = Log.logger(Management.class);

  private static final long LOOK_AGAIN_MILLIS = 1_000;
  private static final int LOOKS_FOR_CONTAINER = 60;
  private static final String DOMAIN = "io.larder";

  /** More than this wait only while a listener keeps {@link #attempt}'s thread. */
  private static final int MOST_WAITING_EVENTS = 100;

  /** Main classes of servers that create the MBean server themselves, with their own builder. */
  private static final List<String> CONTAINERS =
      List.of(
          "org.jboss.modules.Main",
          "org.wildfly.core.jar.boot.Main",
          "weblogic.Server",
          "com.ibm.wsspi.bootstrap.WSPreLauncher",
          "com.sun.enterprise.glassfish.bootstrap.ASMain");

  private final CacheRegistry registry;
  private final AgentControl agent;
  private final String version;
  private final String mode;

  private final Queue<CacheHandle> waiting = new ConcurrentLinkedQueue<>();
  private final Map<CacheHandle, List<ObjectName>> registered = new HashMap<>();
  private final List<WatchedBackend> backends = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_WAITING_EVENTS);
  private @Nullable MBeanServer server;

  /** Set once registered: nobody can have subscribed before. */
  private volatile @Nullable TableMBean<?> larder;

  private int looks;

  /** Something that happened, for those who watch. */
  record Event(String type, String message) {}

  /**
   * Management of a runtime.
   *
   * @param agent what is shown of it and asked of it
   * @param version Larder's
   * @param mode {@code off}, {@code read-only} or {@code full}
   */
  public Management(CacheRegistry registry, AgentControl agent, String version, String mode) {
    this.registry = registry;
    this.agent = agent;
    this.version = version;
    this.mode = mode;
  }

  /** A cache was made; {@link #attempt} will register it. May be called by any thread. */
  public void created(CacheHandle handle) {
    if (!mode.equals("off")) {
      waiting.add(handle);
    }
  }

  /**
   * There is something that caches share: {@link #attempt} will register it, and watch over it. May
   * be called by any thread.
   *
   * @param address of its servers, without credentials
   */
  public void created(RedisBackend backend, SharedTiers tiers, String address) {
    if (!mode.equals("off")) {
      backends.add(new WatchedBackend(new ShownRedis(backend, tiers, address)));
    }
  }

  /** As the other, of what is kept on disk. */
  public void created(DiskView disk) {
    if (!mode.equals("off")) {
      backends.add(new WatchedBackend(new ShownDisk(disk)));
    }
  }

  /**
   * Something happened. May be called by any thread.
   *
   * @return whether there is anything to tell: {@link #attempt} will do it
   */
  public boolean event(String type, String message) {
    return larder != null && events.offer(new Event(type, message));
  }

  /**
   * Registers what waits, if there is a server by now, and tells what happened.
   *
   * @return how many milliseconds to wait before the next attempt; 0 for none until there is more
   */
  public long attempt() {
    long again = backends.isEmpty() ? 0 : LOOK_AGAIN_MILLIS;
    if (mode.equals("off")
        || (waiting.isEmpty() && events.isEmpty() && backends.isEmpty() && server != null)) {
      return again;
    }
    try {
      if (server == null && !isServerThere() && isContainer() && ++looks < LOOKS_FOR_CONTAINER) {
        return LOOK_AGAIN_MILLIS;
      }
      MBeanServer platform = server;
      if (platform == null) {
        platform = ManagementFactory.getPlatformMBeanServer();
        server = platform;
        TableMBean<?> bean = LarderMBean.of(registry, agent, version, mode, this::notWell);
        platform.registerMBean(bean, new ObjectName(DOMAIN + ":type=Larder"));
        larder = bean;
      }
      for (CacheHandle next = waiting.poll(); next != null; next = waiting.poll()) {
        registerOrReport(platform, next);
      }
      TableMBean<?> bean = larder;
      for (WatchedBackend backend : backends) {
        backend.look(platform, mode.equals("full"), events::offer);
      }
      for (Event next = events.poll(); next != null && bean != null; next = events.poll()) {
        bean.tell(next.type, next.message);
      }
    } catch (JMException | RuntimeException | LinkageError failure) {
      logger.warn("Larder cannot be managed through JMX: {}", failure.toString());
    }
    return again;
  }

  /** A cache is gone, and its MBean with it. */
  public void collected(CacheHandle handle) {
    waiting.remove(handle); // when it is gone before its time had come
    List<ObjectName> names = registered.remove(handle);
    MBeanServer platform = server;
    if (names == null || platform == null) {
      return;
    }
    for (ObjectName name : names) {
      try {
        platform.unregisterMBean(name);
      } catch (JMException alreadyGone) {
        logger.debug("{} was unregistered by somebody else", name);
      }
    }
  }

  /** Unregisters all. */
  public void end() {
    for (CacheHandle handle : List.copyOf(registered.keySet())) {
      collected(handle);
    }
    MBeanServer platform = server;
    if (platform != null) {
      backends.forEach(backend -> backend.end(platform));
      try {
        platform.unregisterMBean(new ObjectName(DOMAIN + ":type=Larder"));
      } catch (JMException alreadyGone) {
        logger.debug("The MBean of Larder was unregistered by somebody else");
      }
    }
  }

  /** What several caches share and is not well, as {@code ", redis DOWN"}. */
  private String notWell() {
    StringBuilder text = new StringBuilder();
    for (WatchedBackend backend : backends) {
      Health health = backend.health();
      if (health != Health.UP) {
        text.append(", ").append(backend.name()).append(' ').append(health);
      }
    }
    return text.toString();
  }

  private void registerOrReport(MBeanServer platform, CacheHandle handle) {
    if (handle.refersTo(null)) {
      return; // gone before its time had come
    }
    try {
      register(platform, handle);
    } catch (JMException failure) { // of this one; the others go on
      logger.warn("Cache \"{}\" has no MBean: {}", handle.name(), failure.toString());
    }
  }

  private void register(MBeanServer platform, CacheHandle handle) throws JMException {
    ObjectName name = new ObjectName(DOMAIN + ":type=Cache,name=" + handle.name());
    if (platform.isRegistered(name)) { // of another class loader, such as another web application
      name = new ObjectName(name + ",loader=" + nameOf(handle.loader()));
    }
    boolean writable = mode.equals("full");
    platform.registerMBean(CacheMBean.of(handle, writable), name);
    List<ObjectName> names = new ArrayList<>(List.of(name));
    registered.put(handle, names);
    for (WatchedBackend backend : backends) {
      ObjectName tier = new ObjectName(name + ",tier=" + backend.name());
      platform.registerMBean(backend.tierOf(handle, writable), tier);
      names.add(tier);
    }
  }

  private static String nameOf(@Nullable ClassLoader loader) {
    if (loader == null) {
      return "gone";
    }
    String name = loader.getName() == null ? loader.getClass().getSimpleName() : loader.getName();
    return name.replaceAll("[^A-Za-z0-9._-]", "_")
        + "-"
        + Integer.toHexString(System.identityHashCode(loader));
  }

  private static boolean isContainer() {
    String command = System.getProperty("sun.java.command", "");
    return CONTAINERS.stream().anyMatch(command::startsWith);
  }

  /** Whether the platform's server exists; asking for it would create it. */
  private static boolean isServerThere() throws JMException {
    ObjectName runtime = new ObjectName("java.lang:type=Runtime");
    for (MBeanServer candidate : MBeanServerFactory.findMBeanServer(null)) {
      if (candidate.isRegistered(runtime)) {
        return true;
      }
    }
    return false;
  }
}
