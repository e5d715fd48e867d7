package io.larder.runtime;

import io.larder.bootstrap.LarderLink;
import io.larder.runtime.callsite.CallSiteLinker;
import io.larder.runtime.callsite.KeyClasses;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.management.About;
import io.larder.runtime.management.Management;
import io.larder.runtime.time.CoarseClock;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final long FIRST_CHORE_MILLIS = 1_000;

  private final CacheRegistry registry;
  private final CallSiteLinker linker;

  private LarderRuntime(CacheRegistry registry, CallSiteLinker linker) {
    this.registry = registry;
    this.linker = linker;
  }

  /**
   * Makes the runtime and connects it.
   *
   * @param keyClasses makes key classes
   * @param weaving what the agent did, for JMX
   * @param managementMode {@code off}, {@code read-only} or {@code full}
   */
  public static void start(KeyClasses keyClasses, WeavingReport weaving, String managementMode)
      throws ReflectiveOperationException {
    Housekeeper housekeeper = new Housekeeper();
    CacheRegistry registry = new CacheRegistry(new CoarseClock(), housekeeper.gone());
    boolean managed =
        !managementMode.equals("off")
            && ModuleLayer.boot().findModule("java.management").isPresent();
    registry.setListener(
        managed
            ? new Managed(registry, housekeeper, weaving, managementMode)
            : new Unmanaged(registry, housekeeper));
    new LarderRuntime(registry, new CallSiteLinker(registry, keyClasses)).connect();
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

  /** What the application's facade asks; unknown operations of a newer facade get no answer. */
  @SuppressWarnings("unused") // through LarderLink
  private @Nullable Object control(String operation, @Nullable Object loader, Object[] arguments) {
    List<Cache> caches = registry.cachesBelow((ClassLoader) loader);
    return switch (operation) {
      case "active" -> true;
      case "invalidateAll" -> caches.stream().mapToLong(Cache::invalidateAll).sum();
      case "cacheNames" -> caches.stream().map(Cache::name).distinct().toArray(String[]::new);
      case "invalidate" ->
          named(caches, arguments[0]).stream()
              .mapToLong(cache -> cache.invalidate((Object[]) arguments[1]))
              .sum();
      case "invalidateCache" ->
          named(caches, arguments[0]).stream().mapToLong(Cache::invalidateAll).sum();
      case "statistics" -> statistics(named(caches, arguments[0]));
      default -> null;
    };
  }

  private static List<Cache> named(List<Cache> caches, Object name) {
    return caches.stream().filter(cache -> cache.name().equals(name)).toList();
  }

  private static @Nullable Map<String, Number> statistics(List<Cache> caches) {
    return caches.stream().map(Cache::statistics).reduce(LarderRuntime::sum).orElse(null);
  }

  private static Map<String, Number> sum(Map<String, Number> one, Map<String, Number> other) {
    Map<String, Number> sum = new HashMap<>(one);
    other.forEach((name, value) -> sum.merge(name, value, (a, b) -> a.longValue() + b.longValue()));
    return sum;
  }

  /** An entry failed before it reached its cache, or could not be linked. */
  private void problem(Object[] report) {
    Throwable failure = (Throwable) report[0];
    Class<?> owner = (Class<?>) report[1];
    String method = (String) report[2];
    linker.problem(owner, method, failure);
  }

  /** Starts the housekeeper with the first cache. */
  private static class Unmanaged implements CacheRegistry.Listener {

    private final CacheRegistry registry;
    private final Housekeeper housekeeper;
    private boolean started;

    Unmanaged(CacheRegistry registry, Housekeeper housekeeper) {
      this.registry = registry;
      this.housekeeper = housekeeper;
    }

    Housekeeper.Chore chore() {
      return () -> 0;
    }

    @Override
    public void created(CacheRegistry.Handle handle) {
      if (!started) {
        housekeeper.start(registry, chore(), FIRST_CHORE_MILLIS);
        started = true; // under the registry's lock
      }
    }

    @Override
    public void collected(CacheRegistry.Handle handle) {}
  }

  /** Has MBeans registered as well; a class of its own, as an image may lack java.management. */
  private static final class Managed extends Unmanaged {

    private final Housekeeper housekeeper;
    private final Management management;

    Managed(CacheRegistry registry, Housekeeper housekeeper, WeavingReport weaving, String mode) {
      super(registry, housekeeper);
      this.housekeeper = housekeeper;
      this.management = new Management(registry, aboutThis(weaving), mode);
    }

    @Override
    Housekeeper.Chore chore() {
      return management::attempt;
    }

    @Override
    public void created(CacheRegistry.Handle handle) {
      management.created(handle);
      super.created(handle);
      housekeeper.wake();
    }

    @Override
    public void collected(CacheRegistry.Handle handle) {
      management.collected(handle);
    }

    private static About aboutThis(WeavingReport weaving) {
      String version = Version.read();
      return new About() {
        @Override
        public String version() {
          return version;
        }

        @Override
        public int wovenMethods() {
          return weaving.wovenMethods();
        }

        @Override
        public List<String> rejectedMethods() {
          return weaving.rejectedMethods();
        }
      };
    }
  }
}
