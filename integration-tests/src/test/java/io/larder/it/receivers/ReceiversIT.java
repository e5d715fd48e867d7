package io.larder.it.receivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.receivers.DroppedInstances;
import io.larder.it.apps.receivers.FirstInstances;
import io.larder.it.apps.receivers.Receivers;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

class ReceiversIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @EachJdk
  void twoInstances_sameArgument_shareOnlyWhatIsDeclared(Jdk jdk) {
    Map<String, String> facts =
        Jvm.of(jdk).agent().testClasses().main(Receivers.class).run().requireSuccess().facts();
    facts.remove("acquainted");

    assertThat(facts.remove("lateSecond.bodies")).isIn("2", "3");
    assertThat(facts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("separate", "left1 right1 left1 right1 left2"),
                Map.entry("separate.bodies", "3"),
                Map.entry("lateSecond", "first1 first1 second1 first1"),
                Map.entry("equalButSeparate", "one1 two1 one1"),
                Map.entry("equalButSeparate.bodies", "2"),
                Map.entry("interchangeable", "2 2 4"),
                Map.entry("interchangeable.bodies", "2"),
                Map.entry("equal", "6 6 7 7"),
                Map.entry("equal.bodies", "3"),
                Map.entry("subclass", "parent1 child1 parent1 child1"),
                Map.entry("subclass.bodies", "2")));
  }

  /** Threads make the first instances of a class at the same moment, many times over. */
  @EachJdk
  void firstInstances_atTheSameMoment_neverSeeEachOthersResults(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .testClasses()
            .main(FirstInstances.class)
            .arguments(
                Jvm.locationOf(Jvm.class).toUri().toString(), Jvm.annotations().toUri().toString())
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("wrong", "0")
        .containsEntry("right", Integer.toString(60 * 4 * 300));
    assertThat(outcome.stderr()).doesNotContain("WARN", "ERROR");
  }

  /** Counts live objects from outside, so that nothing in the process can hide them. */
  @EachJdk
  void tenThousandInstances_dropped_areCollectedWithTheirResults(Jdk jdk) {
    try (RunningJvm jvm = Jvm.of(jdk).agent().testClasses().main(DroppedInstances.class).start()) {
      assertThat(jvm.awaitLine("^sum=(.*)", SOON).group(1)).isEqualTo("100010000");
      assertThat(jvm.awaitLine("^bodies=(.*)", SOON).group(1)).isEqualTo("10002");
      jvm.awaitLine("^ready=true", SOON);

      // The one that the application still holds may stay, with its one result; what dies with an
      // instance is swept up soon after, hence the patience.
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(300))
          .untilAsserted(
              () -> {
                assertThat(liveObjects(jdk, jvm, DroppedInstances.class.getName() + "$Dropped"))
                    .isLessThanOrEqualTo(1);
                assertThat(liveObjects(jdk, jvm, DroppedInstances.class.getName() + "$Result"))
                    .isLessThanOrEqualTo(1);
                assertThat(liveLarderObjectsOfOneClass(jdk, jvm)).isLessThan(5_000);
              });

      jvm.writeLine("");
      assertThat(jvm.awaitLine("^bodiesOfAll=(.*)", SOON).group(1)).isEqualTo("10002");
      jvm.waitFor(SOON).requireSuccess();
    }
  }

  private static long liveObjects(Jdk jdk, RunningJvm jvm, String type) {
    return histogram(jdk, jvm)
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(columns -> columns.length >= 4 && columns[3].equals(type))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }

  /** A leak of 10,000 of anything of ours, or of a library we pack, shows here. */
  private static long liveLarderObjectsOfOneClass(Jdk jdk, RunningJvm jvm) {
    return histogram(jdk, jvm)
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(
            columns ->
                columns.length >= 4
                    && Arrays.stream(new String[] {"larder", "Larder", "caffeine", "Weak"})
                        .anyMatch(columns[3]::contains))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .max()
        .orElse(0);
  }

  private static String histogram(Jdk jdk, RunningJvm jvm) {
    return Jvm.runTool(jdk, "jcmd", Map.of(), Long.toString(jvm.pid()), "GC.class_histogram")
        .requireSuccess()
        .stdout();
  }
}
