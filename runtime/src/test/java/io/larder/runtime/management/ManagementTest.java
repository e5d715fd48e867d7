package io.larder.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.policy.PolicySettings;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest extends ManagedCaches {

  @Test
  void attempt_noCacheYet_showsLarderAndWhyThereIsNone() throws Exception {
    assertThat(manage("full").attempt()).isZero();
    assertThat(names()).containsExactly(larder());
    assertThat((String[]) get(larder(), "RejectedMethods"))
        .containsExactlyElementsOf(agent.rejectedMethods());
  }

  @Test
  void attempt_off_registersNothing() throws Exception {
    managedPrices("off");
    assertThat(names()).isEmpty();
  }

  @Test
  void attempt_caches_areRegisteredWithLarderItself() throws Exception {
    Cache prices = managedPrices("full");
    assertThat(names()).containsExactlyInAnyOrder(larder(), prices());
    Cache stock = registry.getOrCreate(APP, "stock", PolicySettings.NONE);
    assertThat(management).isNotNull();
    if (management != null) {
      management.attempt();
    }
    assertThat(names()).hasSize(3);
    assertThat(List.of(prices, stock)).doesNotHaveDuplicates();
  }

  @Test
  void attempt_sameNameInTwoLoaders_namesTheSecondsLoader() throws Exception {
    Management made = manage("full");
    ClassLoader webApplication = new ClassLoader("shop web/app", APP) {};
    List<Cache> held =
        List.of(
            registry.getOrCreate(APP, "prices", PolicySettings.NONE),
            registry.getOrCreate(webApplication, "prices", PolicySettings.NONE));
    made.attempt();
    String identity = Integer.toHexString(System.identityHashCode(webApplication));
    ObjectName second = new ObjectName(prices() + ",loader=shop_web_app-" + identity);
    assertThat(names()).containsExactlyInAnyOrder(larder(), prices(), second);
    assertThat(((TabularData) get(larder(), "Caches")).size()).isPositive();
    made.collected(handles.get(1));
    assertThat(names()).containsExactlyInAnyOrder(larder(), prices());
    assertThat(held).hasSize(2);
  }

  @Test
  void event_onceRegistered_reachesThoseWhoSubscribed() throws Exception {
    Management made = manage("full");
    assertThat(made.event("larder.config.reloaded", "nobody can listen yet")).isFalse();
    made.attempt();
    List<Notification> seen = new ArrayList<>();
    server.addNotificationListener(larder(), (told, handback) -> seen.add(told), null, null);

    assertThat(made.event("larder.config.failed", "WARN larder.yaml is not applied")).isTrue();
    assertThat(seen).isEmpty(); // not on the thread that it happens to
    made.attempt();
    made.attempt();

    assertThat(seen)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.getType()).isEqualTo("larder.config.failed");
              assertThat(told.getMessage()).isEqualTo("WARN larder.yaml is not applied");
              assertThat(told.getSource()).isEqualTo(larder());
              assertThat(told.getSequenceNumber()).isEqualTo(1);
            });
    assertThat(server.getMBeanInfo(larder()).getNotifications())
        .flatExtracting(info -> List.of(info.getNotifTypes()))
        .containsExactly(
            "larder.config.reloaded",
            "larder.config.failed",
            "larder.tier.up",
            "larder.tier.degraded",
            "larder.tier.down");
  }

  @Test
  void collected_isUnregistered() throws Exception {
    Cache prices = managedPrices("full");
    registry.collected(handles.get(0));
    assertThat(names()).containsExactly(larder());
    registry.collected(handles.get(0)); // once more does no harm
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void collected_beforeItWasRegistered_isNeverRegistered() throws Exception {
    Management made = manage("full");
    Cache stock = registry.getOrCreate(APP, "stock", PolicySettings.NONE);
    registry.getOrCreate(APP, "prices", PolicySettings.NONE);
    registry.collected(handles.get(1));
    made.attempt();
    assertThat(names())
        .containsExactlyInAnyOrder(larder(), new ObjectName("io.larder:type=Cache,name=stock"));
    assertThat(stock.name()).isEqualTo("stock");
  }

  @Test
  void collected_unregisteredBySomebodyElse_doesNoHarm() throws Exception {
    Cache prices = managedPrices("full");
    server.unregisterMBean(prices());
    registry.collected(handles.get(0));
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void attempt_larderIsThereAlready_warns(LoggedLines lines) throws Exception {
    Cache first = managedPrices("full");
    Management second = new Management(registry, agent, "1.2.3", "full");
    second.created(handles.get(0));
    second.attempt();
    assertThat(lines.takeWarnings())
        .containsExactly(
            "WARN Larder cannot be managed through JMX:"
                + " javax.management.InstanceAlreadyExistsException: io.larder:type=Larder");
    assertThat(first.name()).isEqualTo("prices");
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "read-only"})
  void attributes_areReadableDescribedAndOfOpenTypes(String mode) throws Exception {
    Cache prices = managedPrices(mode);
    assertDescribedAndOfOpenTypes(larder(), mode, "Enabled");
    assertDescribedAndOfOpenTypes(
        prices(), mode, "Enabled", "MaximumEntries", "MaximumBytes", "Ttl", "RefreshAfter");
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void larderAttributes_sumTheCaches() throws Exception {
    Cache prices = managedPrices("full");
    Cache stock = registry.getOrCreate(APP, "stock", PolicySettings.NONE);
    for (Cache cache : List.of(prices, stock)) {
      cache.counters().calls.hit();
      cache.counters().calls.hit();
      cache.counters().calls.miss();
      cache.counters().loaded(/* wasStored= */ true, 5_000_000, clock.nanos());
    }
    assertThat(get(larder(), "HitCount")).isEqualTo(4L);
    assertThat(get(larder(), "MissCount")).isEqualTo(2L);
    assertThat(get(larder(), "HitRatio")).isEqualTo(0.6667);
    assertThat(get(larder(), "SavedMillis")).isEqualTo(20L);
    assertThat(get(larder(), "CacheCount")).isEqualTo(2);
    assertThat(get(larder(), "Version")).isEqualTo("1.2.3");
    assertThat(get(larder(), "ManagementMode")).isEqualTo("full");
    assertThat(get(larder(), "InstrumentedMethodCount")).isEqualTo(7);
    assertThat(get(larder(), "InstrumentationFailureCount")).isEqualTo(1);
    assertThat((String[]) get(larder(), "RejectedMethods"))
        .containsExactly("com.acme.Dao.stream(): a stream can be used only once");
    assertThat(get(larder(), "Summary")).isEqualTo("2 caches, hit ratio 0.6667");
    TabularData table = (TabularData) get(larder(), "Caches");
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.get(new Object[] {"stock"}).get("hits")).isEqualTo(2L);
    stock.setEnabled(false);
    assertThat(get(larder(), "Summary")).isEqualTo("2 caches, 1 OFF, hit ratio 0.6667");
    assertThat(get(larder(), "Enabled")).isEqualTo(true); // it is one cache that is off
  }

  @Test
  void cacheAttributes_showTheCache() throws Exception {
    Cache prices = managedPrices("full");
    put(prices, 3);
    assertThat((Double) get(prices(), "HitRatio")).isNaN();
    prices.counters().calls.hit();
    prices.counters().calls.miss();
    prices.counters().loaded(/* wasStored= */ true, 5_000_000, clock.nanos());
    prices.counters().failed(5_000_000, clock.nanos());
    assertThat(get(prices(), "HitRatio")).isEqualTo(0.5);
    assertThat(get(prices(), "HitCount")).isEqualTo(1L);
    assertThat(get(prices(), "MissCount")).isEqualTo(1L);
    assertThat(get(prices(), "LoadCount")).isEqualTo(2L);
    assertThat(get(prices(), "LoadFailureCount")).isEqualTo(1L);
    assertThat(get(prices(), "LoadMeanMillis")).isEqualTo(5.0);
    assertThat((Double) get(prices(), "LoadP99Millis")).isBetween(4.5, 5.5);
    assertThat(get(prices(), "SavedMillis")).isEqualTo(5L);
    assertThat(get(prices(), "MemoryEntries")).isEqualTo(3L);
    assertThat(get(prices(), "MemoryBytes")).isEqualTo(-1L);
    assertThat(get(prices(), "LastError")).isEqualTo("");
    assertThat(get(prices(), "Summary")).isEqualTo("hit ratio 0.5, 3 of 10000 entries, saved 0 s");
    assertThat(get(prices(), "Ttl")).isEqualTo("5m");
    assertThat(get(prices(), "TtlSeconds")).isEqualTo(300.0);
    assertThat(get(prices(), "MaximumBytes")).isEqualTo("off");
    assertThat(get(prices(), "MaximumBytesValue")).isEqualTo(0L);
  }

  @Test
  void unregistered_isGone() throws Exception {
    Cache prices = managedPrices("full");
    server.unregisterMBean(prices());
    assertThatThrownBy(() -> get(prices(), "HitCount"))
        .isInstanceOf(InstanceNotFoundException.class);
    assertThat(prices.name()).isEqualTo("prices");
  }
}
