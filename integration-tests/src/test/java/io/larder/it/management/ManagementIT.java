package io.larder.it.management;

import static io.larder.it.management.ManagedJvm.FAILING;
import static io.larder.it.management.ManagedJvm.LARDER;
import static io.larder.it.management.ManagedJvm.SOON;
import static io.larder.it.management.ManagedJvm.SQUARE;
import static io.larder.it.management.ManagedJvm.call;
import static io.larder.it.management.ManagedJvm.console;
import static io.larder.it.management.ManagedJvm.end;
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
import java.util.Arrays;
import java.util.List;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/** What an operator sees in a console. */
class ManagementIT {

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
            .contains("Managed#square(int)");
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
}
