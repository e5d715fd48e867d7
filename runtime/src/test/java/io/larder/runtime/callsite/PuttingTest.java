package io.larder.runtime.callsite;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.bootstrap.LarderLink;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.InvalidationListener;
import io.larder.runtime.coordinator.SlowTiers;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.PutSpec;
import io.larder.runtime.time.FakeClock;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PuttingTest {

  private static final Class<?> OWNER = PuttingTest.class;
  private static final List<KeyPart> FIRST = List.of(KeyPart.of(0));

  private final CacheRegistry registry = new CacheRegistry(new FakeClock(), new ReferenceQueue<>());
  private final Set<String> woven = new HashSet<>();
  private final CallSiteLinker linker =
      new CallSiteLinker(registry, new KeyClassFixtures(), name -> woven);
  private final AtomicInteger runs = new AtomicInteger();
  private final List<String> told = new ArrayList<>();

  private static MethodSpec spec(
      String name, String descriptor, InstanceRule instances, List<String> tags) {
    return new MethodSpec(
        name,
        descriptor,
        /* isStatic= */ false,
        "prices",
        FIRST,
        instances,
        List.of(),
        tags,
        PolicySettings.NONE);
  }

  private WovenMethod cached(MethodSpec spec) {
    return new WovenMethod(linker, spec, OWNER, runs);
  }

  private WovenMethod find() {
    return cached(spec("find", "(J)Ljava/lang/Object;", InstanceRule.SEPARATE, List.of()));
  }

  /** A call of a method that puts, which is given the key and returns the result. */
  private void put(PutSpec put, @Nullable Object result, Object instance, Object key)
      throws Throwable {
    put(put, List.of(), result, instance, key);
  }

  private void put(
      PutSpec put, List<MethodSpec> siblings, @Nullable Object result, Object instance, Object key)
      throws Throwable {
    InvalidationSpec spec =
        new InvalidationSpec(
            "save",
            "(Ljava/lang/Object;)Ljava/lang/Object;",
            /* isStatic= */ false,
            List.of(),
            List.of(put),
            siblings);
    MethodHandle entry =
        linker
            .link(
                MethodHandles.lookup(),
                CallSiteLinker.INVALIDATION,
                MethodType.genericMethodType(2),
                spec.encode())
            .dynamicInvoker();
    LarderLink.loaded(result, entry.invokeWithArguments(instance, key));
  }

  private static PutSpec by(List<KeyPart> key) {
    return new PutSpec("prices", key, /* resultOf= */ "", List.of());
  }

  @Test
  void put_onTheInstanceOfTheCall_isItsResult() throws Throwable {
    WovenMethod find = find();
    find.call(this, 1L);
    put(by(FIRST), "put", this, 1);
    assertThat(find.call(this, 1L)).isEqualTo("put");
    PuttingTest other = new PuttingTest();
    put(by(FIRST), "of the other", other, 1);
    assertThat(find.call(other, 1L)).isEqualTo("of the other");
    assertThat(find.call(this, 1L)).as("forgotten as the second instance came").isEqualTo("run 2");
  }

  @Test
  void put_beforeTheFirstCallOfAMethodOfItsClass_isItsResult() throws Throwable {
    MethodSpec find = spec("find", "(J)Ljava/lang/Object;", InstanceRule.SEPARATE, List.of());
    put(by(FIRST), List.of(find), "put", this, 1L);
    assertThat(cached(find).call(this, 1L)).isEqualTo("put");
  }

  @Test
  void put_keyOfTheResult_isReadWhenThereIsOne() throws Throwable {
    WovenMethod find =
        cached(spec("find", "(I)Ljava/lang/Object;", InstanceRule.INTERCHANGEABLE, List.of()));
    find.call(this, 3);
    put(by(List.of(new KeyPart(KeyPart.RESULT, List.of("length")))), "put", this, "unused");
    assertThat(find.call(this, 3)).isEqualTo("put");
  }

  @Test
  void put_equalInstances_shareIt() throws Throwable {
    WovenMethod find = cached(spec("find", "(J)Ljava/lang/Object;", InstanceRule.EQUAL, List.of()));
    find.call(this, 1L);
    put(by(FIRST), "put", this, 1L);
    assertThat(find.call(this, 1L)).isEqualTo("put");
  }

  @Test
  void put_onAnotherInstance_forgetsAndSaysSo(LoggedLines lines) throws Throwable {
    WovenMethod find = find();
    find.call(this, 1L);
    put(by(FIRST), "put", "another", 1L);
    assertThat(find.call(this, 1L)).isEqualTo("run 2");
    assertThat(lines.takeInfos())
        .singleElement()
        .asString()
        .contains(
            "PuttingTest#save(Object) does not store its result in cache \"prices\", and forgets"
                + " what is there for its key: it cannot be told of which instance");
  }

  /** One of them was never called; the agent knows it all the same. */
  @Test
  void put_severalMethodsFit_forgetsUnlessOneIsNamed(LoggedLines lines) throws Throwable {
    WovenMethod find = find();
    find.call(this, 1L);
    woven.add(OWNER.getName() + ".discount(J)Ljava/lang/Object;");
    put(by(FIRST), "put", this, 1L);
    assertThat(find.call(this, 1L)).isEqualTo("run 2");
    assertThat(lines.takeInfos())
        .singleElement()
        .asString()
        .endsWith(
            "of several methods it may be the result; name one with resultOf: "
                + OWNER.getName()
                + ".discount, "
                + OWNER.getName()
                + ".find");
    put(new PutSpec("prices", FIRST, "find", List.of()), "put", this, 1L);
    assertThat(find.call(this, 1L)).isEqualTo("put");
  }

  @Test
  void put_tagsThatTheKeyTells_goWithIt() throws Throwable {
    WovenMethod find =
        cached(
            spec(
                "find",
                "(J)Ljava/lang/Object;",
                InstanceRule.INTERCHANGEABLE,
                List.of("product:{0}", "text:{result}")));
    for (String tag : List.of("product:1", "text:put")) {
      find.call(this, 1L);
      put(by(FIRST), "put", this, 1L);
      assertThat(find.call(this, 1L)).isEqualTo("put");
      assertThat(registry.invalidateTag(registry.caches(), tag)).isTrue();
      assertThat(find.call(this, 1L)).isNotEqualTo("put");
    }
  }

  /** The tag is of an argument that is no part of the key. */
  @Test
  void put_tagsThatTheKeyDoesNotTell_forgets(LoggedLines lines) throws Throwable {
    WovenMethod find =
        cached(
            spec(
                "find",
                "(JLjava/lang/String;)Ljava/lang/Object;",
                InstanceRule.INTERCHANGEABLE,
                List.of("user:{1}")));
    find.call(this, 1L, "Ada");
    put(by(FIRST), "put", this, 1L);
    assertThat(find.call(this, 1L, "Ada")).isEqualTo("run 2");
    assertThat(lines.takeInfos()).hasSize(1);
  }

  @Test
  void put_unless_forgets() throws Throwable {
    WovenMethod find = find();
    find.call(this, 1L);
    put(new PutSpec("prices", FIRST, "", List.of("result == ''")), "", this, 1L);
    assertThat(find.call(this, 1L)).isEqualTo("run 2");
  }

  @Test
  void put_cacheThatIsNotThere_doesNothing() throws Throwable {
    put(by(FIRST), "put", this, 1L);
    assertThat(registry.caches()).isEmpty();
  }

  /** What is asked for is told; what another JVM asked for is not. */
  @Test
  void listener_isToldOfWhatTheApplicationAsks() throws Throwable {
    registry.setInvalidationListener(new Told());
    WovenMethod find =
        cached(
            spec("find", "(J)Ljava/lang/Object;", InstanceRule.INTERCHANGEABLE, List.of("a{0}")));
    find.call(this, 1L);
    var cache = registry.caches().get(0);
    cache.applyRemoteInvalidation(1L);
    cache.applyRemoteInvalidationOfAll();
    cache.applyRemoteTagInvalidation("a1");
    assertThat(told).isEmpty();
    put(by(FIRST), "put", this, 1);
    cache.invalidate(1L);
    cache.invalidate("other");
    cache.invalidateAll();
    cache.invalidateTag("a1");
    registry.invalidateTag(registry.caches(), "a1");
    assertThat(told)
        .containsExactly(
            "put prices find [1] put",
            "key prices [1]",
            "key prices [other]",
            "all prices",
            "tag prices a1",
            "tag  a1");
  }

  private final class Told implements InvalidationListener {

    @Override
    public void invalidatedKey(String cacheName, @Nullable Object... arguments) {
      told.add("key " + cacheName + " " + Arrays.toString(arguments));
    }

    @Override
    public void invalidatedAll(String cacheName) {
      told.add("all " + cacheName);
    }

    @Override
    public void invalidatedEverything() {
      told.add("everything");
    }

    @Override
    public void invalidatedTag(String cacheName, String tag) {
      told.add("tag " + cacheName + " " + tag);
    }

    @Override
    public void put(
        String cacheName,
        CachedCall call,
        Object key,
        Entry entry,
        @Nullable SlowTiers tiers,
        SlowTiers.Stamp stamp,
        @Nullable Object... arguments) {
      told.add(
          "put "
              + cacheName
              + " "
              + call.name()
              + " "
              + Arrays.toString(arguments)
              + " "
              + entry.value);
    }
  }
}
