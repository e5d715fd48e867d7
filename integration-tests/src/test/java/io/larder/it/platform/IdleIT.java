package io.larder.it.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.management.Managed;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

class IdleIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern OWN_THREAD =
      Pattern.compile("^\"(larder-[^\"]+)\" .*?daemon .*?cpu=([0-9.]+)ms", Pattern.MULTILINE);

  /** Two looks, two seconds apart, at the CPU time of each of Larder's threads. */
  @EachJdk
  void threads_afterTheLastCall_useNoMoreCpu(Jdk jdk) {
    try (RunningJvm jvm = Jvm.of(jdk).agent().testClasses().main(Managed.class).start()) {
      jvm.awaitLine("^ready=true", SOON);
      assertThat(cpuTimes(jdk, jvm))
          .as("threads before the first cached method")
          .allMatch(thread -> thread.startsWith("larder-housekeeper-"));
      jvm.writeLine("call 1");
      jvm.awaitLine("^bodies=1", SOON);

      AtomicReference<List<String>> before = new AtomicReference<>(List.of());
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(
              () -> {
                List<String> now = cpuTimes(jdk, jvm);
                List<String> last = before.getAndSet(now);
                assertThat(now).isNotEmpty().isEqualTo(last);
              });
      jvm.writeLine("");
      jvm.waitFor(SOON).requireSuccess();
    }
  }

  private static List<String> cpuTimes(Jdk jdk, RunningJvm jvm) {
    return OWN_THREAD
        .matcher(
            Jvm.runTool(jdk, "jcmd", Map.of(), Long.toString(jvm.pid()), "Thread.print")
                .requireSuccess()
                .stdout())
        .results()
        .map(thread -> thread.group(1) + " " + thread.group(2))
        .sorted()
        .toList();
  }
}
