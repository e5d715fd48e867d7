package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.codec.KeyCodec;
import io.larder.runtime.codec.KeyHash;
import io.larder.runtime.codec.NotStorableException;
import io.larder.runtime.codec.TierKey;
import io.larder.runtime.codec.ValueCodec;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.thread.Workers;
import io.larder.runtime.time.FakeClock;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cache with slower tiers behind its memory. */
class SharedCacheTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final CachePolicy POLICY = new CachePolicy(MINUTE, 1_000, 0, MINUTE);

  private final FakeClock clock = new FakeClock();
  private final FakeTiers tiers = new FakeTiers(clock);
  private final CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());
  private final Cache here = cache();
  private final Cache elsewhere = cache();
  private final AtomicInteger loads = new AtomicInteger();
  private final Workers workers = new Workers();

  @AfterEach
  void stop() {
    workers.close();
  }

  private Cache cache() {
    return cache(POLICY, tiers);
  }

  private Cache cache(CachePolicy policy, FakeTiers tiers) {
    Cache cache = new Cache("prices", policy, clock, tiers, new ReferenceQueue<>());
    cache.invalidations().setListener(new PassingOn(tiers, registry));
    return cache;
  }

  private @Nullable Object call(Cache cache, Object key, Callable<?> body) throws Exception {
    return WovenCall.call(
        cache, key, ResultType.of(Object.class), new Shared(), /* tags= */ null, body);
  }

  private @Nullable Object call(Cache cache, Object key) throws Exception {
    return call(cache, key, () -> "load " + loads.incrementAndGet());
  }

  @Test
  void call_loadedByAnotherJvm_isNotLoadedAgain_andIsInMemoryThen() throws Exception {
    assertThat(call(here, "a")).isEqualTo("load 1");
    assertThat(call(elsewhere, "a")).isEqualTo("load 1");
    assertThat(tiers.told).containsExactly("get", "put behind", "get");

    assertThat(call(elsewhere, "a")).isEqualTo("load 1");
    assertThat(tiers.told).hasSize(3);
    assertThat(elsewhere.counters().slowHits()).isEqualTo(1);
    assertThat(elsewhere.counters().hits()).isEqualTo(2);
    assertThat(elsewhere.counters().misses()).isZero();
    assertThat(elsewhere.counters().promotions.sum()).isEqualTo(1);
    assertThat(here.counters().promotions.sum()).isZero();
  }

  @Test
  void call_manyThreadsMissTogether_oneLooksBehind() throws Exception {
    call(elsewhere, "a");
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    tiers.duringGet =
        () -> {
          looking.countDown();
          assertThatCode(() -> Workers.await(goOn)).doesNotThrowAnyException();
        };
    var first = workers.start(() -> call(here, "a"));
    Workers.await(looking);
    var second = workers.start(() -> call(here, "a"));
    var third = workers.start(() -> call(here, "a"));
    for (var waiting : List.of(second, third)) {
      await().until(() -> waiting.thread().getState() == Thread.State.TIMED_WAITING);
    }
    goOn.countDown();

    assertThat(List.of(first.result(), second.result(), third.result())).containsOnly("load 1");
    assertThat(tiers.told).containsExactly("get", "put behind", "get");
    assertThat(here.counters().sharedLookups.sum()).isEqualTo(2);
    assertThat(here.counters().coalesced.sum()).isEqualTo(2);
  }

  @Test
  void savedTime_foundInATier_isWhatTheLoadTookThere() throws Exception {
    call(
        here,
        "a",
        () -> {
          clock.advance(Duration.ofMillis(30));
          return "slow";
        });
    tiers.duringGet = () -> clock.advance(Duration.ofMillis(10));
    call(elsewhere, "a");

    assertThat(elsewhere.counters().savedNanos()).isEqualTo(Duration.ofMillis(20).toNanos());
    call(elsewhere, "a");
    assertThat(elsewhere.counters().savedNanos())
        .as("and in memory the whole load")
        .isEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void call_timeToLive_countsFromTheLoadInTheOtherJvm() throws Exception {
    call(here, "a");
    clock.advance(MINUTE.dividedBy(2));
    call(elsewhere, "a");
    clock.advance(MINUTE.dividedBy(4));
    assertThat(elsewhere.memory().get("a")).isNotNull();
    clock.advance(MINUTE.dividedBy(4));

    assertThat(elsewhere.memory().get("a")).isNull();
  }

  @Test
  void call_foundOfAnotherType_isLoaded() throws Exception {
    call(here, "a");
    Object loaded =
        WovenCall.call(
            elsewhere, "a", ResultType.of(Integer.class), new Shared(), /* tags= */ null, () -> 7);

    assertThat(loaded).isEqualTo(7);
  }

  @Test
  void call_writeThrough_isWrittenByTheCaller() throws Exception {
    here.setPolicy(POLICY.withSharing(POLICY.sharing().withWriteBehind(false)));
    call(here, "a");

    assertThat(tiers.told).containsExactly("get", "put through");
  }

  @Test
  void call_loadOnce_takesTheLeaseAndGivesItBack() throws Exception {
    here.setPolicy(POLICY.withSharing(POLICY.sharing().withLoadOnce(true)));
    call(here, "a");
    assertThatThrownBy(
            () ->
                call(
                    here,
                    "b",
                    () -> {
                      throw new IOException("of the method");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(tiers.told)
        .containsExactly("get", "lease", "leased load", "get", "lease", "released");
  }

  @Test
  void call_memoryOnly_asksNobody() throws Exception {
    CachePolicy memoryOnly = POLICY.withSharing(POLICY.sharing().withTiers(List.of("memory")));
    Cache local = new Cache("prices", memoryOnly, clock, tiers, new ReferenceQueue<>());
    local.invalidations().setListener(new PassingOn(tiers, registry));
    call(local, "a");
    local.invalidate("a");
    local.invalidateAll();

    assertThat(tiers.told).isEmpty();
  }

  @Test
  void forgetUnseen_slowerTiersForgetAll_theMemoryWhatIsMeant() {
    Cache cache = known(FakeTiers.ofOne(clock));
    CachedCall find = new Shared();
    cache.add(find);
    put(cache, find);
    long before = cache.memory().statistics().entries();
    cache.forgetUnseen(key -> false);
    assertThat(cache.memory().statistics().entries()).isEqualTo(before).isPositive();
    assertThat(tiers.told).contains("clear");
    cache.forgetUnseen(key -> true);
    assertThat(cache.memory().statistics().entries()).isZero();
  }

  /** Others may still have what this JVM stored when it shared. */
  @Test
  void invalidate_notSharedAnyMore_isStillToldToOthers() throws Exception {
    call(here, "a");
    here.setPolicy(POLICY.withSharing(POLICY.sharing().withTiers(List.of("memory"))));
    here.invalidate("a");

    assertThat(tiers.told).endsWith("invalidate");
    assertThat(call(elsewhere, "a")).isEqualTo("load 2");
  }

  /** Before the tiers know of it, what they had comes back to memory, which evicted the result. */
  @Test
  void put_evictedAndReadAgainBeforeItArrives_theOlderIsForgotten() throws Exception {
    Cache cache = known(FakeTiers.ofOne(clock));
    CachedCall find = new Shared();
    cache.add(find);
    assertThat(call(cache, "a")).isEqualTo("load 1");
    tiers.duringReplace =
        () -> {
          assertThat(cache.memory().remove("a")).isTrue();
          try {
            assertThat(call(cache, "a")).isEqualTo("load 1");
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
          assertThat(cache.memory().get("a")).isNotNull();
        };
    put(cache, find);

    assertThat(cache.memory().get("a")).isNull();
    assertThat(call(cache, "a")).isEqualTo("put");
    assertThat(loads.get()).isEqualTo(1);
  }

  private static final List<String> WITHOUT_REDIS = List.of("memory", "disk");

  /** A cache that is known by its name, as those of an application are. */
  private Cache known(FakeTiers kept) {
    return known(kept, PolicySettings.NONE);
  }

  private Cache known(FakeTiers kept, PolicySettings declared) {
    tiers.kept = kept;
    registry.setSlowTiers(tiers);
    registry.setInvalidationListener(new PassingOn(tiers, registry));
    return registry.getOrCreate(new ClassLoader() {}, "prices", declared);
  }

  private static void put(Cache cache, CachedCall call) {
    PutUnderWay put = cache.beginPut();
    PutPlace place = new PutPlace(call, "a", ResultType.of(Object.class), /* tags= */ null);
    assertThat(cache.put(put, place, "put", "a")).isTrue();
    cache.endPut(put);
  }

  @Test
  void invalidate_keptInThisJvmOnly_othersAreNotAsked() {
    FakeTiers kept = FakeTiers.ofOne(clock);
    Cache cache = known(kept, OWN);
    CachedCall find = new Shared();
    cache.add(find);
    cache.invalidate("a");
    cache.invalidateTag("red");
    cache.invalidateAll();
    put(cache, find);

    assertThat(kept.told).containsExactly("invalidate", "tag", "clear", "replace");
    assertThat(tiers.told).isEmpty();

    registry.getOrCreate(new ClassLoader() {}, "prices", PolicySettings.NONE);
    cache.invalidate("a");
    assertThat(tiers.told).as("another cache of that name is shared").containsExactly("invalidate");
    assertThat(kept.told).hasSize(4);
  }

  /** Others may still have what this JVM stored when it shared. */
  @Test
  void invalidate_keptInThisJvmOnlyFromNowOn_othersAreToldAllTheSame() {
    FakeTiers kept = FakeTiers.ofOne(clock);
    Cache cache = known(kept);
    CachedCall find = new Shared();
    cache.add(find);
    cache.setPolicy(POLICY.withSharing(POLICY.sharing().withTiers(WITHOUT_REDIS)));
    cache.invalidate("a");
    cache.invalidateTag("red");
    cache.invalidateAll();
    put(cache, find);

    assertThat(tiers.told).containsExactly("invalidate", "tag", "clear", "invalidate");
    assertThat(kept.told).containsExactly("replace");
  }

  private static final PolicySettings OWN =
      PolicySettings.NONE.with(PolicySetting.TIERS, String.join(", ", WITHOUT_REDIS));

  private static CachePolicy with(List<String> names) {
    return POLICY.withSharing(POLICY.sharing().withTiers(names));
  }

  @Test
  void invalidate_inMemoryOnlyFromNowOn_theDiskForgets_andOthersAreNotAsked() {
    FakeTiers kept = FakeTiers.ofOne(clock);
    Cache cache = known(kept, OWN);
    CachedCall find = new Shared();
    cache.add(find);
    cache.setPolicy(with(List.of("memory")));
    cache.invalidate("a");
    cache.invalidateTag("red");
    cache.invalidateAll();
    put(cache, find);

    assertThat(kept.told).containsExactly("invalidate", "tag", "clear", "invalidate");
    assertThat(tiers.told).isEmpty();
  }

  /** A JVM before this one may have shared them, and this one's invalidations stayed here. */
  @Test
  void setPolicy_sharedFromNowOn_whatIsThereFromBeforeIsForgotten_once() throws Exception {
    Cache cache = known(FakeTiers.ofOne(clock), OWN);
    call(elsewhere, "a");
    tiers.told.clear();
    cache.invalidate("a");
    assertThat(tiers.told).isEmpty();

    cache.setPolicy(POLICY);
    assertThat(tiers.told).containsExactly("clear");
    assertThat(call(cache, "a")).isEqualTo("load 2");

    cache.setPolicy(with(WITHOUT_REDIS));
    cache.invalidate("a");
    cache.setPolicy(POLICY);
    assertThat(tiers.told).as("they were told meanwhile").containsOnlyOnce("clear");
    assertThat(call(cache, "a")).isEqualTo("load 3");
  }

  /** The lock of the registry, which all that lists caches takes. */
  @Test
  void invalidated_nothingReachesOthers_noCacheIsAsked() throws Exception {
    FakeTiers kept = FakeTiers.ofOne(clock);
    PassingOn listener = new PassingOn(kept, registry);
    synchronized (registry) {
      assertThat(
              workers
                  .start(
                      () -> {
                        listener.invalidatedKey("prices", "a");
                        listener.invalidatedAll("prices");
                        return kept.told;
                      })
                  .result())
          .containsExactly("invalidate", "clear");
    }
  }

  @Test
  void invalidated_noCacheOfThatName_othersAreTold() {
    tiers.kept = FakeTiers.ofOne(clock);
    PassingOn listener = new PassingOn(tiers, registry);
    listener.invalidatedKey("unknown", "a");
    listener.invalidatedTag(/* cacheName= */ "", "red");
    assertThat(tiers.told).containsExactly("invalidate", "tag");
  }

  @Test
  void call_tiersThrow_loadsAndReportsOnce(LoggedLines lines) throws Exception {
    tiers.failure = new IllegalStateException("a bug");
    assertThat(call(here, "a")).isEqualTo("load 1");
    assertThat(call(here, "b")).isEqualTo("load 2");
    assertThat(here.memory().get("a")).isNotNull();

    assertThat(here.lastProblem()).startsWith("java.lang.IllegalStateException");
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void invalidate_isForgottenEverywhere_firstBehind() throws Exception {
    call(here, "a");
    call(here, "b");
    tiers.told.clear();

    assertThat(here.invalidate("a")).isZero(); // no method of this cache was added
    assertThat(tiers.told).containsExactly("invalidate");
    elsewhere.invalidations().forgetGroup(group("a"));
    assertThat(call(elsewhere, "a")).isEqualTo("load 3");
    assertThat(call(elsewhere, "b")).isEqualTo("load 2");
  }

  @Test
  void forgetGroup_inMemory_forgetsThatOneAlone() throws Exception {
    call(here, "a");
    call(here, "b");
    here.invalidations().forgetGroup(group("a"));

    assertThat(here.memory().get("a")).isNull();
    assertThat(here.memory().get("b")).isNotNull();
    assertThat(here.counters().invalidations.sum()).isEqualTo(1);
  }

  @Test
  void forgetGroup_afterManyOtherKeys_stillKnowsThoseInMemory() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      call(here, "key " + i);
    }
    for (Object key : List.copyOf(here.memory().keys())) {
      here.invalidations().forgetGroup(group((String) key));
    }

    assertThat(here.memory().keys()).isEmpty();
  }

  @Test
  void forgetGroup_whileItIsLookedUp_loadsInsteadAndStoresNothing() throws Exception {
    call(elsewhere, "a");
    tiers.duringGet = () -> here.invalidations().forgetGroup(group("a"));

    assertThat(call(here, "a")).isEqualTo("load 2");
    assertThat(here.memory().get("a")).isNull();
  }

  @Test
  void forgetGroup_whileItIsLoaded_isNotStoredAnywhere() throws Exception {
    assertThat(
            call(
                here,
                "a",
                () -> {
                  here.invalidations().forgetGroup(group("a"));
                  return "outdated";
                }))
        .isEqualTo("outdated");

    assertThat(here.memory().get("a")).isNull();
    assertThat(call(elsewhere, "a")).isEqualTo("load 1");
  }

  @Test
  void put_invalidatedElsewhere_isForgottenHere() throws Exception {
    PutUnderWay put = here.beginPut();
    PutPlace place = new PutPlace(new Shared(), "a", ResultType.of(Object.class), /* tags= */ null);
    assertThat(here.put(put, place, "put", "a")).isTrue();
    here.endPut(put);
    assertThat(here.memory().get("a")).isNotNull();

    here.invalidations().forgetGroup(group("a"));
    assertThat(here.memory().get("a")).isNull();
  }

  private void put(Object key) {
    PutUnderWay put = here.beginPut();
    PutPlace place = new PutPlace(new Shared(), key, ResultType.of(Object.class), /* tags= */ null);
    assertThat(here.put(put, place, "put", key)).isTrue();
    here.endPut(put);
  }

  @Test
  void put_manyKeys_eachCanBeForgotten() {
    for (int i = 0; i < 5_000; i++) {
      put("key " + i);
      here.invalidations().forgetGroup(group("key " + i));
    }

    assertThat(here.memory().keys()).isEmpty();
  }

  /** A key of which a test can do something between two steps of Larder's. */
  private static final class SlowKey {
    private Runnable onHash = () -> {};

    @Override
    public int hashCode() {
      Runnable once = onHash;
      onHash = () -> {};
      once.run();
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public String toString() {
      return "slow";
    }
  }

  @Test
  void put_whileManyOtherKeysComeAndGo_canBeForgotten() {
    SlowKey key = new SlowKey();
    key.onHash = // between the note of its bytes and the store
        () -> {
          for (int i = 0; i < 5_000; i++) {
            String other = "key " + i;
            here.invalidations().noteShared(new Shared().tierKey(other), other);
          }
        };
    put(key);
    assertThat(here.memory().get(key)).isNotNull();

    here.invalidations().forgetGroup(group("slow"));
    assertThat(here.memory().get(key)).isNull();
  }

  /** As when two web applications of one server have the same classes. */
  @Test
  void twoLoadersWithOneCacheName_share_andHearOfEachOther(LoggedLines lines) throws Exception {
    registry.setSlowTiers(tiers);
    registry.setInvalidationListener(new PassingOn(tiers, registry));
    Cache one = registry.getOrCreate(new ClassLoader() {}, "prices", PolicySettings.NONE);
    Cache two = registry.getOrCreate(new ClassLoader() {}, "prices", PolicySettings.NONE);
    CachedCall find = new Shared();
    one.add(find);
    two.add(new Shared());
    assertThat(call(one, "a")).isEqualTo("load 1");
    assertThat(call(two, "a")).isEqualTo("load 1");

    tiers.clear("another"); // a put needs a number to begin at
    PutUnderWay put = one.beginPut();
    PutPlace place = new PutPlace(find, "a", ResultType.of(Object.class), /* tags= */ null);
    assertThat(one.put(put, place, "put", "a")).isTrue();
    one.endPut(put);
    assertThat(one.memory().get("a")).isNotNull();
    assertThat(two.memory().get("a")).as("another JVM would forget it, too").isNull();

    assertThat(call(two, "a")).isEqualTo("put");
    tiers.failure = new IllegalStateException("of a tier");
    PutUnderWay next = one.beginPut();
    assertThat(one.put(next, place, "next", "a")).isTrue();
    one.endPut(next);
    assertThat(two.memory().get("a")).as("whatever becomes of the tiers").isNull();
    assertThat(lines.takeWarnings()).hasSize(1);
  }

  @Test
  void clear_whileItIsLoadedElsewhere_isOlderThanTheClear() throws Exception {
    call(
        elsewhere,
        "a",
        () -> {
          here.invalidateAll();
          return "outdated";
        });

    assertThat(call(here, "a")).isEqualTo("load 1");
  }

  @Test
  void doubt_forgetsAll_andBoundsWhatComes() throws Exception {
    call(here, "a");
    tiers.longestLifeNanos = Duration.ofSeconds(2).toNanos();
    here.doubt();
    assertThat(here.memory().get("a")).isNull();

    call(here, "a");
    assertThat(here.memory().get("a")).isNotNull();
    clock.advance(Duration.ofSeconds(2));
    assertThat(here.memory().get("a")).isNull();

    tiers.longestLifeNanos = Long.MAX_VALUE;
    here.doubt();
    call(here, "a");
    clock.advance(MINUTE.dividedBy(2));
    assertThat(here.memory().get("a")).isNotNull();
  }

  @Test
  void doubt_whileSomethingIsLoaded_isNotStored() throws Exception {
    call(
        here,
        "a",
        () -> {
          here.doubt();
          return "doubtful";
        });

    assertThat(here.memory().get("a")).isNull();
  }

  @Test
  void call_tiersAway_asksAndTellsThemNothing() throws Exception {
    tiers.away = true;
    assertThat(call(here, "a")).isEqualTo("load 1");
    assertThat(call(here, "a")).isEqualTo("load 1");
    assertThat(tiers.told).isEmpty();

    here.invalidations().forgetKey("a");
    assertThat(call(here, "a")).isEqualTo("load 2");
  }

  @Test
  void call_tiersBackWhileItLoads_isNotStored_andTheNextIsShared() throws Exception {
    tiers.away = true;
    call(
        here,
        "a",
        () -> {
          tiers.away = false;
          here.doubt();
          return "from before";
        });
    assertThat(here.memory().get("a")).isNull();

    call(here, "a");
    assertThat(call(elsewhere, "a")).isEqualTo("load 1");
  }

  @Test
  void setPolicy_sharedOrNot_forgetsWhatIsInMemory() throws Exception {
    call(here, "a");
    here.setPolicy(POLICY.withSharing(POLICY.sharing().withTiers(List.of("memory"))));
    assertThat(here.memory().hasOwnLives()).isFalse();
    assertThat(here.memory().get("a")).isNull();
    call(here, "a");
    here.setPolicy(POLICY);
    assertThat(here.memory().hasOwnLives()).isTrue();
    assertThat(here.memory().get("a")).isNull(); // it was not kept in step with others
  }

  /** Where no life ends, nobody keeps account of lives. */
  @Test
  void memory_livesOfEntries_areKeptAccountOfWhereTheyEnd() {
    CachePolicy endless = POLICY.withTtl(null);
    FakeTiers ofOne = FakeTiers.ofOne(clock);

    assertThat(cache(endless, ofOne).memory().hasOwnLives()).isFalse();
    assertThat(cache(POLICY, ofOne).memory().hasOwnLives()).isTrue();
    assertThat(cache(endless, tiers).memory().hasOwnLives()).as("others may end them").isTrue();
  }

  /** What has no end gets one: with the next tier, and for what is there already. */
  @Test
  void setPolicy_ttlComes_endsLivesFromWhenResultsWereComputed() throws Exception {
    Cache cache = cache(POLICY.withTtl(null), FakeTiers.ofOne(clock));
    call(cache, "a");
    clock.advance(MINUTE.dividedBy(2));
    cache.setPolicy(POLICY);
    assertThat(cache.memory().hasOwnLives()).isTrue();
    assertThat(cache.memory().get("a")).isNotNull();

    clock.advance(MINUTE.dividedBy(2));
    assertThat(cache.memory().get("a")).isNull();
  }

  private static KeyHash group(String key) {
    try {
      return KeyCodec.group(key);
    } catch (NotStorableException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A method whose only argument is its own key, as slower tiers know it. */
  private static final class Shared extends WovenCall.RawCall {

    Shared() {
      super("shared");
    }

    @Override
    public TierKey tierKey(Object key) {
      byte[] bytes = key.toString().getBytes(StandardCharsets.UTF_8);
      return new TierKey("prices", group(key.toString()), KeyHash.of(bytes), new NoCodec(), 0);
    }
  }

  /** For entries that never become bytes. */
  private static final class NoCodec implements ValueCodec {
    @Override
    public byte id() {
      return 0;
    }

    @Override
    public long fingerprint() {
      return 0;
    }

    @Override
    public byte[] encode(@Nullable Object value) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Entry decode(byte[] payload) {
      throw new AssertionError("not asked for");
    }
  }
}
