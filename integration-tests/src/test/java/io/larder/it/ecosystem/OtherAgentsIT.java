package io.larder.it.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Another agent that changes the same methods, before ours and after it. */
class OtherAgentsIT {

  private static final String METHODS = "com.acme.woven.Shop[find,privateStock]";

  @TempDir private static Path classes;

  private static Path weaver = Path.of("");
  private static Path openTelemetry = Path.of("");

  @BeforeAll
  static void compile() {
    weaver = Libraries.only("aspectj");
    openTelemetry = Libraries.only("opentelemetry");
    Sources.compile("woven", List.of(weaver), classes);
  }

  @EachJdk
  void aspectJ_beforeLarder_adviceAndCacheBothWork(Jdk jdk) {
    assertAdvisedAndCached(aspectJ(Jvm.of(jdk)).agent());
  }

  @EachJdk
  void aspectJ_afterLarder_adviceAndCacheBothWork(Jdk jdk) {
    assertAdvisedAndCached(aspectJ(Jvm.of(jdk).agent()));
  }

  @EachJdk
  void openTelemetry_beforeLarder_spansAndCacheBothWork(Jdk jdk) {
    assertTracedAndCached(openTelemetry(Jvm.of(jdk)).agent());
  }

  @EachJdk
  void openTelemetry_afterLarder_spansAndCacheBothWork(Jdk jdk) {
    assertTracedAndCached(openTelemetry(Jvm.of(jdk).agent()));
  }

  /** AspectJ cannot change classes again, so the JVM asks it first, whatever the order. */
  private static void assertAdvisedAndCached(Jvm jvm) {
    Outcome outcome = run(jvm);

    assertThat(outcome.facts())
        .containsEntry("found", "<product 1> <product 1> <product 2>")
        .containsEntry("bodies", "2")
        .containsEntry("advised", "2");
  }

  private static void assertTracedAndCached(Jvm jvm) {
    Outcome outcome = run(jvm);

    assertThat(outcome.facts())
        .containsEntry("found", "product 1 product 1 product 2")
        .containsEntry("bodies", "2");
    assertThat(outcome.stdout() + outcome.stderr()).contains("'Shop.find'", "'Shop.privateStock'");
  }

  private static Outcome run(Jvm jvm) {
    Outcome outcome =
        jvm.classPath(classes, Jvm.annotations(), weaver)
            .main("com.acme.woven.Main")
            .run()
            .requireSuccess();

    assertThat(outcome.facts()).containsEntry("stock", "stock1-2 stock1-2");
    assertThat(outcome.larderLines())
        .noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    // The JVM's own warnings about what an agent does name its class or its jar.
    assertThat(outcome.stderr().lines().filter(line -> line.startsWith("WARNING:")))
        .noneMatch(line -> line.contains("larder"));
    assertThat(outcome.stderr()).doesNotContain("VerifyError", "LinkageError");
    return outcome;
  }

  private static Jvm aspectJ(Jvm jvm) {
    return jvm.agent(weaver);
  }

  private static Jvm openTelemetry(Jvm jvm) {
    return jvm.agent(openTelemetry)
        // Only what the test needs: the rest would cost seconds at each start.
        .systemProperty("otel.instrumentation.common.default-enabled", "false")
        .systemProperty("otel.instrumentation.methods.enabled", "true")
        .systemProperty("otel.instrumentation.methods.include", METHODS)
        .systemProperty("otel.traces.exporter", "console")
        .systemProperty("otel.metrics.exporter", "none")
        .systemProperty("otel.logs.exporter", "none");
  }
}
