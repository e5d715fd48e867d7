package io.larder.runtime;

import io.larder.bootstrap.LarderLink;
import io.larder.runtime.callsite.CallSiteLinker;
import io.larder.runtime.callsite.KeyClasses;
import io.larder.runtime.callsite.WovenMethods;
import io.larder.runtime.coordinator.CacheHandle;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.management.AgentControl;
import io.larder.runtime.management.Management;
import io.larder.runtime.memory.MemoryTier;
import io.larder.runtime.policy.PolicySource;
import io.larder.runtime.time.CoarseClock;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runtime: made when the first class is woven, connected to woven code through {@link
 * LarderLink}. Thread-safe.
 */
public final class LarderRuntime {

  /**
   * How long after the first cache was made the MBeans are registered. Late, because servers that
   * bring their own MBean server or logging must have started.
   */
  private static final long AFTER_FIRST_CACHE_NANOS = 1_000_000_000L;

  /** How long after the start they are when there is no cache: to show why there is none. */
  private static final long WITHOUT_CACHE_MILLIS = 5_000;

  private final CacheRegistry registry;
  private final CallSiteLinker linker;
  private final Housekeeper housekeeper;
  private final CoarseClock clock;
  private final @Nullable Managed managed;
  private final Backing backing;

  private LarderRuntime(
      CacheRegistry registry,
      KeyClasses keyClasses,
      WovenMethods woven,
      Housekeeper housekeeper,
      CoarseClock clock,
      @Nullable Managed managed) {
    this.managed = managed;
    this.backing = new Backing(registry, clock, managed);
    this.registry = registry;
    this.linker = new CallSiteLinker(registry, keyClasses, woven);
    this.housekeeper = housekeeper;
    this.clock = clock;
  }

  /**
   * Makes the runtime and connects it.
   *
   * @param keyClasses makes key classes
   * @param agent what JMX shows of it and asks of it
   * @param managementMode {@code off}, {@code read-only} or {@code full}
   */
  public static LarderRuntime start(
      KeyClasses keyClasses, AgentControl agent, String managementMode)
      throws ReflectiveOperationException {
    Housekeeper housekeeper = new Housekeeper();
    CoarseClock clock = new CoarseClock();
    CacheRegistry registry = new CacheRegistry(clock, housekeeper.gone());
    Managed managed = null;
    Housekeeper.Chore chore = () -> 0;
    if (!managementMode.equals("off")
        && ModuleLayer.boot().findModule("java.management").isPresent()) {
      managed = new Managed(registry, housekeeper, agent, managementMode);
      registry.setListener(managed);
      chore = managed.chore();
    }
    housekeeper.start(registry, new Summary(chore, agent), WITHOUT_CACHE_MILLIS);
    LarderRuntime runtime =
        new LarderRuntime(registry, keyClasses, agent::cachedIn, housekeeper, clock, managed);
    runtime.connect();
    return runtime;
  }

  /**
   * Says what holds for caches, those to come too. How Redis is reached and what is kept on disk is
   * taken the first time and stays.
   */
  public void configure(PolicySource policies) {
    backing.open(policies.redis(), policies.disk());
    registry.setSource(policies);
  }

  /**
   * Stops what methods of a class do that are no longer woven.
   *
   * @param specs of those that are, encoded
   */
  public void keepOnly(Class<?> owner, Set<String> specs) {
    linker.keepOnly(owner, specs);
  }

  /** Has methods wait that are to be cached from now on, those that were closed too. */
  public void holdNewMethods() {
    linker.holdNewMethods();
  }

  /** Has methods that wait be cached, and those to come, when all who hold them have said so. */
  public void releaseNewMethods() {
    linker.releaseNewMethods();
  }

  /** Switches all caches, those to come too, unless JMX did. */
  public void setEnabled(boolean value) {
    registry.setEnabled(value);
  }

  /**
   * Tells those who watch through JMX, on Larder's own thread.
   *
   * @param type as in {@code larder.config.failed}
   * @param message in words, which begin with how grave it is
   */
  public void event(String type, String message) {
    if (managed != null) {
      managed.event(type, message);
    }
  }

  /** What each woven method that was called does. */
  public List<CallReport> reports() {
    return registry.caches().stream()
        .flatMap(cache -> cache.calls().stream().map(call -> CallReport.of(cache, call)))
        .toList();
  }

  /**
   * Ends: woven code that is still there runs uncached, what was stored is forgotten, threads end
   * and MBeans go.
   */
  public void stop() {
    LarderLink.install(null, null, null, null);
    registry.overrideEnabled(false); // links what is still woven to nothing, and empties the caches
    registry.stopRefreshing();
    backing.abandon();
    housekeeper.stop();
    clock.stop();
    MemoryTier.stop();
  }

  private void connect() throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    LarderLink.install(
        lookup.bind(
            linker,
            "link",
            MethodType.methodType(
                CallSite.class,
                MethodHandles.Lookup.class,
                String.class,
                MethodType.class,
                String.class)),
        lookup.bind(
            linker,
            "dispatch",
            MethodType.methodType(
                Object.class, Class.class, String.class, Object.class, Object[].class)),
        lookup.bind(
            this,
            "control",
            MethodType.methodType(Object.class, String.class, Object.class, Object[].class)),
        this::problem);
  }

  /** What the application's facade asks. */
  @SuppressWarnings("unused") // through LarderLink
  private @Nullable Object control(String operation, @Nullable Object loader, Object[] arguments) {
    return new Facade(registry.cachesBelow((ClassLoader) loader), registry, backing)
        .answer(operation, arguments);
  }

  /** An entry failed before it reached its cache, or could not be linked. */
  private void problem(Object[] report) {
    Throwable failure = (Throwable) report[0];
    Class<?> owner = (Class<?>) report[1];
    String method = (String) report[2];
    linker.problem(owner, method, failure);
  }

  /** Does a chore, and once the application had time to start has the agent say what it does. */
  private static final class Summary implements Housekeeper.Chore {

    private static final long TIME_TO_START_NANOS = 10_000_000_000L;

    private final Housekeeper.Chore chore;
    private final AgentControl agent;
    private final long dueNanos = System.nanoTime() + TIME_TO_START_NANOS;
    private boolean said;

    Summary(Housekeeper.Chore chore, AgentControl agent) {
      this.chore = chore;
      this.agent = agent;
    }

    @Override
    public long attempt() {
      long again = chore.attempt();
      if (said) {
        return again;
      }
      long left = dueNanos - System.nanoTime();
      if (left <= 0) {
        said = true;
        agent.running();
        return again;
      }
      long leftMillis = left / 1_000_000 + 1;
      return again == 0 ? leftMillis : Math.min(again, leftMillis);
    }

    @Override
    public void end() {
      chore.end();
    }
  }

  /** Has MBeans registered; a class of its own, as an image may lack java.management. */
  private static final class Managed implements CacheRegistry.Listener, Backing.Listener {

    private final Housekeeper housekeeper;
    private final Management management;

    /** Under the registry's lock. */
    private @Nullable Long earliestNanos;

    Managed(CacheRegistry registry, Housekeeper housekeeper, AgentControl agent, String mode) {
      this.housekeeper = housekeeper;
      this.management = new Management(registry, agent, Version.read(), mode);
    }

    Housekeeper.Chore chore() {
      return new Housekeeper.Chore() {
        @Override
        public long attempt() {
          return management.attempt();
        }

        @Override
        public void end() {
          management.end();
        }
      };
    }

    @Override
    public void opened(RedisTiers redis) { // registered together with the caches
      management.created(redis.backend(), redis.shared(), redis.address());
    }

    @Override
    public void opened(DiskTiers disk) { // as above
      management.created(disk);
    }

    void event(String type, String message) {
      if (management.event(type, message)) {
        housekeeper.wake();
      }
    }

    @Override
    public void created(CacheHandle handle) {
      management.created(handle);
      long now = System.nanoTime();
      if (earliestNanos == null) {
        earliestNanos = now + AFTER_FIRST_CACHE_NANOS;
      }
      housekeeper.wakeAt(earliestNanos - now > 0 ? earliestNanos : now);
    }

    @Override
    public void collected(CacheHandle handle) {
      management.collected(handle);
    }
  }
}
