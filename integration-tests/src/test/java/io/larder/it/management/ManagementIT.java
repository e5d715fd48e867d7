package io.larder.it.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.management.Managed;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/** What an operator sees and does in a console. */
class ManagementIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LARDER = "io.larder:type=Larder";
  private static final String SQUARE = "io.larder:type=Cache,name=managed.square";
  private static final String FAILING = "io.larder:type=Cache,name=managed.failing";

  @EachJdk
  void beans_afterTheFirstCachedCall_appear(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent());
        Console console = Console.attachTo(jvm)) {
      assertThat(console.beans("io.larder:*")).isEmpty();

      call(jvm, 1);

      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(console.beans("io.larder:*")).containsExactly(SQUARE, LARDER));
      jvm.writeLine("fail");
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(console.beans("io.larder:*"))
                      .containsExactly(FAILING, SQUARE, LARDER));
      end(jvm);
    }
  }

  @EachJdk
  void statistics_afterCalls_count(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      call(jvm, 1);
      call(jvm, 1);
      call(jvm, 1);
      call(jvm, 2);
      jvm.writeLine("fail");
      jvm.awaitLine("^failed=failing 1", SOON);
      try (Console console = console(jvm)) {
        assertThat(console.attribute(SQUARE, "HitCount")).isEqualTo(2L);
        assertThat(console.attribute(SQUARE, "MissCount")).isEqualTo(2L);
        assertThat(console.attribute(SQUARE, "LoadCount")).isEqualTo(2L);
        assertThat(console.attribute(SQUARE, "LoadFailureCount")).isEqualTo(0L);
        assertThat(console.attribute(SQUARE, "PutCount")).isEqualTo(2L);
        assertThat(console.attribute(SQUARE, "EvictionCount")).isEqualTo(0L);
        assertThat(console.attribute(SQUARE, "ExpiryCount")).isEqualTo(0L);
        assertThat(console.attribute(SQUARE, "InvalidationCount")).isEqualTo(0L);
        assertThat(console.attribute(SQUARE, "CoalescedCount")).isEqualTo(0L);
        assertThat(console.attribute(SQUARE, "HitRatio")).isEqualTo(0.5);
        assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(2L);
        assertThat((String[]) console.attribute(SQUARE, "Methods"))
            .singleElement()
            .asString()
            .contains("Managed.square(int)");
        assertThat(console.attribute(FAILING, "LoadFailureCount")).isEqualTo(1L);
        assertThat(console.attribute(LARDER, "CacheCount")).isEqualTo(2);
        assertThat(console.attribute(LARDER, "HitCount")).isEqualTo(2L);
        assertThat(console.attribute(LARDER, "InstrumentedMethodCount")).isEqualTo(2);
        assertThat(console.attribute(LARDER, "InstrumentationFailureCount")).isEqualTo(0);
      }
      end(jvm);
    }
  }

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
  void settings_set_takeEffectAndWrongOnesAreExplained(Jdk jdk) throws JMException {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      jvm.writeLine("beat 400");
      jvm.awaitLine("^beaten=400", SOON);
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
                "Ttl must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or"
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
      jvm.writeLine("beat 400");
      jvm.awaitLine("^beaten=400", SOON);
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
        jvm.writeLine("beat 400");
        jvm.awaitLine("^beaten=400", SOON);
        assertThat(console.attribute(SQUARE, "HitCount")).isEqualTo(350L);
      }
      end(jvm);
    }
  }

  @EachJdk
  void clear_dryAndReal_saysWhatItDoes(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      jvm.writeLine("beat 20");
      jvm.awaitLine("^beaten=20", SOON);
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

  @EachJdk
  void description_ofEachBean_isComplete(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent())) {
      call(jvm, 1);
      try (Console console = console(jvm)) {
        for (String bean : List.of(SQUARE, LARDER)) {
          MBeanInfo info = console.info(bean);
          assertThat(info.getDescription()).isNotBlank();
          assertThat(info.getAttributes()).allSatisfy(ManagementIT::isDescribed);
          assertThat(info.getOperations()).allSatisfy(ManagementIT::isDescribed);
          assertThat(info.getOperations())
              .flatExtracting(operation -> Arrays.asList(operation.getSignature()))
              .allSatisfy(ManagementIT::isDescribed);
          assertThat(info.getAttributes())
              .allSatisfy(
                  attribute ->
                      assertThat(console.attribute(bean, attribute.getName()))
                          .as(attribute.getName())
                          .isNotNull());
        }
        MBeanOperationInfo clear =
            Arrays.stream(console.info(SQUARE).getOperations())
                .filter(operation -> operation.getName().equals("clear"))
                .findFirst()
                .orElseThrow();
        assertThat(clear.getSignature())
            .extracting(MBeanParameterInfo::getName)
            .containsExactly("dryRun");
      }
      end(jvm);
    }
  }

  @EachJdk
  void managementOff_noBeans_methodsAreCached(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent().agentArguments("management=off"))) {
      assertThat(call(jvm, 1)).isEqualTo(1);
      assertThat(call(jvm, 1)).isEqualTo(1);
      try (Console console = Console.attachTo(jvm)) {
        await()
            .during(Duration.ofSeconds(3))
            .atMost(SOON)
            .until(() -> console.beans("io.larder:*").isEmpty());
      }
      end(jvm);
    }
  }

  @EachJdk
  void managementReadOnly_changes_areRefused(Jdk jdk) {
    try (RunningJvm jvm = start(Jvm.of(jdk).agent().agentArguments("management=read-only"))) {
      call(jvm, 1);
      try (Console console = console(jvm)) {
        assertThat(console.attribute(SQUARE, "MissCount")).isEqualTo(1L);
        assertThatThrownBy(() -> console.set(SQUARE, "Enabled", false))
            .hasStackTraceContaining("read-only");
        assertThatThrownBy(() -> console.invoke(SQUARE, "clear", false))
            .hasStackTraceContaining("read-only");
        assertThat(console.attribute(SQUARE, "MemoryEntries")).isEqualTo(1L);
      }
      end(jvm);
    }
  }

  private static void isDescribed(MBeanFeatureInfo feature) {
    assertThat(feature.getName()).matches("[A-Za-z][A-Za-z0-9]+").isNotEqualTo("p0");
    assertThat(feature.getDescription()).as(feature.getName()).hasSizeGreaterThan(10);
  }

  private static RunningJvm start(Jvm jvm) {
    RunningJvm started = jvm.testClasses().main(Managed.class).start();
    started.awaitLine("^ready=true", SOON);
    return started;
  }

  /** Attaches and waits until the beans are there. */
  private static Console console(RunningJvm jvm) {
    Console console = Console.attachTo(jvm);
    await()
        .atMost(SOON)
        .until(() -> console.beans("io.larder:*").containsAll(List.of(SQUARE, LARDER)));
    return console;
  }

  /** Calls once and answers how often the body has run so far. */
  private static int call(RunningJvm jvm, int number) {
    jvm.writeLine("call " + number);
    return Integer.parseInt(jvm.awaitLine("^bodies=(.*)", SOON).group(1));
  }

  private static void end(RunningJvm jvm) {
    jvm.writeLine("");
    jvm.waitFor(SOON).requireSuccess();
  }
}
