package io.larder.runtime.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.PolicyFixtures;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.time.FakeClock;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheRegistryTest {

  private static final ClassLoader APP = CacheRegistryTest.class.getClassLoader();

  private static final class WebApplication extends ClassLoader {
    WebApplication() {
      super(APP);
    }
  }

  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final CacheRegistry registry = new CacheRegistry(new FakeClock(), gone);
  private final List<String> told = new ArrayList<>();

  private final CacheRegistry.Listener listener =
      new CacheRegistry.Listener() {
        @Override
        public void created(CacheHandle handle) {
          told.add("created " + handle.name());
        }

        @Override
        public void collected(CacheHandle handle) {
          told.add("collected " + handle.name());
        }
      };

  @Test
  void getOrCreate_sameNameAndLoader_isOneCache() {
    Cache cache = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    assertThat(registry.getOrCreate(APP, "prices", PolicySettings.NONE)).isSameAs(cache);
    assertThat(registry.getOrCreate(APP, "stock", PolicySettings.NONE)).isNotSameAs(cache);
    assertThat(registry.caches()).hasSize(2);
  }

  @Test
  void getOrCreate_otherLoader_isAnotherCache() {
    ClassLoader one = new WebApplication();
    ClassLoader other = new WebApplication();
    Cache ofOne = registry.getOrCreate(one, "prices", PolicySettings.NONE);
    Cache ofOther =
        registry.getOrCreate(
            other, "prices", PolicyFixtures.declared(CachePolicy.DEFAULT.withTtl(null)));
    Cache ofBoot = registry.getOrCreate(null, "prices", PolicySettings.NONE);
    assertThat(List.of(ofOne, ofOther, ofBoot)).doesNotHaveDuplicates();
    assertThat(registry.getOrCreate(null, "prices", PolicySettings.NONE)).isSameAs(ofBoot);
    assertThat(registry.cachesBelow(one)).containsExactly(ofOne);
    assertThat(registry.cachesBelow(APP)).containsExactly(ofOne, ofOther);
    assertThat(registry.cachesBelow(null)).containsExactly(ofOne, ofOther, ofBoot);
  }

  @Test
  void getOrCreate_otherPolicy_keepsTheFirstAndWarns(LoggedLines lines) {
    CachePolicy first = CachePolicy.DEFAULT.withTtl(Duration.ofMinutes(1));
    Cache cache = registry.getOrCreate(APP, "prices", PolicyFixtures.declared(first));
    CachePolicy other = CachePolicy.DEFAULT.withTtl(Duration.ofSeconds(30)).withMaximumEntries(7);
    assertThat(registry.getOrCreate(APP, "prices", PolicyFixtures.declared(other))).isSameAs(cache);
    assertThat(cache.policy()).isEqualTo(first);
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Cache \"prices\": another method asks for ttl=30s, maximumEntries=7,"
                + " maximumBytes=off, waitAtMost=5s, and ttl=1m, maximumEntries=10000,"
                + " maximumBytes=off, waitAtMost=5s stays; give both the same values, or caches of"
                + " their own.");
  }

  /** Whichever of the methods is called first. */
  @Test
  void getOrCreate_onlyALaterMethodDeclares_takesItsPolicy() {
    Cache cache = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    CachePolicy declared = CachePolicy.DEFAULT.withTtl(Duration.ofSeconds(30));
    registry.getOrCreate(APP, "prices", PolicyFixtures.declared(declared));
    registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    assertThat(cache.policy()).isEqualTo(declared);
  }

  @Test
  void getOrCreate_policyChangedSince_comparesWithWhatWasDeclared() {
    Cache cache = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    cache.setPolicy(CachePolicy.DEFAULT.withMaximumEntries(7)); // through JMX
    assertThat(registry.getOrCreate(APP, "prices", PolicySettings.NONE)).isSameAs(cache);
    assertThat(cache.policy().maximumEntries()).isEqualTo(7);
  }

  @Test
  void setEnabled_switchesCachesThatAreThereAndThoseToCome_notTheirOwnSwitch() {
    Cache off = registry.getOrCreate(APP, "off", PolicySettings.NONE);
    off.setEnabled(false);
    Cache on = registry.getOrCreate(APP, "on", PolicySettings.NONE);
    registry.setEnabled(false);
    Cache late = registry.getOrCreate(APP, "late", PolicySettings.NONE);
    assertThat(registry.isEnabled()).isFalse();
    assertThat(List.of(off, on, late)).noneMatch(Cache::isServing);
    assertThat(List.of(on, late)).allMatch(Cache::isEnabled);
    registry.setEnabled(true);
    assertThat(List.of(on, late)).allMatch(Cache::isServing);
    assertThat(off.isServing()).isFalse();
  }

  @Test
  void overrideEnabled_isStrongerThanSetEnabled() {
    Cache cache = registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    registry.overrideEnabled(false);
    registry.setEnabled(true);
    assertThat(registry.isEnabled()).isFalse();
    assertThat(cache.isServing()).isFalse();
    registry.overrideEnabled(true);
    registry.setEnabled(false);
    assertThat(cache.isServing()).isTrue();
  }

  @Test
  void totals_cacheIsCollected_neverGoBack() {
    Cache[] held = {registry.getOrCreate(new WebApplication(), "prices", PolicySettings.NONE)};
    Cache kept = registry.getOrCreate(APP, "stock", PolicySettings.NONE);
    for (Cache cache : List.of(held[0], kept)) {
      cache.counters().calls.hit();
      cache.counters().calls.miss();
      cache.counters().loaded(/* wasStored= */ true, 500, 0);
    }
    CacheRegistry.Totals before = registry.totals();
    assertThat(before.hits()).isEqualTo(2);
    held[0] = kept;
    await()
        .until(
            () -> {
              System.gc();
              return gone.poll() instanceof CacheHandle handle && told(handle);
            });
    assertThat(registry.totals().hits()).isEqualTo(2);
    assertThat(registry.totals().misses()).isEqualTo(2);
    assertThat(registry.totals().savedNanos()).isEqualTo(before.savedNanos());
    kept.counters().calls.hit();
    assertThat(registry.totals().hits()).isEqualTo(3);
  }

  private boolean told(CacheHandle handle) {
    registry.collected(handle);
    registry.collected(handle); // must not count twice
    return true;
  }

  @Test
  void setListener_isToldOfThoseThatAreThereAndThoseThatCome() {
    Cache early = registry.getOrCreate(APP, "early", PolicySettings.NONE);
    registry.setListener(listener);
    Cache late = registry.getOrCreate(APP, "late", PolicySettings.NONE);
    registry.getOrCreate(APP, "late", PolicySettings.NONE);
    assertThat(told).containsExactly("created early", "created late");
    assertThat(registry.caches()).containsExactly(early, late);
  }

  @Test
  void cache_notHeld_isCollectedAndToldOnce() {
    registry.setListener(listener);
    Cache[] held = {registry.getOrCreate(new WebApplication(), "prices", PolicySettings.NONE)};
    Cache kept = registry.getOrCreate(APP, "stock", PolicySettings.NONE);
    held[0] = kept;
    Reference<?>[] reference = new Reference<?>[1];
    await()
        .until(
            () -> {
              System.gc();
              reference[0] = gone.poll();
              return reference[0] != null;
            });
    CacheHandle handle = (CacheHandle) reference[0];
    registry.collected(handle);
    assertThat(handle.name()).isEqualTo("prices");
    assertThat(handle.get()).isNull();
    assertThat(told).containsExactly("created prices", "created stock", "collected prices");
    assertThat(registry.caches()).containsExactly(kept);
  }

  @Test
  void handle_doesNotHoldTheLoader() {
    List<CacheHandle> handles = new ArrayList<>();
    registry.setListener(
        new CacheRegistry.Listener() {
          @Override
          public void created(CacheHandle handle) {
            handles.add(handle);
          }

          @Override
          public void collected(CacheHandle handle) {}
        });
    ClassLoader[] loader = {new WebApplication()};
    Cache held = registry.getOrCreate(loader[0], "prices", PolicySettings.NONE);
    assertThat(handles.get(0).loader()).isSameAs(loader[0]);
    loader[0] = APP;
    await()
        .until(
            () -> {
              System.gc();
              return handles.get(0).loader() == null;
            });
    assertThat(handles.get(0).get()).isSameAs(held);
  }
}
