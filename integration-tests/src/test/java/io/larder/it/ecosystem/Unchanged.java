package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.it.jvm.Console;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.RunningJvm;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Runs an application that is cached by its {@code larder.yaml} alone, and as it is without Larder.
 * It prints {@code ready=true} when its calls are made, and ends with the next line it reads.
 */
final class Unchanged {

  static final Duration SOON = Duration.ofSeconds(30);

  private Unchanged() {}

  /**
   * Fails unless it says the same with the agent and without, and its caches were hit.
   *
   * @param application adds what is started
   * @param hits how many calls each cache answers
   */
  static void assertSameAndCached(Jdk jdk, UnaryOperator<Jvm> application, Map<String, Long> hits) {
    Outcome without = run(application.apply(Jvm.of(jdk)), jvm -> {});
    Outcome with =
        run(
            application.apply(Jvm.of(jdk).agent()),
            jvm -> {
              try (Console console = Console.attachTo(jvm)) {
                hits.forEach((cache, count) -> assertHits(console, cache, count));
              }
            });

    assertThat(without.facts()).containsEntry("annotations", "absent");
    assertThat(with.facts()).isEqualTo(without.facts());
    assertThat(with.larderLines())
        .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
  }

  private static Outcome run(Jvm application, Consumer<RunningJvm> look) {
    try (RunningJvm jvm = application.start()) {
      jvm.awaitLine("^ready=true", SOON);
      look.accept(jvm);
      jvm.writeLine("");
      return jvm.waitFor(SOON).requireSuccess();
    }
  }

  private static void assertHits(Console console, String cache, long count) {
    String bean = "io.larder:type=Cache,name=" + cache;
    await().atMost(SOON).until(() -> console.beans(bean).contains(bean));
    assertThat(console.attribute(bean, "HitCount")).as("hits of " + cache).isEqualTo(count);
  }
}
