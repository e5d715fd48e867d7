package io.larder.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.bootstrap.LarderLink;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.ResultType;
import io.larder.runtime.coordinator.TagSource;
import io.larder.runtime.logging.Log;
import io.larder.runtime.logging.LoggedLines;
import io.larder.runtime.model.Entry;
import io.larder.runtime.model.Lineage;
import io.larder.runtime.model.Tag;
import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.PolicySettings;
import java.util.List;
import javax.management.Attribute;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator turns, and what is refused. */
class SettingsTest extends ManagedCaches {

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
            "INFO Cache \"prices\": ttl set through JMX: ttl=30s, maximumEntries=10000,"
                + " maximumBytes=off, waitAtMost=5s; before: ttl=5m, maximumEntries=10000,"
                + " maximumBytes=off, waitAtMost=5s.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ttl | never | ttl must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
            + " \"PT30S\", or \"off\": \"never\"",
        "Ttl | 0s | ttl must be positive: \"0s\"",
        "MaximumBytes | 64 | ok",
        "MaximumBytes | much | maximumBytes must be a size such as \"512KB\", \"64MB\" or \"1GB\","
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
  void invalidateTag_dryRun_onlySays() throws Exception {
    Cache prices = managedPrices("full");
    for (int product = 1; product <= 3; product++) {
      Tag tag = new Tag(product == 3 ? "other" : "product");
      Lineage lineage = new Lineage(List.of(tag), /* bornAt= */ 0, /* stamp= */ 0);
      prices.memory().put(product, new Entry("price", 0, 0, 0, lineage));
    }
    assertThat(invoke(prices(), "invalidateTag", "product", true))
        .isEqualTo("Would forget 2 entries.");
    assertThat(invoke(prices(), "invalidateTag", "unknown", true))
        .isEqualTo("Would forget 0 entries.");
    assertThat(invoke(prices(), "invalidateTag", "unknown", false))
        .isEqualTo("No entry has this tag.");
    load(prices, "loaded");
    assertThat(invoke(prices(), "invalidateTag", "loaded", true))
        .isEqualTo("Would forget 1 entries.");
    assertThat(invoke(prices(), "invalidateTag", "loaded", false))
        .isEqualTo("Forgot the entries with this tag.");
    assertThat(get(prices(), "TagInvalidationCount")).isEqualTo(1L);
    assertThat(invoke(prices(), "invalidateTag", "loaded", true))
        .isEqualTo("Would forget 0 entries.");
    assertThat(prices.memory().statistics().entries()).isEqualTo(4);
  }

  private static void load(Cache cache, String tag) {
    TagSource tags =
        new TagSource() {
          @Override
          public boolean needsResult() {
            return false;
          }

          @Override
          public List<String> tags(@Nullable Object result) {
            return List.of(tag);
          }
        };
    LarderLink.loaded(
        "result", cache.miss("key", ResultType.of(Object.class), /* call= */ null, tags));
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
    try {
      assertThat(invoke(larder(), "setLogLevel", "info"))
          .isEqualTo("Larder writes info and above to standard error.");
    } finally {
      Log.overrideLevel(null);
    }
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
    Cache later = registry.getOrCreate(APP, "later", PolicySettings.NONE);
    assertThat(later.isServing()).isFalse();
    set(larder(), "Enabled", true);
    assertThat(prices.isServing()).isTrue();
    assertThat(later.isServing()).isTrue();
  }
}
