package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicyFixtures;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Methods whose results are refreshed, written as the agent weaves them. */
class RefreshTest {

  private static final Duration DUE = Duration.ofMinutes(1);
  private static final PolicySettings REFRESHED =
      PolicySettings.NONE.with(PolicySetting.TTL, "10m").with(PolicySetting.REFRESH_AFTER, "1m");

  private final FakeClock clock = new FakeClock();
  private final CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());
  private final CallSiteLinker linker =
      new CallSiteLinker(registry, new KeyClassFixtures(), name -> Set.of());
  private final AtomicInteger runs = new AtomicInteger();

  /** What the bodies do; they are found by the class alone. */
  private static volatile Callable<Object> body = () -> "unset";

  private static volatile @Nullable Woven woven;

  private static Woven woven() {
    return Objects.requireNonNull(woven);
  }

  /** The methods, and how they are called. */
  enum Kind {
    TRUSTED_KEY("ofLong", "(J)Ljava/lang/Object;", true, List.of()),
    FOREIGN_KEY("ofObject", "(Ljava/lang/Object;)Ljava/lang/Object;", true, List.of()),
    INSTANCE("ofInstance", "(J)Ljava/lang/Object;", false, List.of()),
    TAGGED("ofTagged", "(J)Ljava/lang/Object;", true, List.of("id:{0}")),
    TAGGED_FOREIGN("ofTaggedObject", "(Ljava/lang/Object;)Ljava/lang/Object;", true, List.of("a"));

    @SuppressWarnings("ImmutableEnumChecker") // it is
    final MethodSpec spec;

    Kind(String name, String descriptor, boolean isStatic, List<String> tags) {
      spec =
          new MethodSpec(
              name,
              descriptor,
              isStatic,
              "prices",
              PolicyFixtures.key(0),
              InstanceRule.SEPARATE,
              List.of(),
              tags,
              REFRESHED);
    }

    Object call() throws Throwable {
      return switch (this) {
        case TRUSTED_KEY -> ofLong(1);
        case FOREIGN_KEY -> ofObject("key");
        case INSTANCE -> woven().instance.ofInstance(1);
        case TAGGED -> ofTagged(1);
        case TAGGED_FOREIGN -> ofTaggedObject("key");
      };
    }

    Object key() {
      return this == FOREIGN_KEY || this == TAGGED_FOREIGN ? "key" : 1L;
    }
  }

  private record Woven(WovenMethod method, RefreshTest instance) {}

  private static Object ofLong(long id) throws Throwable {
    return run(id);
  }

  private static Object ofObject(Object key) throws Throwable {
    return run(key);
  }

  private Object ofInstance(long id) throws Throwable {
    return run(this, id);
  }

  private static Object ofTagged(long id) throws Throwable {
    return run(id);
  }

  private static Object ofTaggedObject(Object key) throws Throwable {
    return run(key);
  }

  private static Object ofArray(int[] numbers) throws Throwable {
    return run((Object) numbers);
  }

  private static Object run(Object... all) throws Throwable {
    Object entered = woven().method.enter(all);
    if (entered instanceof LarderHit hit) {
      return hit.value;
    }
    Object result;
    try {
      result = body.call();
    } catch (Throwable failure) {
      LarderLink.failed(failure, entered);
      throw failure;
    }
    return WovenMethod.finish(entered, result);
  }

  @BeforeEach
  void countRuns() {
    body = () -> "run " + runs.incrementAndGet();
  }

  @AfterEach
  void stop() {
    registry.stopRefreshing();
  }

  private void weave(MethodSpec spec) {
    woven = new Woven(new WovenMethod(linker, spec, RefreshTest.class, runs), this);
  }

  private Cache cache() {
    return registry.getOrCreate(RefreshTest.class.getClassLoader(), "prices", PolicySettings.NONE);
  }

  private static boolean isUnderWay() {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(
            stack -> List.of(stack).stream().anyMatch(at -> at.getMethodName().equals("ofLong")));
  }

  private static void awaitNow(Kind kind, Object expected) {
    await().untilAsserted(() -> assertThat(asIs(kind)).isEqualTo(expected));
  }

  private static Object asIs(Kind kind) {
    try {
      return kind.call();
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hit_onADueEntry_isAnsweredWithIt_andReplacesIt(Kind kind) throws Throwable {
    weave(kind.spec);
    assertThat(kind.call()).isEqualTo("run 1");
    clock.advance(DUE.minusMillis(10));
    assertThat(kind.call()).isEqualTo("run 1");
    assertThat(kind.call()).isEqualTo("run 1");
    clock.advance(Duration.ofMillis(10));
    assertThat(runs).hasValue(1);
    assertThat(kind.call()).isEqualTo("run 1");

    awaitNow(kind, "run 2");
    assertThat(runs).hasValue(2);
    assertThat(cache().counters().refreshes.sum()).isEqualTo(1);
    assertThat(cache().counters().misses()).isEqualTo(1);
    assertThat(cache().counters().loads()).isEqualTo(2);
    clock.advance(DUE.minusMillis(10));
    assertThat(kind.call()).as("its age counts from the refresh").isEqualTo("run 2");
    assertThat(runs).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource
  void hit_withoutAFront_refreshesToo(Kind kind) throws Throwable {
    weave(kind.spec);
    assertThat(kind.call()).isEqualTo("run 1");
    cache().memory().small().set(false);
    cache().setPolicy(cache().policy().withTtl(null)); // links anew
    clock.advance(DUE);
    long hits = cache().counters().hits();
    assertThat(kind.call()).isEqualTo("run 1");
    assertThat(cache().counters().hits()).isEqualTo(hits + 1);

    awaitNow(kind, "run 2");
    assertThat(runs).hasValue(2);
  }

  @Test
  void hits_whileOneIsRefreshed_beginNoOther() throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    ofLong(1);
    clock.advance(DUE);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    body =
        () -> {
          running.countDown();
          Workers.await(goOn);
          return "run " + runs.incrementAndGet();
        };
    assertThat(ofLong(1)).isEqualTo("run 1");
    Workers.await(running);
    for (int i = 0; i < 100; i++) {
      assertThat(ofLong(1)).isEqualTo("run 1");
    }
    goOn.countDown();

    awaitNow(Kind.TRUSTED_KEY, "run 2");
    assertThat(runs).hasValue(2);
  }

  @Test
  void invalidation_duringARefresh_wins() throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    ofLong(1);
    clock.advance(DUE);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    body =
        () -> {
          running.countDown();
          Workers.await(goOn);
          return "outdated";
        };
    ofLong(1);
    Workers.await(running);
    cache().invalidate(1L);
    goOn.countDown();
    await().until(() -> cache().counters().unstored.sum() == 1);

    assertThat(cache().memory().get(1L)).isNull();
    countRuns();
    assertThat(ofLong(1)).isEqualTo("run 2");
  }

  @Test
  void tagInvalidation_duringARefresh_wins() throws Throwable {
    weave(Kind.TAGGED.spec);
    ofTagged(1);
    clock.advance(DUE);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    body =
        () -> {
          running.countDown();
          Workers.await(goOn);
          return "outdated";
        };
    ofTagged(1);
    Workers.await(running);
    cache().invalidateTag("id:1");
    goOn.countDown();
    await().until(() -> cache().counters().unstored.sum() == 1);

    countRuns();
    assertThat(ofTagged(1)).isEqualTo("run 2");
  }

  @Test
  void refresh_thatThrows_leavesTheOldEntry_andIsTriedAgainLater(LoggedLines lines)
      throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    ofLong(1);
    clock.advance(DUE);
    AtomicInteger tries = new AtomicInteger();
    body =
        () -> {
          tries.incrementAndGet();
          throw new IOException("confidential");
        };
    assertThat(ofLong(1)).isEqualTo("run 1");
    await().until(() -> cache().counters().refreshFailures.sum() == 1);
    await().until(() -> !isUnderWay());
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Cache \"prices\": a refresh by "
                + RefreshTest.class.getName()
                + "#ofLong(long) failed with java.io.IOException; the result that is there is"
                + " served until its ttl has passed. Further failures are counted.");
    for (int i = 0; i < 100; i++) {
      assertThat(ofLong(1)).isEqualTo("run 1");
    }
    assertThat(tries).as("before the back-off").hasValue(1);

    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(6)); // a tenth of refreshAfter
              return asIs(Kind.TRUSTED_KEY).equals("run 1") && tries.get() >= 2;
            });
    countRuns();
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(6));
              return asIs(Kind.TRUSTED_KEY).equals("run 2");
            });
    assertThat(cache().counters().misses()).isEqualTo(1);
  }

  @Test
  void refresh_runsWithTheContextLoaderOfWhoAsked_andNothingElseOfHis() throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    ofLong(1);
    clock.advance(DUE);
    Thread me = Thread.currentThread();
    ClassLoader before = me.getContextClassLoader();
    ThreadLocal<String> local = new ThreadLocal<>();
    local.set("mine");
    body =
        () -> {
          Thread worker = Thread.currentThread();
          return worker.getName().replaceAll("\\d+", "n")
              + " "
              + worker.getContextClassLoader().getName()
              + " "
              + local.get();
        };
    try (URLClassLoader loader = new URLClassLoader("asker", new URL[0], before)) {
      me.setContextClassLoader(loader);
      ofLong(1);
    } finally {
      me.setContextClassLoader(before);
    }

    awaitNow(Kind.TRUSTED_KEY, "larder-refresh-n asker null");
  }

  @Test
  void refresh_whoseBodyCallsTheMethod_getsThatFromTheCache() throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    ofLong(1);
    ofLong(2);
    clock.advance(DUE);
    body =
        () -> {
          try {
            return "made of " + ofLong(2);
          } catch (Throwable failure) {
            throw new AssertionError(failure);
          }
        };
    ofLong(1);

    awaitNow(Kind.TRUSTED_KEY, "made of run 2");
  }

  @Test
  void refresh_whoseArgumentsChangeMeanwhile_isThatOfTheOldOnes() throws Throwable {
    MethodSpec spec =
        new MethodSpec(
            "ofArray",
            "([I)Ljava/lang/Object;",
            true,
            "prices",
            PolicyFixtures.key(0),
            InstanceRule.SEPARATE,
            List.of(),
            REFRESHED);
    weave(spec);
    int[] numbers = {1};
    ofArray(numbers);
    clock.advance(DUE);
    ofArray(numbers);
    numbers[0] = 2;
    await().until(() -> cache().counters().refreshes.sum() == 1);

    assertThat(runs.get()).isLessThanOrEqualTo(2);
    await().untilAsserted(() -> assertThat(cache().counters().calls.puts()).isEqualTo(2));
    assertThat(cache().memory().keys()).hasSize(1);
  }

  @Test
  void setPolicy_turnsItOnAndOff_forEntriesThatAreThere() throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    CachePolicy on = cache().policy();
    cache().setPolicy(on.withRefreshAfter(null));
    ofLong(1);
    clock.advance(DUE);
    ofLong(1);
    assertThat(cache().counters().refreshes.sum()).isZero();

    cache().setPolicy(on);
    clock.advance(Duration.ofMillis(10)); // a front repeats it to the end of the tick
    assertThat(ofLong(1)).isEqualTo("run 1");
    awaitNow(Kind.TRUSTED_KEY, "run 2");
  }

  @Test
  void refresh_thatNobodyCanTake_isCounted() throws Throwable {
    weave(Kind.TRUSTED_KEY.spec);
    ofLong(1);
    clock.advance(DUE);
    registry.stopRefreshing(); // nobody takes it
    ofLong(1);
    assertThat(cache().counters().refreshesDropped.sum()).isEqualTo(1);
    assertThat(runs).hasValue(1);
  }
}
