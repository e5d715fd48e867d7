package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bootstrap.LarderLink;
import io.larder.bootstrap.LarderTicket;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.InvalidationSpec.Target;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.time.FakeClock;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvalidationTest {

  private static final Class<?> OWNER = InvalidationTest.class;

  private final CacheRegistry registry = new CacheRegistry(new FakeClock(), new ReferenceQueue<>());
  private final CallSiteLinker linker =
      new CallSiteLinker(registry, new KeyClassFixtures(), name -> Set.of());
  private final AtomicInteger runs = new AtomicInteger();
  private final WovenMethod find = cached("prices", "(J)Ljava/lang/Object;", KeyPart.of(0));

  /** An argument with a property. */
  static final class Price {
    private final @Nullable Long product;

    Price(@Nullable Long product) {
      this.product = product;
    }

    long product() {
      if (product == null) {
        throw new IllegalStateException("secret");
      }
      return product;
    }
  }

  private WovenMethod cached(String cache, String descriptor, KeyPart... key) {
    return new WovenMethod(
        linker,
        new MethodSpec(
            "find",
            descriptor,
            true,
            cache,
            List.of(key),
            InstanceRule.SEPARATE,
            List.of(),
            PolicySettings.NONE),
        OWNER,
        runs);
  }

  private static Target everythingOf(String cache) {
    return new Target(cache, /* everything= */ true, List.of());
  }

  private static Target keyOf(String cache, KeyPart... key) {
    return new Target(cache, /* everything= */ false, List.of(key));
  }

  /** Begins a call of a method that invalidates, as a woven body does. */
  private LarderTicket enter(String descriptor, List<Target> targets, @Nullable Object... arguments)
      throws Throwable {
    InvalidationSpec spec = new InvalidationSpec("save", descriptor, /* isStatic= */ true, targets);
    MethodType type =
        MethodType.fromMethodDescriptorString(descriptor, OWNER.getClassLoader())
            .erase()
            .changeReturnType(Object.class);
    MethodHandle entry =
        linker
            .link(MethodHandles.lookup(), CallSiteLinker.INVALIDATION, type, spec.encode())
            .dynamicInvoker();
    return (LarderTicket) entry.invokeWithArguments(arguments);
  }

  @Test
  void everything_onReturn_isForgotten() throws Throwable {
    find.call(1L);
    find.call(2L);
    LarderTicket ticket = enter("()V", List.of(everythingOf("prices")));
    assertThat(find.call(1L)).as("not before the method returns").isEqualTo("run 1");
    LarderLink.loaded(null, ticket);
    assertThat(find.call(1L)).isEqualTo("run 3");
    assertThat(find.call(2L)).isEqualTo("run 4");
  }

  @Test
  void key_onReturn_onlyThatResultIsForgotten() throws Throwable {
    find.call(1L);
    find.call(2L);
    LarderLink.loaded(
        null,
        enter("(Ljava/lang/String;J)V", List.of(keyOf("prices", KeyPart.of(1))), "unused", 2L));
    assertThat(find.call(1L)).isEqualTo("run 1");
    assertThat(find.call(2L)).isEqualTo("run 3");
  }

  @Test
  void propertyAsKey_onReturn_isRead() throws Throwable {
    find.call(1L);
    find.call(2L);
    enterWithPrice(new Price(2L), new KeyPart(0, List.of("product")));
    assertThat(find.call(1L)).isEqualTo("run 1");
    assertThat(find.call(2L)).isEqualTo("run 3");
  }

  private void enterWithPrice(@Nullable Price price, KeyPart key) throws Throwable {
    String descriptor = "(L" + Price.class.getName().replace('.', '/') + ";)V";
    LarderLink.loaded(null, enter(descriptor, List.of(keyOf("prices", key)), price));
  }

  @Test
  void failedCall_forgetsNothing() throws Throwable {
    find.call(1L);
    LarderLink.failed(new IllegalStateException(), enter("()V", List.of(everythingOf("prices"))));
    assertThat(find.call(1L)).isEqualTo("run 1");
  }

  @Test
  void resultThatWasBeingLoaded_isNotStored() throws Throwable {
    Object loading = find.enter(1L);
    LarderLink.loaded(null, enter("(J)V", List.of(keyOf("prices", KeyPart.of(0))), 1L));
    WovenMethod.finish(loading, "outdated");
    assertThat(find.call(1L)).isEqualTo("run 1");
  }

  @Test
  void severalCaches_eachForgetsItsOwn() throws Throwable {
    WovenMethod rate = cached("rates", "(J)Ljava/lang/Object;", KeyPart.of(0));
    WovenMethod other = cached("others", "(J)Ljava/lang/Object;", KeyPart.of(0));
    find.call(1L); // run 1
    rate.call(1L); // run 2
    rate.call(2L); // run 3
    other.call(1L); // run 4
    LarderLink.loaded(
        null, enter("(J)V", List.of(everythingOf("prices"), keyOf("rates", KeyPart.of(0))), 1L));
    assertThat(find.call(1L)).isEqualTo("run 5");
    assertThat(rate.call(1L)).isEqualTo("run 6");
    assertThat(rate.call(2L)).isEqualTo("run 3");
    assertThat(other.call(1L)).isEqualTo("run 4");
  }

  @Test
  void cachesOfAllLoaders_forget() throws Throwable {
    var elsewhere = registry.getOrCreate(new ClassLoader(null) {}, "prices", PolicySettings.NONE);
    elsewhere.memory().put(1L, new Entry("elsewhere", 0, 0, 0));
    LarderLink.loaded(null, enter("()V", List.of(everythingOf("prices"))));
    assertThat(elsewhere.memory().get(1L)).isNull();
  }

  /** Else a result that the call outdated would be served. */
  @Test
  void keyThatCannotBeRead_forgetsEverything(LoggedLines lines) throws Throwable {
    find.call(1L);
    enterWithPrice(new Price(null), new KeyPart(0, List.of("product")));
    assertThat(find.call(1L)).isEqualTo("run 2");
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN "
                + OWNER.getName()
                + "#save(InvalidationTest$Price) forgets all of cache \"prices\", not one"
                + " result: its key could not be read, java.lang.IllegalStateException");
  }

  @Test
  void keyOfAPropertyThatIsNotThere_forgetsEverything(LoggedLines lines) throws Throwable {
    find.call(1L);
    enterWithPrice(new Price(1L), new KeyPart(0, List.of("number")));
    assertThat(find.call(1L)).isEqualTo("run 2");
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith(
            "WARN "
                + OWNER.getName()
                + "#save(InvalidationTest$Price) forgets all of cache \"prices\"")
        .contains(Price.class.getName() + " has no property \"number\"; it has: product");
  }

  @Test
  void nullOnTheWayToTheKey_isAKeyLikeAnyOther() throws Throwable {
    WovenMethod byName = cached("names", "(Ljava/lang/String;)Ljava/lang/Object;", KeyPart.of(0));
    byName.call((Object) null);
    byName.call("a");
    LarderLink.loaded(
        null,
        enter("(Ljava/lang/String;)V", List.of(keyOf("names", KeyPart.of(0))), (Object) null));
    assertThat(byName.call("a")).isEqualTo("run 2");
    assertThat(byName.call((Object) null)).isEqualTo("run 3");
  }

  @Test
  void intAsKey_findsLongsToo() throws Throwable {
    WovenMethod boxed = cached("boxed", "(Ljava/lang/Long;)Ljava/lang/Object;", KeyPart.of(0));
    find.call(1L); // run 1
    boxed.call(1L); // run 2
    LarderLink.loaded(
        null,
        enter("(I)V", List.of(keyOf("prices", KeyPart.of(0)), keyOf("boxed", KeyPart.of(0))), 1));
    assertThat(find.call(1L)).isEqualTo("run 3");
    assertThat(boxed.call(1L)).isEqualTo("run 4");
  }

  @Test
  void longAsKey_findsIntegersOfAllWidths() throws Throwable {
    for (String type : List.of("I", "Ljava/lang/Integer;", "S", "B", "J")) {
      String name = "of" + type.hashCode();
      WovenMethod narrow = cached(name, "(" + type + ")Ljava/lang/Object;", KeyPart.of(0));
      Object one =
          switch (type) {
            case "J" -> 1L;
            case "S" -> (short) 1;
            case "B" -> (byte) 1;
            default -> 1;
          };
      Object first = narrow.call(one);
      LarderLink.loaded(null, enter("(J)V", List.of(keyOf(name, KeyPart.of(0))), 2L));
      assertThat(narrow.call(one)).as(type).isEqualTo(first);
      LarderLink.loaded(null, enter("(J)V", List.of(keyOf(name, KeyPart.of(0))), 1L));
      assertThat(narrow.call(one)).as(type).isNotEqualTo(first);
    }
  }

  @Test
  void keyThatNoMethodCouldHave_forgetsAllOfTheCache(LoggedLines lines) throws Throwable {
    find.call(1L);
    for (int i = 0; i < 2; i++) {
      LarderLink.loaded(
          null, enter("(Ljava/lang/String;)V", List.of(keyOf("prices", KeyPart.of(0))), "one"));
    }
    assertThat(find.call(1L)).isEqualTo("run 2");
    LarderLink.loaded(
        null, enter("(JJ)V", List.of(keyOf("prices", KeyPart.of(0), KeyPart.of(1))), 1L, 1L));
    assertThat(find.call(1L)).isEqualTo("run 3");
    assertThat(lines.takeInfos())
        .hasSize(3)
        .allMatch(
            line ->
                line.endsWith(
                    "forgets all of cache \"prices\", not one result: no method that is cached"
                        + " there has a key of such values"));
  }

  /** A key of another type, or of an integer where the type leaves the width open. */
  @Test
  void keyWhoseTypeCannotMatch_forgetsAllOfTheCache(LoggedLines lines) throws Throwable {
    Object[][] cases = {
      {"Ljava/lang/Integer;", 7, "Ljava/lang/String;", "7"},
      {"Ljava/util/UUID;", new UUID(1, 2), "Ljava/lang/String;", "x"},
      {"Ljava/lang/Double;", 1.0, "F", 1f},
      {"Ljava/lang/Object;", 7L, "I", 7},
      {"Ljava/lang/Number;", 7L, "I", 7},
      {"Ljava/lang/String;", "7", "J", 7L},
    };
    for (Object[] each : cases) {
      String name = "of" + List.of(each).hashCode();
      WovenMethod method = cached(name, "(" + each[0] + ")Ljava/lang/Object;", KeyPart.of(0));
      Object first = method.call(each[1]);
      LarderLink.loaded(
          null, enter("(" + each[2] + ")V", List.of(keyOf(name, KeyPart.of(0))), each[3]));
      assertThat(method.call(each[1])).as("%s", List.of(each)).isNotEqualTo(first);
    }
    assertThat(lines.takeInfos()).hasSize(cases.length);
  }

  @Test
  void keyOfASubtypeOrNull_forgetsNothingElse() throws Throwable {
    WovenMethod method =
        cached("texts", "(Ljava/lang/CharSequence;)Ljava/lang/Object;", KeyPart.of(0));
    Object first = method.call("a");
    for (Object other : new @Nullable Object[] {"b", null}) {
      LarderLink.loaded(
          null, enter("(Ljava/lang/String;)V", List.of(keyOf("texts", KeyPart.of(0))), other));
    }
    assertThat(method.call("a")).isEqualTo(first);
    Object ofNull = method.call((Object) null);
    LarderLink.loaded(
        null, enter("(Ljava/lang/Long;)V", List.of(keyOf("texts", KeyPart.of(0))), (Object) null));
    assertThat(method.call((Object) null)).isNotEqualTo(ofNull);
  }

  /** As for classes too old for call sites. */
  @Test
  void dispatch_worksAsACallSite() throws Throwable {
    find.call(1L);
    InvalidationSpec spec =
        new InvalidationSpec(
            "save", "(J)V", /* isStatic= */ false, List.of(keyOf("prices", KeyPart.of(0))));
    LarderLink.loaded(null, linker.dispatch(OWNER, spec.encode(), this, new Object[] {1L}));
    assertThat(find.call(1L)).isEqualTo("run 2");
  }
}
