package io.larder.runtime.callsite;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.memory.Front;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicyFixtures;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.time.FakeClock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallSiteLinkerTest {

  private static final ClassLoader APP = CallSiteLinkerTest.class.getClassLoader();

  private final CacheRegistry registry = new CacheRegistry(new FakeClock(), new ReferenceQueue<>());
  private final KeyClassFixtures keyClasses = new KeyClassFixtures();
  private final CallSiteLinker linker = new CallSiteLinker(registry, keyClasses, name -> Set.of());
  private final AtomicInteger runs = new AtomicInteger();

  private static MethodSpec spec(
      String descriptor, @Nullable InstanceRule rule, Integer... keyParameters) {
    return new MethodSpec(
        "find",
        descriptor,
        rule == null,
        "prices",
        PolicyFixtures.key(keyParameters),
        rule == null ? InstanceRule.SEPARATE : rule,
        List.of(),
        PolicySettings.NONE);
  }

  private Cache cache() {
    return registry.getOrCreate(APP, "prices", PolicySettings.NONE);
  }

  private WovenMethod woven(MethodSpec spec) {
    return woven(spec, CallSiteLinkerTest.class);
  }

  private WovenMethod woven(MethodSpec spec, Class<?> owner) {
    return new WovenMethod(linker, spec, owner, runs);
  }

  @Test
  void static_oneTrustedArgument_isItsOwnKey() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", null, 0));
    assertThat(woven.call(1L)).isEqualTo("run 1");
    assertThat(woven.call(1L)).isEqualTo("run 1");
    assertThat(woven.call(2L)).isEqualTo("run 2");
    assertThat(keyClasses.shapes).isEmpty();
    assertThat(cache().memory().get(1L)).isNotNull();
    assertThat(cache().counters().calls.hits()).isEqualTo(1);
  }

  @Test
  void call_again_isRepeatedByTheFront() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", null, 0));
    assertThat(woven.call(1L)).isEqualTo("run 1");
    Front front = cache().memory().fronts().get(0);
    assertThat(front.get(1L)).isNull();
    assertThat(woven.call(1L)).isEqualTo("run 1");
    assertThat(front.get(1L)).isNotNull();
    assertThat(woven.call(1L)).isEqualTo("run 1");
    assertThat(cache().counters().calls.hits()).isEqualTo(2);
    assertThat(cache().counters().calls.misses()).isEqualTo(1);
    cache().invalidate(1L);
    assertThat(woven.call(1L)).isEqualTo("run 2");
  }

  @Test
  void call_moreEntriesThanTheFrontIsGoodFor_hitsWithoutIt() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", null, 0));
    for (long key = 0; key < 2_048; key++) {
      woven.call(key);
    }
    assertThat(cache().memory().isSmall()).isTrue();
    Front front = cache().memory().fronts().get(0);
    woven.call(2_048L);
    assertThat(cache().memory().isSmall()).isFalse();
    assertThat(woven.call(5L)).isEqualTo("run 6");
    assertThat(woven.call(5L)).isEqualTo("run 6");
    assertThat(front.get(5L)).as("not asked, not noted").isNull();
    assertThat(cache().memory().fronts()).isEmpty();
    assertThat(cache().counters().calls.hits()).isEqualTo(2);
    cache().setPolicy(CachePolicy.DEFAULT.withTtl(null)); // another tier, as large
    assertThat(cache().memory().isSmall()).isFalse();
    assertThat(woven.call(5L)).isEqualTo("run 6");
  }

  @Test
  void static_nullArgument_isAKeyLikeAnyOther() throws Exception {
    WovenMethod woven = woven(spec("(Ljava/lang/String;)Ljava/lang/Object;", null, 0));
    assertThat(woven.call((Object) null)).isEqualTo("run 1");
    assertThat(woven.call((Object) null)).isEqualTo("run 1");
    assertThat(woven.call("a")).isEqualTo("run 2");
  }

  @Test
  void static_severalArguments_makeAKeyOfThoseThatCount() throws Exception {
    WovenMethod woven = woven(spec("(JLjava/lang/String;I)Ljava/lang/Object;", null, 2, 1));
    assertThat(woven.call(1L, "a", 5)).isEqualTo("run 1");
    assertThat(woven.call(99L, "a", 5)).isEqualTo("run 1");
    assertThat(woven.call(1L, "a", 6)).isEqualTo("run 2");
    assertThat(woven.call(1L, null, 5)).isEqualTo("run 3");
    assertThat(keyClasses.shapes)
        .containsExactly(
            new KeyShape(
                List.of(
                    new KeyShape.Part(int.class, /* trusted= */ true),
                    new KeyShape.Part(String.class, /* trusted= */ true)),
                /* ofInstance= */ false));
  }

  @ParameterizedTest
  @CsvSource({
    "Z, boolean, true",
    "C, char, true",
    "D, double, true",
    "Ljava/lang/String;, java.lang.String, true",
    "Ljava/util/UUID;, java.lang.Object, true",
    "Ljava/lang/Long;, java.lang.Object, true",
    "Ljava/lang/Object;, java.lang.Object, false",
    "Ljava/math/BigDecimal;, java.lang.Object, false",
    "Ljava/util/List;, java.lang.Object, false",
    "[I, java.lang.Object, false",
    "[Ljava/lang/String;, java.lang.Object, false",
  })
  void shape_ofAParameter(String descriptor, String carrier, boolean trusted) {
    KeyPlan.of(
        spec("(" + descriptor + "I)Ljava/lang/Object;", null, 0, 1),
        /* perInstance= */ false,
        /* mayBeRaw= */ true,
        keyClasses,
        Arrays.asList(null, null));
    KeyShape.Part part = keyClasses.shapes.get(0).parts().get(0);
    assertThat(part.carrier().getName()).isEqualTo(carrier);
    assertThat(part.trusted()).isEqualTo(trusted);
  }

  @Test
  void static_noArguments_hasOneEntry() throws Exception {
    WovenMethod woven = woven(spec("()Ljava/lang/Object;", null));
    assertThat(woven.call()).isEqualTo("run 1");
    assertThat(woven.call()).isEqualTo("run 1");
    cache().invalidate();
    assertThat(woven.call()).isEqualTo("run 2");
  }

  @Test
  void static_array_countsByContent() throws Exception {
    WovenMethod woven = woven(spec("([I)Ljava/lang/Object;", null, 0));
    int[] argument = {1, 2};
    assertThat(woven.call((Object) argument)).isEqualTo("run 1");
    argument[0] = 9;
    assertThat(woven.call((Object) argument)).isEqualTo("run 2");
    assertThat(woven.call((Object) new int[] {1, 2})).isEqualTo("run 1");
  }

  @Test
  void twoMethods_inOneCache_neverShareEntries() throws Exception {
    WovenMethod first = woven(spec("(J)Ljava/lang/Object;", null, 0));
    MethodSpec other = spec("(J)Ljava/lang/Object;", null, 0);
    WovenMethod second =
        woven(
            new MethodSpec(
                "get",
                other.descriptor(),
                true,
                "prices",
                PolicyFixtures.key(0),
                InstanceRule.SEPARATE,
                List.of(),
                PolicySettings.NONE));
    WovenMethod third = woven(other, WovenMethod.class);
    for (int i = 0; i < 3; i++) { // a miss, a hit, a hit in the front
      assertThat(first.call(1L)).isEqualTo("run 1");
      assertThat(second.call(1L)).isEqualTo("run 2");
      assertThat(third.call(1L)).isEqualTo("run 3");
    }
    assertThat(cache().calls()).hasSize(3);
    assertThat(cache().memory().fronts()).hasSize(3);
    assertThat(cache().invalidate(1L)).isEqualTo(3);
  }

  @Test
  void separate_soleInstance_paysForNoInstance() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.SEPARATE, 0));
    Object sole = new Object();
    assertThat(woven.call(sole, 1L)).isEqualTo("run 1");
    assertThat(woven.call(sole, 1L)).isEqualTo("run 1");
    assertThat(cache().memory().get(1L)).isNotNull();
    assertThat(keyClasses.shapes).isEmpty();
  }

  @Test
  void separate_secondInstance_seesNothingOfTheFirst() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.SEPARATE, 0));
    Object one = "equal";
    Object other = new String("equal");
    assertThat(woven.call(one, 1L)).isEqualTo("run 1");
    assertThat(woven.call(other, 1L)).isEqualTo("run 2");
    assertThat(woven.call(other, 1L)).isEqualTo("run 2");
    assertThat(woven.call(one, 1L)).isEqualTo("run 3"); // what there was had no owner
    assertThat(woven.call(one, 1L)).isEqualTo("run 3");
    assertThat(cache().memory().get(1L)).isNull();
    assertThat(keyClasses.shapes)
        .containsExactly(
            new KeyShape(List.of(new KeyShape.Part(long.class, /* trusted= */ true)), true));
    assertThat(cache().invalidate(1L)).isEqualTo(2);
    assertThat(woven.call(other, 1L)).isEqualTo("run 4");
  }

  @Test
  void separate_secondInstance_leavesOtherMethodsEntriesAlone() throws Exception {
    WovenMethod other = woven(spec("(IJ)Ljava/lang/Object;", null, 0, 1));
    assertThat(other.call(1, 1L)).isEqualTo("run 1");
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.SEPARATE, 0));
    woven.call("one", 1L);
    woven.call("two", 1L);
    assertThat(other.call(1, 1L)).isEqualTo("run 1");
  }

  @Test
  void separate_noArguments_hasOneEntryForEachInstance() throws Exception {
    WovenMethod woven = woven(spec("()Ljava/lang/Object;", InstanceRule.SEPARATE));
    assertThat(woven.call("one")).isEqualTo("run 1");
    assertThat(woven.call("one")).isEqualTo("run 1");
    assertThat(woven.call("two")).isEqualTo("run 2");
    assertThat(woven.call("one")).isEqualTo("run 3");
    assertThat(woven.call("two")).isEqualTo("run 2");
  }

  @Test
  void interchangeable_instancesShare() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.INTERCHANGEABLE, 0));
    assertThat(woven.call("one", 1L)).isEqualTo("run 1");
    assertThat(woven.call("two", 1L)).isEqualTo("run 1");
    assertThat(cache().invalidate(1L)).isEqualTo(1);
  }

  @Test
  void equal_instancesThatAreEqualShare() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.EQUAL, 0));
    assertThat(woven.call(List.of("a"), 1L)).isEqualTo("run 1");
    assertThat(woven.call(List.of("a"), 1L)).isEqualTo("run 1");
    assertThat(woven.call(List.of("b"), 1L)).isEqualTo("run 2");
    assertThat(keyClasses.shapes.get(0).isTrusted()).isFalse();
  }

  @Test
  void equal_invalidateWithTheInstanceInFront_reachesThatOne() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.EQUAL, 0));
    woven.call(List.of("a"), 1L);
    woven.call(List.of("b"), 1L);
    assertThat(cache().invalidate(List.of("a"), 1L)).isEqualTo(1);
    assertThat(woven.call(List.of("b"), 1L)).isEqualTo("run 2");
    assertThat(woven.call(List.of("a"), 1L)).isEqualTo("run 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ljava/lang/String;", "J", "[I"})
  void entryOfAnotherType_isNeverAHit_andIsReplaced(String returned) throws Exception {
    WovenMethod woven = woven(spec("(J)" + returned, null, 0));
    cache().memory().put(1L, new Entry(new AtomicInteger(), 0, 0, 0));
    Object right = returned.equals("J") ? 5L : returned.equals("[I") ? new int[0] : "right";
    assertThat(woven.callFor(right, 1L)).isSameAs(right);
    Object never = new Object();
    assertThat(woven.callFor(never, 1L)).isEqualTo(right);
    cache().memory().put(1L, new Entry(null, 0, 0, 0));
    assertThat(woven.callFor(right, 1L)).isEqualTo(returned.equals("J") ? right : null);
  }

  @Test
  void setEnabled_relinksBothWays() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", InstanceRule.SEPARATE, 0));
    assertThat(woven.call("one", 1L)).isEqualTo("run 1");
    cache().setEnabled(false);
    assertThat(woven.call("one", 1L)).isEqualTo("run 2");
    assertThat(woven.call("one", 1L)).isEqualTo("run 3");
    assertThat(woven.call("two", 1L)).isEqualTo("run 4");
    assertThat(cache().counters().calls.misses()).isEqualTo(1);
    cache().setEnabled(true);
    assertThat(woven.call("one", 1L)).isEqualTo("run 5");
    assertThat(woven.call("one", 1L)).isEqualTo("run 5");
  }

  @Test
  void setPolicy_anotherKindOfTier_isUsedAtOnce() throws Exception {
    WovenMethod woven = woven(spec("(J)Ljava/lang/Object;", null, 0));
    assertThat(woven.call(1L)).isEqualTo("run 1");
    Cache cache = cache();
    cache.setPolicy(CachePolicy.DEFAULT.withTtl(null));
    woven.call(2L);
    assertThat(cache.memory().get(2L)).isNotNull();
    assertThat(woven.call(2L)).isEqualTo("run 2");
    cache.setPolicy(CachePolicy.DEFAULT);
  }

  @Test
  void link_sameMethodTwice_sharesItsEntries() throws Exception {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    WovenMethod first = woven(spec);
    WovenMethod second = woven(spec);
    assertThat(first.call(1L)).isEqualTo("run 1");
    assertThat(second.call(1L)).isEqualTo("run 1");
    assertThat(cache().calls())
        .singleElement()
        .extracting(call -> call.signature())
        .isEqualTo(CallSiteLinkerTest.class.getName() + "#find(long)");
    cache().setEnabled(false);
    assertThat(first.call(1L)).isEqualTo("run 2");
    assertThat(second.call(1L)).isEqualTo("run 3");
  }

  @Test
  void link_otherType_isRefused() {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                linker.link(
                    MethodHandles.lookup(),
                    "larder",
                    MethodType.methodType(Object.class),
                    spec.encode()))
        .withMessage(
            "the call site of io.larder.runtime.callsite.CallSiteLinkerTest#find(long) is"
                + " ()Object, not (long)Object");
  }

  @Test
  void dispatch_worksAsACallSite() throws Throwable {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", InstanceRule.SEPARATE, 0);
    Class<?> owner = CallSiteLinkerTest.class;
    Object ticket = linker.dispatch(owner, spec.encode(), "one", new Object[] {1L});
    LarderLink.loaded("mine", ticket);
    Object hit = linker.dispatch(owner, spec.encode(), "one", new Object[] {1L});
    assertThat(hit).isInstanceOf(LarderHit.class);
    assertThat(linker.dispatch(owner, spec.encode(), "two", new Object[] {1L}))
        .isNotInstanceOf(LarderHit.class);
    cache().setEnabled(false);
    assertThat(linker.dispatch(owner, spec.encode(), "one", new Object[] {1L})).isNull();
  }

  private static MethodSpec configured(String descriptor, List<KeyPart> key, String... unless) {
    return new MethodSpec(
        "find",
        descriptor,
        true,
        "prices",
        key,
        InstanceRule.SEPARATE,
        List.of(unless),
        PolicySettings.NONE);
  }

  @Test
  void propertyAsKey_objectsWithTheSameAreOneKey() {
    WovenMethod woven =
        woven(
            configured(
                "(Ljava/util/Map;J)Ljava/lang/Object;",
                List.of(new KeyPart(0, List.of("name")), KeyPart.of(1))));
    assertThat(woven.call(Map.of("name", "ada", "age", 36), 1L)).isEqualTo("run 1");
    assertThat(woven.call(Map.of("name", "ada", "age", 37), 1L)).isEqualTo("run 1");
    assertThat(woven.call(Map.of("name", "bob", "age", 36), 1L)).isEqualTo("run 2");
    assertThat(woven.call(Map.of(), 1L)).as("the property is null").isEqualTo("run 3");
    assertThat(woven.call((Object) null, 1L)).as("the argument is null").isEqualTo("run 3");
  }

  @Test
  void propertyThatIsNotThere_entryCannotBeLinked() {
    MethodSpec spec =
        configured(
            "(Ljava/lang/String;)Ljava/lang/Object;", List.of(new KeyPart(0, List.of("number"))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> woven(spec))
        .withMessageStartingWith("java.lang.String has no property \"number\"; it has: ");
  }

  @Test
  void unless_holds_resultIsNotStored() {
    WovenMethod woven =
        woven(configured("(J)Ljava/lang/Object;", PolicyFixtures.key(0), "result.empty"));
    assertThat(woven.callFor("", 1L)).isEqualTo("");
    assertThat(woven.callFor("first", 1L)).isEqualTo("first");
    assertThat(woven.callFor("second", 1L)).isEqualTo("first");
    assertThat(cache().statistics()).containsEntry("puts", 1L).containsEntry("entries", 1L);
  }

  private void keepOnly(MethodSpec... woven) {
    linker.keepOnly(
        CallSiteLinkerTest.class, Arrays.stream(woven).map(MethodSpec::encode).collect(toSet()));
  }

  @Test
  void keepOnly_unwoven_storesNothingMoreAndForgets() throws Exception {
    WovenMethod gone = woven(spec("(J)Ljava/lang/Object;", null, 0));
    MethodSpec stays = spec("(IJ)Ljava/lang/Object;", null, 0, 1);
    WovenMethod other = woven(stays);
    assertThat(gone.call(1L)).isEqualTo("run 1");
    assertThat(other.call(1, 1L)).isEqualTo("run 2");
    keepOnly(stays);
    assertThat(cache().memory().statistics().entries()).isEqualTo(1);
    assertThat(gone.call(1L)).as("who is still in the woven body").isEqualTo("run 3");
    assertThat(gone.call(1L)).isEqualTo("run 4");
    assertThat(other.call(1, 1L)).isEqualTo("run 2");
    cache().setEnabled(false); // links anew, as a change of policy may
    cache().setEnabled(true);
    gone.call(1L);
    assertThat(cache().memory().statistics().entries()).isZero();
  }

  @Test
  void keepOnly_whileLoading_theResultIsNotStored() throws Exception {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    WovenMethod woven = woven(spec);
    Object loading = woven.enter(1L);
    keepOnly();
    WovenMethod.finish(loading, "outdated");
    assertThat(woven(spec).call(1L)).isEqualTo("run 1");
  }

  @Test
  void keepOnly_wovenAgain_cachesAgain() throws Exception {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    WovenMethod before = woven(spec);
    assertThat(before.call(1L)).isEqualTo("run 1");
    keepOnly();
    WovenMethod after = woven(spec);
    assertThat(after.call(1L)).as("linked by who was called before").isEqualTo("run 2");
    assertThat(after.call(1L)).isEqualTo("run 3");
    keepOnly(spec);
    assertThat(after.call(1L)).isEqualTo("run 4");
    assertThat(after.call(1L)).isEqualTo("run 4");
    assertThat(before.call(1L)).isEqualTo("run 4");
    assertThat(cache().calls()).hasSize(1);
  }

  /** The first call of a method links it, which takes long enough for that. */
  @Test
  void keepOnly_whileTheFirstCallLinks_runsUncached() throws Exception {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    keepOnly();
    WovenMethod late = woven(spec);
    assertThat(late.call(1L)).isEqualTo("run 1");
    assertThat(late.call(1L)).isEqualTo("run 2");
    assertThat(cache().calls()).isEmpty();
    keepOnly(spec);
    assertThat(late.call(1L)).isEqualTo("run 3");
    assertThat(late.call(1L)).isEqualTo("run 3");
  }

  /** Unwoven while it is on its way to its load, which begins thereafter. */
  @Test
  void keepOnly_wovenAgain_forgetsWhatALateCallStored() throws Exception {
    MethodSpec spec = spec("(Ljava/lang/Object;)Ljava/lang/Object;", null, 0);
    WovenMethod woven = woven(spec);
    class Late {
      private int hashed;

      @Override
      public int hashCode() {
        if (++hashed == 2) { // the first looks for a hit
          keepOnly();
        }
        return 1;
      }

      @Override
      @SuppressWarnings("UnusedMethod")
      public boolean equals(@Nullable Object other) {
        return other instanceof Late;
      }
    }
    assertThat(woven.call(new Late())).isEqualTo("run 1");
    assertThat(cache().memory().statistics().entries()).as("stored meanwhile").isEqualTo(1);
    keepOnly(spec);
    assertThat(woven.call(new Late())).isEqualTo("run 2");
  }

  @Test
  void holdNewMethods_cachesThemOnceAllAreWoven() throws Exception {
    MethodSpec known = spec("(J)Ljava/lang/Object;", null, 0);
    WovenMethod before = woven(known);
    assertThat(before.call(1L)).isEqualTo("run 1");
    linker.holdNewMethods();
    linker.holdNewMethods();
    assertThat(before.call(1L)).isEqualTo("run 1");
    MethodSpec spec = spec("(IJ)Ljava/lang/Object;", null, 0, 1);
    WovenMethod waits = woven(spec);
    keepOnly(known, spec);
    assertThat(waits.call(1, 1L)).isEqualTo("run 2");
    assertThat(waits.call(1, 1L)).isEqualTo("run 3");
    linker.releaseNewMethods();
    assertThat(waits.call(1, 1L)).isEqualTo("run 4");
    linker.releaseNewMethods();
    assertThat(waits.call(1, 1L)).isEqualTo("run 5");
    assertThat(waits.call(1, 1L)).isEqualTo("run 5");
  }

  @Test
  void holdNewMethods_unwovenMeanwhile_runsUncached() throws Exception {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    linker.holdNewMethods();
    WovenMethod waits = woven(spec);
    keepOnly();
    linker.releaseNewMethods();
    assertThat(waits.call(1L)).isEqualTo("run 1");
    assertThat(waits.call(1L)).isEqualTo("run 2");
  }

  /** A class too old for call sites links nothing when it is woven again. */
  @Test
  void dispatch_wovenAgain_cachesAgain() throws Throwable {
    MethodSpec spec = spec("(J)Ljava/lang/Object;", null, 0);
    Class<?> owner = CallSiteLinkerTest.class;
    assertThat(linker.dispatch(owner, spec.encode(), null, new Object[] {1L})).isNotNull();
    keepOnly();
    assertThat(linker.dispatch(owner, spec.encode(), null, new Object[] {1L})).isNull();
    keepOnly(spec);
    Object ticket = linker.dispatch(owner, spec.encode(), null, new Object[] {1L});
    LarderLink.loaded("mine", ticket);
    assertThat(linker.dispatch(owner, spec.encode(), null, new Object[] {1L}))
        .isInstanceOf(LarderHit.class);
  }

  private static final class Broken {
    @Override
    public int hashCode() {
      throw new IllegalStateException("secret");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other == this;
    }
  }

  @Test
  void hashCodeThrows_entryThrows_andTheNextCallIsCached(LoggedLines lines) throws Exception {
    MethodSpec spec = spec("(Ljava/lang/Object;)Ljava/lang/Object;", null, 0);
    WovenMethod woven = woven(spec);
    assertThatThrownBy(() -> woven.call(new Broken()))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(woven.call("a")).isEqualTo("run 1");
    assertThat(woven.call("a")).isEqualTo("run 1");
    linker.problem(CallSiteLinkerTest.class, spec.encode(), new IllegalStateException("secret"));
    linker.problem(CallSiteLinkerTest.class, spec.encode(), new IllegalStateException("secret"));
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .startsWith("WARN Cache \"prices\": a call ran uncached because of")
        .doesNotContain("secret");
    assertThat(cache().counters().problems.sum()).isEqualTo(2);
  }

  /** A {@code hashCode} that calls the method it is hashed for would never end. */
  @Test
  void hashCodeCallsTheMethod_innerCallRunsUncached(LoggedLines lines) throws Exception {
    WovenMethod woven = woven(spec("(Ljava/lang/Object;)Ljava/lang/Object;", null, 0));
    class Recursive {
      @Override
      public int hashCode() {
        try {
          woven.call(this);
        } catch (Exception failure) {
          throw new AssertionError(failure);
        }
        return 1;
      }

      @Override
      public boolean equals(@Nullable Object other) {
        return other instanceof Recursive;
      }
    }
    Object first = woven.call(new Recursive());
    int runsOfFirst = runs.get();
    assertThat(first).isEqualTo("run " + runsOfFirst);
    assertThat(woven.call(new Recursive())).isEqualTo(first);
    assertThat(runs).hasValue(runsOfFirst + 1); // the inner call, by the hash of the second key
    assertThat(lines.takeWarnings())
        .singleElement()
        .asString()
        .endsWith(
            "a call ran uncached because it came from the equals or hashCode of a key's argument;"
                + " further ones are counted.");
  }

  @Test
  void problem_beforeItCouldBeLinked_isReportedOnce(LoggedLines lines) {
    String encoded = spec("(J)Ljava/lang/Object;", null, 0).encode();
    for (int i = 0; i < 3; i++) {
      linker.problem(CallSiteLinkerTest.class, encoded, new NoClassDefFoundError("com/acme/Gone"));
    }
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN io.larder.runtime.callsite.CallSiteLinkerTest#find(long) runs"
                + " uncached: its entry could not be linked: java.lang.NoClassDefFoundError:"
                + " com/acme/Gone");
  }
}
