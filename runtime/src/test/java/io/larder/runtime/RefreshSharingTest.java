package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.callsite.CallSiteLinker;
import io.larder.runtime.callsite.KeyShape;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.PassingOn;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import io.larder.runtime.redis.RedisServer;
import io.larder.runtime.stats.CacheCounters;
import io.larder.runtime.time.Clock;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten nodes of a service over one Redis: one of them refreshes. */
class RefreshSharingTest {

  private static final MethodSpec SPEC =
      new MethodSpec(
          "find",
          "(J)Ljava/lang/String;",
          /* isStatic= */ true,
          "prices",
          List.of(KeyPart.of(0)),
          InstanceRule.SEPARATE,
          List.of(),
          PolicySettings.NONE
              .with(PolicySetting.TTL, "1h")
              .with(PolicySetting.REFRESH_AFTER, "1s"));

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private static final AtomicInteger loads = new AtomicInteger();

  /** Which node a thread calls; the threads that refresh find it by their node's class loader. */
  private static final ThreadLocal<@Nullable Node> CALLED = new ThreadLocal<>();

  private final Clock clock =
      new Clock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long coarseNanos() {
          return nanos();
        }
      };

  private final RedisServer redis = RedisServer.start();
  private final List<Node> nodes = new ArrayList<>();

  /** Is known to threads that refresh as their context loader. */
  private static final class OfNode extends ClassLoader {
    private @Nullable Node node;
  }

  /** One JVM. */
  private final class Node {
    private final OfNode loader = new OfNode();
    private final CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());
    private final RedisTiers tiers;
    private final MethodHandle hit;
    private final MethodHandle miss;

    Node() {
      loader.node = this;
      tiers =
          RedisTiers.open(
              new ForgettingHere(registry),
              RedisOptions.NONE
                  .with(RedisSetting.URI, redis.uri())
                  .with(RedisSetting.DEADLINE, "5s"),
              clock);
      registry.setSlowTiers(tiers);
      registry.setInvalidationListener(new PassingOn(tiers, registry));
      CallSiteLinker linker =
          new CallSiteLinker(registry, RefreshSharingTest::noKey, n -> Set.of());
      MethodHandles.Lookup lookup = LOOKUP;
      MethodType type = MethodType.methodType(Object.class, long.class);
      hit =
          linker
              .link(
                  lookup, CallSiteLinker.HIT, type.changeReturnType(LarderHit.class), SPEC.encode())
              .dynamicInvoker();
      miss = linker.link(lookup, CallSiteLinker.MISS, type, SPEC.encode()).dynamicInvoker();
    }

    String call() {
      Thread me = Thread.currentThread();
      ClassLoader before = me.getContextClassLoader();
      CALLED.set(this);
      me.setContextClassLoader(loader);
      try {
        return find(1);
      } finally {
        me.setContextClassLoader(before);
        CALLED.remove();
      }
    }

    Cache cache() {
      return registry.caches().get(0);
    }

    void close() {
      registry.stopRefreshing();
      tiers.close();
    }
  }

  private static MethodHandle noKey(KeyShape shape) {
    throw new AssertionError("a long is its own key");
  }

  /** As the agent weaves it, for each of the nodes. */
  static String find(long id) {
    Node node = CALLED.get();
    if (node == null && Thread.currentThread().getContextClassLoader() instanceof OfNode loader) {
      node = loader.node;
    }
    if (node == null) {
      throw new AssertionError("of no node");
    }
    Object entered;
    try {
      entered = (LarderHit) node.hit.invokeExact(id);
      entered = entered == null ? (Object) node.miss.invokeExact(id) : entered;
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
    if (entered instanceof LarderHit found) {
      return (String) found.value;
    }
    String result = "load " + loads.incrementAndGet();
    LarderLink.loaded(result, entered);
    return result;
  }

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    redis.close();
  }

  @Test
  void refresh_ofTenNodes_isOneLoad() {
    loads.set(0);
    for (int i = 0; i < 10; i++) {
      nodes.add(new Node());
    }
    for (Node node : nodes) {
      await().until(() -> node.tiers.longestLifeNanos() == Long.MAX_VALUE);
    }
    String first = nodes.get(0).call();
    await().until(() -> nodes.get(0).tiers.shared().writeBehind().written() == 1);
    long start = clock.nanos();
    for (Node node : nodes) {
      assertThat(node.call()).isEqualTo(first);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                nodes.stream()
                    .map(Node::call) // all of them, each time
                    .toList()
                    .stream()
                    .allMatch(answer -> Integer.parseInt(answer.substring(5)) >= 5));

    long dueAtMost = 1 + (clock.nanos() - start) / Duration.ofSeconds(1).toNanos();
    assertThat(loads.get()).isBetween(5, 1 + (int) dueAtMost);
    nodes.forEach(node -> node.registry.stopRefreshing());
    await().untilAsserted(() -> assertThat(sum(CacheCounters::loads)).isEqualTo(loads.get()));
    assertThat(sum(counters -> counters.refreshesShared.sum())).isGreaterThanOrEqualTo(9);
    assertThat(sum(CacheCounters::misses)).isOne();
  }

  private long sum(ToLongFunction<CacheCounters> count) {
    return nodes.stream().mapToLong(node -> count.applyAsLong(node.cache().counters())).sum();
  }
}
