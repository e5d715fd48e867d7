package io.larder.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.management.FixedAgent;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicyFixtures;
import io.larder.runtime.policy.PolicySettings;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runtime behind the link that woven code names. */
@LeavesThreads({"housekeeper", "clock"}) // live as long as the JVM
class LarderRuntimeTest {

  private static final ClassLoader APP = LarderRuntimeTest.class.getClassLoader();
  private static final MethodType SITE = MethodType.methodType(Object.class, long.class);

  @BeforeEach
  void start() throws Exception {
    LarderRuntime.start(
        shape -> {
          throw new AssertionError("one long is its own key");
        },
        new FixedAgent(),
        "off");
  }

  private static String method(String cache) {
    return new MethodSpec(
            "find",
            "(J)Ljava/lang/Object;",
            true,
            cache,
            PolicyFixtures.key(0),
            InstanceRule.SEPARATE,
            List.of(),
            PolicySettings.NONE)
        .encode();
  }

  private static CallSite link(String cache) {
    return LarderLink.link(MethodHandles.lookup(), "miss", SITE, method(cache));
  }

  private static Object control(String operation, Object... arguments) throws Throwable {
    return Objects.requireNonNull(LarderLink.control(operation, APP, arguments));
  }

  @Test
  void link_missThenHit_andTheFacadeForgets() throws Throwable {
    CallSite site = link("prices");
    Object entered = site.getTarget().invoke(1L);
    LarderLink.proceed(entered);
    LarderLink.loaded("result", entered);
    assertThat(((LarderHit) site.getTarget().invoke(1L)).value).isEqualTo("result");
    assertThat(control("active")).isEqualTo(true);
    assertThat((String[]) control("cacheNames")).containsExactly("prices");
    assertThat(control("invalidate", "prices", new Object[] {1L})).isEqualTo(1L);
    assertThat(control("invalidate", "stock", new Object[] {1L})).isEqualTo(0L);
    assertThat(site.getTarget().invoke(1L)).isNotInstanceOf(LarderHit.class);
  }

  @Test
  void control_statistics_areOfTheNamedCache() throws Throwable {
    CallSite site = link("prices");
    LarderLink.loaded("result", site.getTarget().invoke(1L));
    assertThat((Map<?, ?>) control("statistics", "prices")).hasSize(18);
    assertThat(((Map<?, ?>) control("statistics", "prices")).get("loads")).isEqualTo(1L);
    assertThat(LarderLink.control("statistics", APP, new Object[] {"stock"})).isNull();
    assertThat(control("invalidateCache", "prices")).isEqualTo(1L);
    LarderLink.loaded("result", site.getTarget().invoke(1L));
    assertThat(control("invalidateAll")).isEqualTo(1L);
  }

  @Test
  void control_ofAnotherApplication_doesNotReachThisOnes() throws Throwable {
    CallSite site = link("prices");
    LarderLink.loaded("result", site.getTarget().invoke(1L));
    ClassLoader webApplication = new ClassLoader(APP) {};
    assertThat(LarderLink.control("invalidateAll", webApplication, new Object[0])).isEqualTo(0L);
    assertThat(site.getTarget().invoke(1L)).isInstanceOf(LarderHit.class);
  }

  @Test
  void control_operationOfANewerFacade_hasNoAnswer() throws Throwable {
    assertThat(LarderLink.control("explode", APP, new Object[0])).isNull();
  }

  @Test
  void link_thatFails_runsTheBodyAndIsReported(LoggedLines lines) throws Throwable {
    MethodType wrong = MethodType.methodType(Object.class, int.class);
    CallSite site = LarderLink.link(MethodHandles.lookup(), "miss", wrong, method("prices"));
    assertThat(site.getTarget().invoke(1)).isNull();
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith("WARN Cache \"prices\": a call ran uncached because of")
        .contains("java.lang.IllegalArgumentException");
  }
}
