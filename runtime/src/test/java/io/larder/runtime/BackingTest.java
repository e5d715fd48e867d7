package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.callsite.CallSiteLinker;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Health;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DiskSetting;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.RedisSetting;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches of woven methods with the disk behind them, over restarts. */
class BackingTest {

  private static final MethodSpec SPEC =
      new MethodSpec(
          "find",
          "(J)Ljava/lang/String;",
          /* isStatic= */ true,
          "prices",
          List.of(KeyPart.of(0)),
          InstanceRule.SEPARATE,
          /* unless= */ List.of(),
          List.of("id:{0}"),
          PolicySettings.NONE.with(PolicySetting.TTL, "1h"));

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  @TempDir Path directory;

  /** Whose method is called: a refresh calls it by its name. */
  private static volatile @Nullable BackingTest running;

  private @Nullable Node opened;
  private int loads;

  /** Runs within the body, once. */
  private Runnable during = () -> {};

  /** One JVM. */
  private static final class Node {
    private final CacheRegistry registry =
        new CacheRegistry(KeptNode.SYSTEM, new ReferenceQueue<>());
    private final Backing backing = new Backing(registry, KeptNode.SYSTEM, /* listener= */ null);
    private final MethodHandle hit;
    private final MethodHandle miss;

    Node(DiskOptions options) {
      backing.open(RedisOptions.NONE, options);
      await().atMost(Duration.ofSeconds(30)).until(() -> health() == Health.UP);
      CallSiteLinker linker =
          new CallSiteLinker(
              registry,
              shape -> {
                throw new AssertionError("a long is its own key");
              },
              n -> Set.of());
      MethodType type = MethodType.methodType(Object.class, long.class);
      hit =
          linker
              .link(
                  LOOKUP, CallSiteLinker.HIT, type.changeReturnType(LarderHit.class), SPEC.encode())
              .dynamicInvoker();
      miss = linker.link(LOOKUP, CallSiteLinker.MISS, type, SPEC.encode()).dynamicInvoker();
    }

    private Health health() {
      return disk().store().state().health();
    }

    DiskTiers disk() {
      return Objects.requireNonNull(backing.disk());
    }

    Cache cache() {
      return registry.caches().get(0);
    }

    void awaitWritten() {
      await().until(() -> disk().writeBehind().queued() == 0);
    }

    void close() {
      registry.stopRefreshing();
      disk().close();
    }
  }

  private DiskOptions options() {
    return DiskOptions.NONE
        .with(DiskSetting.DIRECTORY, directory.toString())
        .with(DiskSetting.MAXIMUM_BYTES, "16MB");
  }

  private Node node() {
    Node node = opened;
    if (node == null) {
      node = new Node(options());
      opened = node;
    }
    return node;
  }

  private Node restarted() {
    close();
    return node();
  }

  @BeforeEach
  void begin() {
    running = this;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  /** As the agent weaves it. */
  static String find(long id) {
    return Objects.requireNonNull(running).called(id);
  }

  private String called(long id) {
    Node node = node();
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
    long end = System.nanoTime() + 1_000_000; // what is quicker than the disk is not looked for
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    Runnable meanwhile = during;
    during = () -> {};
    meanwhile.run();
    String result = "load " + ++loads;
    LarderLink.loaded(result, entered);
    return result;
  }

  @Test
  void restart_isWarm_andPromotesIntoMemory() {
    assertThat(find(1)).isEqualTo("load 1");
    restarted();
    assertThat(find(1)).isEqualTo("load 1");
    assertThat(find(1)).isEqualTo("load 1");

    assertThat(node().cache().counters().slowHits()).isEqualTo(1);
    assertThat(node().cache().counters().promotions.sum()).isEqualTo(1);
    assertThat(node().disk().statistics("prices").hits()).isEqualTo(1);
  }

  @Test
  void invalidate_whileALoadIsUnderWay_nothingOfItIsThereAfterRestart() {
    during = () -> node().cache().invalidate(1L);
    assertThat(find(1)).isEqualTo("load 1");
    during = () -> node().cache().invalidateTag("id:2");
    assertThat(find(2)).isEqualTo("load 2");
    during = () -> node().cache().invalidateAll();
    assertThat(find(3)).isEqualTo("load 3");

    restarted();
    assertThat(find(1)).isEqualTo("load 4");
    assertThat(find(2)).isEqualTo("load 5");
    assertThat(find(3)).isEqualTo("load 6");
  }

  @Test
  void invalidate_keyOrTag_holdsAfterRestart() {
    find(1);
    find(2);
    find(3);
    node().awaitWritten();
    assertThat(node().cache().invalidate(1L)).isEqualTo(1);
    assertThat(node().registry.invalidateTag(node().registry.caches(), "id:2")).isTrue();

    restarted();
    assertThat(find(1)).isEqualTo("load 4");
    assertThat(find(2)).isEqualTo("load 5");
    assertThat(find(3)).isEqualTo("load 3");
  }

  @Test
  void abandon_theApplicationGoesOn_nothingIsServedAfterwards() {
    find(1);
    node().awaitWritten();
    node().backing.abandon();
    restarted();
    assertThat(find(1)).isEqualTo("load 2");
  }

  @Test
  void hottest_ofMemory_isReadAheadAfterRestart() {
    for (int id = 0; id < 40; id++) {
      find(id);
    }
    assertThat(new HottestKeys(node().registry).get()).hasSize(4);
    restarted();
    await().until(() -> node().disk().warmStart().read() == 4);
  }

  @Test
  void refresh_isGranted_andGoesToDisk() {
    find(1);
    Cache cache = node().cache();
    cache.setPolicy(cache.policy().withRefreshAfter(Duration.ofMillis(200)));
    await().atMost(Duration.ofSeconds(20)).until(() -> !find(1).equals("load 1"));
    restarted();
    assertThat(find(1)).isNotEqualTo("load 1");
  }

  @Test
  void tiers_memoryAlone_leavesTheDiskOut_andMemoryBeginsAnew() {
    find(1);
    node().awaitWritten();
    CacheRegistry registry = node().registry;
    Cache cache = node().cache();
    cache.setPolicy(
        cache.policy().withSharing(cache.policy().sharing().withTiers(List.of("memory"))));
    assertThat(cache.slowTiers()).isNull();
    assertThat(find(1)).isEqualTo("load 2");
    assertThat(registry.caches()).hasSize(1);
    cache.setPolicy(
        cache.policy().withSharing(cache.policy().sharing().withTiers(List.of("memory", "disk"))));
    assertThat(find(1)).isEqualTo("load 1");
  }

  @Test
  void open_oneThatDoesNotFit_isSaid_andTheOtherIsUsed(LoggedLines lines) {
    CacheRegistry registry = new CacheRegistry(KeptNode.SYSTEM, new ReferenceQueue<>());
    Backing backing = new Backing(registry, KeptNode.SYSTEM, /* listener= */ null);
    backing.open(RedisOptions.NONE.with(RedisSetting.URI, "nonsense"), options());
    try {
      assertThat(backing.redis()).isNull();
      assertThat(backing.disk()).isNotNull();
      assertThat(lines.takeWarnings())
          .singleElement()
          .asString()
          .startsWith("ERROR Redis is not used: ");
      backing.open(RedisOptions.NONE, options().with(DiskSetting.MAXIMUM_BYTES, "32MB"));
      assertThat(lines.takeWarnings())
          .containsExactly(
              "WARN What is said about Redis has changed; it holds from the next start on.",
              "WARN What is said about the disk has changed; it holds from the next start on.");
    } finally {
      backing.abandon();
    }
  }
}
