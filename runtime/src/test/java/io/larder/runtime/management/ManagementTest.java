package io.larder.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.time.FakeClock;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanParameterInfo;
import javax.management.openmbean.TabularData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest {

  private static final ClassLoader APP = ManagementTest.class.getClassLoader();

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final FakeClock clock = new FakeClock();
  private final CacheRegistry registry = new CacheRegistry(clock, new ReferenceQueue<>());
  private final List<CacheRegistry.Handle> handles = new ArrayList<>();

  private final About about =
      new About() {
        @Override
        public String version() {
          return "1.2.3";
        }

        @Override
        public int wovenMethods() {
          return 7;
        }

        @Override
        public List<String> rejectedMethods() {
          return List.of("com.acme.Dao.stream(): a stream can be used only once");
        }
      };

  private @Nullable Management management;

  private Management manage(String mode) {
    Management made = new Management(registry, about, mode);
    management = made;
    registry.setListener(
        new CacheRegistry.Listener() {
          @Override
          public void created(CacheRegistry.Handle handle) {
            handles.add(handle);
            made.created(handle);
          }

          @Override
          public void collected(CacheRegistry.Handle handle) {
            made.collected(handle);
          }
        });
    return made;
  }

  @AfterEach
  void unregister() throws JMException {
    for (ObjectName name : names()) {
      server.unregisterMBean(name);
    }
  }

  private Set<ObjectName> names() throws JMException {
    return server.queryNames(new ObjectName("io.larder:*"), null);
  }

  private static ObjectName larder() throws JMException {
    return new ObjectName("io.larder:type=Larder");
  }

  private static ObjectName prices() throws JMException {
    return new ObjectName("io.larder:type=Cache,name=prices");
  }

  private Cache managedPrices(String mode) {
    Management made = manage(mode);
    Cache cache = registry.getOrCreate(APP, "prices", CachePolicy.DEFAULT);
    assertThat(made.attempt()).isZero();
    return cache;
  }

  private void put(Cache cache, int entries) {
    for (int i = 0; i < entries; i++) {
      cache.memory().put(i, new Entry("v", clock.nanos(), 0, 0));
    }
  }

  private Object get(ObjectName name, String attribute) throws JMException {
    return server.getAttribute(name, attribute);
  }

  private void set(ObjectName name, String attribute, @Nullable Object value) throws JMException {
    server.setAttribute(name, new Attribute(attribute, value));
  }

  private Object invoke(ObjectName name, String operation, @Nullable Object... arguments)
      throws JMException {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String.class.getName());
    return server.invoke(name, operation, arguments, signature);
  }

  @Test
  void attempt_noCacheYet_registersNothing() throws Exception {
    assertThat(manage("full").attempt()).isZero();
    assertThat(names()).isEmpty();
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
    Cache stock = registry.getOrCreate(APP, "stock", CachePolicy.DEFAULT);
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
            registry.getOrCreate(APP, "prices", CachePolicy.DEFAULT),
            registry.getOrCreate(webApplication, "prices", CachePolicy.DEFAULT));
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
    Cache stock = registry.getOrCreate(APP, "stock", CachePolicy.DEFAULT);
    registry.getOrCreate(APP, "prices", CachePolicy.DEFAULT);
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
    Management second = new Management(registry, about, "full");
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
    for (ObjectName name : List.of(larder(), prices())) {
      MBeanInfo info = server.getMBeanInfo(name);
      assertThat(info.getDescription()).isNotBlank();
      assertThat(info.getAttributes()).isNotEmpty();
      Stream.of(info.getAttributes())
          .forEach(
              attribute -> {
                assertThat(attribute.getDescription()).as(attribute.getName()).isNotBlank();
                assertThat(attribute.isReadable()).isTrue();
                assertThat(attribute.isWritable())
                    .isEqualTo(mode.equals("full") && isSetting(attribute.getName()));
              });
      for (var attribute : info.getAttributes()) {
        Object value = get(name, attribute.getName());
        assertThat(((OpenMBeanAttributeInfo) attribute).getOpenType().isValue(value))
            .as("%s is %s", attribute.getName(), value)
            .isTrue();
      }
      String[] all =
          Stream.of(info.getAttributes()).map(each -> each.getName()).toArray(String[]::new);
      assertThat(server.getAttributes(name, all)).hasSize(all.length);
      for (var operation : info.getOperations()) {
        assertThat(operation.getDescription()).isNotBlank();
        for (var parameter : operation.getSignature()) {
          assertThat(parameter.getDescription()).isNotBlank();
          assertThat(parameter.getName()).matches("[a-z][A-Za-z]+").isNotEqualTo("p0");
          assertThat(parameter).isInstanceOf(OpenMBeanParameterInfo.class);
        }
      }
    }
    assertThat(prices.name()).isEqualTo("prices");
  }

  private static boolean isSetting(String attribute) {
    return Set.of("Enabled", "MaximumEntries", "MaximumBytes", "Ttl").contains(attribute);
  }

  @Test
  void larderAttributes_sumTheCaches() throws Exception {
    Cache prices = managedPrices("full");
    Cache stock = registry.getOrCreate(APP, "stock", CachePolicy.DEFAULT);
    for (Cache cache : List.of(prices, stock)) {
      cache.counters().hits.increment();
      cache.counters().hits.increment();
      cache.counters().misses.increment();
      cache.counters().loaded(5_000_000, clock.nanos());
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
    prices.counters().hits.increment();
    prices.counters().misses.increment();
    prices.counters().loaded(5_000_000, clock.nanos());
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
  void settings_takeEffectAndAreLogged(LoggedLines lines) throws Exception {
    Cache prices = managedPrices("full");
    set(prices(), "Ttl", "30s");
    set(prices(), "MaximumEntries", 7L);
    set(prices(), "MaximumBytes", "64MB");
    set(prices(), "Ttl", "off");
    assertThat(prices.policy())
        .hasToString("ttl=off, maximumEntries=7, maximumBytes=64MB, waitAtMost=5s");
    set(prices(), "Enabled", false);
    assertThat(prices.isEnabled()).isFalse();
    assertThat(get(prices(), "Summary")).asString().startsWith("OFF, hit ratio until then NaN");
    assertThat(lines.takeInfos())
        .hasSize(5) // each change is logged
        .first()
        .isEqualTo(
            "INFO Cache \"prices\": Ttl set through JMX: ttl=30s, maximumEntries=10000,"
                + " maximumBytes=off, waitAtMost=5s; before: ttl=5m, maximumEntries=10000,"
                + " maximumBytes=off, waitAtMost=5s.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ttl | never | Ttl must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
            + " \"PT30S\", or \"off\": \"never\"",
        "Ttl | 0s | Ttl must be positive: \"0s\"",
        "MaximumBytes | 64 | ok",
        "MaximumBytes | much | MaximumBytes must be a size such as \"512KB\", \"64MB\" or \"1GB\","
            + " or \"off\": \"much\"",
        "MaximumEntries | 5 | MaximumEntries must be a java.lang.Long: 5",
        "Enabled | true | Enabled must be a java.lang.Boolean: true",
        "HitCount | 5 | HitCount cannot be set",
      })
  void set_text_isRefusedWordForWord(String attribute, String value, String message)
      throws Exception {
    Cache prices = managedPrices("full");
    if (message.equals("ok")) {
      set(prices(), attribute, value);
      assertThat(prices.policy().maximumBytes()).isEqualTo(64);
      return;
    }
    assertThatThrownBy(() -> set(prices(), attribute, value)).hasMessage(message);
    assertThat(prices.policy()).isEqualTo(CachePolicy.DEFAULT);
  }

  @Test
  void set_negativeOrNull_isRefused() {
    Cache prices = managedPrices("full");
    assertThatThrownBy(() -> set(prices(), "MaximumEntries", -1L))
        .hasMessage("maximumEntries must be positive, or 0 for no limit: -1");
    assertThatThrownBy(() -> set(prices(), "Enabled", null))
        .hasMessage("Enabled must be a java.lang.Boolean: null");
    assertThat(prices.policy()).isEqualTo(CachePolicy.DEFAULT);
  }

  @Test
  void setAttributes_leavesOutWhatIsRefused() throws Exception {
    Cache prices = managedPrices("full");
    var wanted =
        new javax.management.AttributeList(
            List.of(new Attribute("Ttl", "never"), new Attribute("MaximumEntries", 7L)));
    assertThat(server.setAttributes(prices(), wanted))
        .containsExactly(new Attribute("MaximumEntries", 7L));
    assertThat(prices.policy().maximumEntries()).isEqualTo(7);
  }

  @Test
  void clear_dryRun_onlySays() throws Exception {
    Cache prices = managedPrices("full");
    put(prices, 3);
    assertThat(invoke(prices(), "clear", true)).isEqualTo("Would remove 3 entries.");
    assertThat(prices.memory().statistics().entries()).isEqualTo(3);
    assertThat(invoke(prices(), "clear", false)).isEqualTo("Removed 3 entries.");
    assertThat(prices.memory().statistics().entries()).isZero();
  }

  @Test
  void clearAll_mustBeTyped() throws Exception {
    Cache prices = managedPrices("full");
    put(prices, 3);
    assertThatThrownBy(() -> invoke(larder(), "clearAll", "String"))
        .hasMessage("confirm must be \"clear all\": \"String\"");
    assertThat(invoke(larder(), "clearAll", " clear all ")).isEqualTo("Removed 3 entries.");
  }

  @Test
  void setLogLevel_unknown_listsTheChoices() throws Exception {
    Cache prices = managedPrices("full");
    assertThatThrownBy(() -> invoke(larder(), "setLogLevel", "String"))
        .hasMessage("log must be trace, debug, info, warn, error or off: \"String\"");
    assertThat(invoke(larder(), "setLogLevel", "info"))
        .isEqualTo("Larder writes info and above to standard error.");
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void report_isALineForEachCache() throws Exception {
    Cache prices = managedPrices("read-only");
    assertThat(invoke(larder(), "report"))
        .isEqualTo("prices: hit ratio NaN, 0 of 10000 entries, saved 0 s");
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void invoke_argumentOfAnotherType_isRefused() {
    Cache prices = managedPrices("full");
    assertThatThrownBy(() -> invoke(prices(), "clear", (Object) null))
        .hasMessage("dryRun must be a java.lang.Boolean: null");
    assertThatThrownBy(() -> invoke(prices(), "clear", "yes"))
        .hasMessage("dryRun must be a java.lang.Boolean: yes");
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void invoke_unknown_isRefused() {
    Cache prices = managedPrices("full");
    assertThatThrownBy(() -> invoke(prices(), "explode"))
        .hasMessage("there is no operation explode with these parameters");
    assertThatThrownBy(() -> get(prices(), "Nothing")).hasMessage("there is no attribute Nothing");
    assertThat(prices.name()).isEqualTo("prices");
  }

  @Test
  void readOnly_refusesEachChange() throws Exception {
    Cache prices = managedPrices("read-only");
    put(prices, 3);
    assertThatThrownBy(() -> set(prices(), "Ttl", "30s"))
        .hasMessage("Ttl cannot be set: Larder was started with management=read-only");
    assertThatThrownBy(() -> set(larder(), "Enabled", false))
        .hasMessage("Enabled cannot be set: Larder was started with management=read-only");
    assertThatThrownBy(() -> invoke(prices(), "clear", false))
        .hasMessage("clear is not allowed: Larder was started with management=read-only");
    assertThatThrownBy(() -> invoke(larder(), "clearAll", "clear all"))
        .hasMessage("clearAll is not allowed: Larder was started with management=read-only");
    assertThat(prices.memory().statistics().entries()).isEqualTo(3);
    assertThat(get(larder(), "ManagementMode")).isEqualTo("read-only");
  }

  @Test
  void larderEnabled_switchesAllCaches_alsoThoseMadeLater() throws Exception {
    Cache prices = managedPrices("full");
    set(larder(), "Enabled", false);
    assertThat(prices.isServing()).isFalse();
    assertThat(get(larder(), "Enabled")).isEqualTo(false);
    Cache later = registry.getOrCreate(APP, "later", CachePolicy.DEFAULT);
    assertThat(later.isServing()).isFalse();
    set(larder(), "Enabled", true);
    assertThat(prices.isServing()).isTrue();
    assertThat(later.isServing()).isTrue();
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
