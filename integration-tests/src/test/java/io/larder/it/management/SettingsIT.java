package io.larder.it.management;

import static io.larder.it.management.ManagedJvm.LARDER;
import static io.larder.it.management.ManagedJvm.SOON;
import static io.larder.it.management.ManagedJvm.SQUARE;
import static io.larder.it.management.ManagedJvm.beat;
import static io.larder.it.management.ManagedJvm.call;
import static io.larder.it.management.ManagedJvm.console;
import static io.larder.it.management.ManagedJvm.end;
import static io.larder.it.management.ManagedJvm.late;
import static io.larder.it.management.ManagedJvm.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import java.util.List;
import javax.management.JMException;

/** What an operator changes in a console. */
class SettingsIT {

  @EachJdk
  void enabled_switched_decidesWhetherTheBodyRuns(Jdk jdk) throws JMException {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      assertThat(call(jvm, 1)).isEqualTo(1);
      assertThat(call(jvm, 1)).isEqualTo(1);
      try (Console console = console(jvm)) {
        for (String bean : List.of(SQUARE, LARDER)) {
          int before = call(jvm, 1);
          assertThat(console.attribute(bean, "Enabled")).isEqualTo(true);
          console.set(bean, "Enabled", false);
          assertThat(console.attribute(bean, "Enabled")).isEqualTo(false);
          assertThat(call(jvm, 1)).isEqualTo(before + 1);
          assertThat(call(jvm, 1)).isEqualTo(before + 2);
          console.set(bean, "Enabled", true);
          assertThat(call(jvm, 1)).isEqualTo(before + 3);
          assertThat(call(jvm, 1)).isEqualTo(before + 3);
        }
      }
      end(jvm);
    }
  }

  @EachJdk
  void killSwitch_thrown_holdsForCachesMadeLater(Jdk jdk) throws JMException {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      call(jvm, 1);
      try (Console console = console(jvm)) {
        console.set(LARDER, "Enabled", false);
        assertThat(late(jvm)).isEqualTo(1);
        assertThat(late(jvm)).isEqualTo(2);
        assertThat(console.attribute(LARDER, "Enabled")).isEqualTo(false);

        console.set(LARDER, "Enabled", true);
        assertThat(late(jvm)).isEqualTo(3);
        assertThat(late(jvm)).isEqualTo(3);
        assertThat(console.attribute(LARDER, "Enabled")).isEqualTo(true);
      }
      end(jvm);
    }
  }

  @EachJdk
  void settings_set_takeEffectAndWrongOnesAreExplained(Jdk jdk) throws JMException {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      beat(jvm, 400);
      try (Console console = console(jvm)) {
        assertThat(console.attribute(SQUARE, "MaximumEntries")).isEqualTo(500L);
        assertThat(console.attribute(SQUARE, "Ttl")).isEqualTo("10m");
        assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(400L);

        console.set(SQUARE, "MaximumEntries", 100L);
        assertThat(console.attribute(SQUARE, "MaximumEntries")).isEqualTo(100L);
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(100L));
        assertThat(console.attribute(SQUARE, "EvictionCount")).isEqualTo(300L);

        console.set(SQUARE, "Ttl", "250ms");
        assertThat(console.attribute(SQUARE, "Ttl")).isEqualTo("250ms");
        int before = call(jvm, 1);
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(400))
            .until(() -> call(jvm, 1) > before);

        assertThatThrownBy(() -> console.set(SQUARE, "Ttl", "5 parsecs"))
            .hasStackTraceContaining(
                "ttl must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
                    + " \"PT30S\", or \"off\": \"5 parsecs\"");
        assertThatThrownBy(() -> console.set(SQUARE, "MaximumEntries", -1L))
            .hasStackTraceContaining("maximumEntries must be positive, or 0 for no limit: -1");
        assertThat(console.attribute(SQUARE, "Ttl")).isEqualTo("250ms");
        assertThat(console.attribute(SQUARE, "MaximumEntries")).isEqualTo(100L);
      }
      end(jvm);
    }
  }

  /** Some changes need storage of another kind; entries and counters must survive the move. */
  @EachJdk
  void kindOfStorage_changed_keepsEntriesAndCounters(Jdk jdk) throws JMException {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      beat(jvm, 400);
      try (Console console = console(jvm)) {
        console.set(SQUARE, "MaximumEntries", 350L);
        await()
            .atMost(SOON)
            .untilAsserted(
                () -> assertThat(console.attribute(SQUARE, "EvictionCount")).isEqualTo(50L));
        console.set(SQUARE, "MaximumEntries", 500L);

        console.set(SQUARE, "Ttl", "off");
        assertThat(console.attribute(SQUARE, "Ttl")).isEqualTo("off");
        assertThat(((Number) console.attribute(SQUARE, "TtlSeconds")).doubleValue()).isEqualTo(-1);
        console.set(SQUARE, "MaximumBytes", "1MB");
        console.set(SQUARE, "Ttl", "PT20M");
        assertThat(console.attribute(SQUARE, "Ttl")).isEqualTo("20m");
        assertThat(console.attribute(SQUARE, "MaximumBytes")).isEqualTo("1MB");

        assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(350L);
        assertThat(console.attribute(SQUARE, "EvictionCount")).isEqualTo(50L);
        assertThat(console.attribute(SQUARE, "MissCount")).isEqualTo(400L);
        assertThat(console.attribute(SQUARE, "InvalidationCount")).isEqualTo(0L);
        beat(jvm, 400);
        assertThat(console.attribute(SQUARE, "HitCount")).isEqualTo(350L);
      }
      end(jvm);
    }
  }

  @EachJdk
  void clear_dryAndReal_saysWhatItDoes(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      beat(jvm, 20);
      try (Console console = console(jvm)) {
        assertThat(console.invoke(SQUARE, "clear", true)).asString().contains("20");
        assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(20L);
        assertThat(console.invoke(SQUARE, "clear", false)).asString().contains("20");
        assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(0L);
        assertThat(console.attribute(SQUARE, "InvalidationCount")).isEqualTo(20L);
      }
      assertThat(call(jvm, 1)).isEqualTo(21);
      end(jvm);
    }
  }
}
