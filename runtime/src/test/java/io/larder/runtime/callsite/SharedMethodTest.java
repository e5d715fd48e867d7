package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.AllowedClasses;
import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.SharedKey;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodecs;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.thread.LaterWork;
import io.larder.runtime.time.FakeClock;
import java.lang.invoke.MethodHandles;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedMethodTest {

  private static final MethodSpec SPEC =
      new MethodSpec(
          "names",
          "(J)Ljava/util/List;",
          /* isStatic= */ true,
          "names",
          List.of(KeyPart.of(0)),
          InstanceRule.SEPARATE,
          List.of(),
          PolicySettings.NONE);

  private final LaterWork work = new LaterWork("codec", /* capacity= */ 10);
  private final CountDownLatch mayBeMade = new CountDownLatch(1);
  private final List<String> makers = Collections.synchronizedList(new ArrayList<>());
  private boolean accepts = true;

  private final Cache cache =
      new Cache("names", CachePolicy.DEFAULT, new FakeClock(), tiers(), new ReferenceQueue<>());
  private final SharedMethod method =
      new SharedMethod(MethodHandles.lookup(), SPEC, Collections.singletonList(null));

  /** Whose codec takes as long as the test wants. */
  private SlowTiers tiers() {
    return (SlowTiers)
        Proxy.newProxyInstance(
            SlowTiers.class.getClassLoader(),
            new Class<?>[] {SlowTiers.class},
            (proxy, asked, arguments) ->
                switch (asked.getName()) {
                  case "later" -> accepts && work.add((Runnable) arguments[0]);
                  case "longestLifeNanos" -> Long.MAX_VALUE;
                  case "codecOf" -> {
                    makers.add(Thread.currentThread().getName());
                    mayBeMade.await();
                    yield ValueCodecs.of(
                        (String) arguments[0],
                        (ClassLoader) arguments[1],
                        (Type) arguments[2],
                        new AllowedClasses(Set.of()));
                  }
                  default -> throw new AssertionError(asked.getName());
                });
  }

  static List<String> names(long id) {
    return List.of("a" + id);
  }

  private SharedKey key(Object argument) {
    return Objects.requireNonNull(
        method.keyOf(cache, /* receiver= */ "", new @Nullable Object[] {argument}));
  }

  @Test
  void keyOf_codecInTheMaking_isPending_andWholeOnceItIsThere() throws Exception {
    SharedKey early = key(3L);
    assertThat(early.whole()).isNull();
    assertThat(early.group()).isEqualTo(KeyCodec.group(3L));
    assertThat(key(3L).identity()).isEqualTo(early.identity());
    assertThat(key(4L).identity()).isNotEqualTo(early.identity());

    mayBeMade.countDown();
    TierKey whole = early.awaitWhole(TimeUnit.SECONDS.toNanos(30));
    assertThat(whole).isNotNull().isEqualTo(key(3L));
    assertThat(key(3L)).isInstanceOf(TierKey.class);
    assertThat(makers).hasSize(1).allMatch(name -> name.startsWith("larder-codec-"));
  }

  @Test
  void prepare_manyCalls_makeOneCodec() {
    mayBeMade.countDown();
    method.prepare(cache);
    method.prepare(cache);
    assertThat(key(3L).awaitWhole(TimeUnit.SECONDS.toNanos(30))).isNotNull();
    assertThat(makers).hasSize(1);
  }

  @Test
  void keyOf_nobodyMakesTheCodec_isPending_andTheNextCallTriesAgain() {
    mayBeMade.countDown();
    accepts = false;
    assertThat(key(3L).awaitWhole(TimeUnit.SECONDS.toNanos(30))).isNull();

    accepts = true;
    await().until(() -> key(3L).whole() != null);
  }
}
