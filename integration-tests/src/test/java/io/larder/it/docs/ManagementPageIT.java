package io.larder.it.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.larder.it.apps.docs.Examples;
import io.larder.it.jvm.Console;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.RunningJvm;
import io.larder.runtime.redis.RedisServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;

/** The page about JMX against the MBeans of a running JVM, in both directions. */
class ManagementPageIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LARDER = "io.larder:type=Larder";
  private static final String PRICES = "io.larder:type=Cache,name=prices";

  private final Page page = Page.of("docs/management.md");

  @EachJdk
  void attributesAndOperations_areThoseOfThePage(Jdk jdk) {
    try (RunningJvm jvm = start(jdk);
        Console console = console(jvm)) {
      assertDocumented(console.info(LARDER), page.section("## `" + LARDER + "`"));
      assertDocumented(
          console.info(PRICES), page.section("## `io.larder:type=Cache,name=<cache>`"));
    }
  }

  @EachJdk
  void attributesAndOperations_ofRedis_areThoseOfThePage(Jdk jdk) {
    try (RedisServer redis = RedisServer.start();
        RunningJvm jvm = start(jdk, "-Dlarder.redis.uri=" + redis.uri());
        Console console = console(jvm)) {
      String tier = PRICES + ",tier=redis";
      String backend = "io.larder:type=Backend,name=redis";
      await()
          .atMost(SOON)
          .until(() -> console.beans("io.larder:*").containsAll(List.of(tier, backend)));
      assertDocumented(
          console.info(tier), page.section("## `io.larder:type=Cache,name=<cache>,tier=redis`"));
      assertDocumented(console.info(backend), page.section("## `" + backend + "`"));
    }
  }

  @EachJdk
  void valuesInThePages_areTaken_andTheRefusalIsTheOneQuoted(Jdk jdk) throws JMException {
    Page caching = Page.of("docs/caching.md");
    List<String> durations = Page.code(caching.line("Durations:"));
    List<String> sizes = Page.code(caching.line("Sizes:"));
    String refusal = page.line("`ttl must be a duration").replaceAll("^`|`\\.$", "");
    try (RunningJvm jvm = start(jdk);
        Console console = console(jvm)) {
      for (String duration : durations) {
        console.set(PRICES, "Ttl", duration);
        assertThat(console.attribute(PRICES, "TtlSeconds")).isNotEqualTo(-1.0);
      }
      console.set(PRICES, "Ttl", "off");
      assertThat(console.attribute(PRICES, "TtlSeconds")).isEqualTo(-1.0);
      assertThat(console.attribute(PRICES, "MemoryBytes")).isEqualTo(-1L);
      for (String size : sizes) {
        console.set(PRICES, "MaximumBytes", size);
        assertThat(console.attribute(PRICES, "MaximumBytes")).isEqualTo(size);
      }
      assertThatThrownBy(() -> console.set(PRICES, "Ttl", "xx")).hasMessage(refusal);
      assertThat((String[]) console.attribute(LARDER, "RecentEvents"))
          .anyMatch(line -> line.contains("ttl set through JMX") && line.contains("before:"));
      assertThat(console.invoke(PRICES, "clear", true)).asString().startsWith("Would remove");
      assertThat(console.invoke(LARDER, "clearAll", "clear all")).asString().startsWith("Removed");
    }
  }

  private static void assertDocumented(MBeanInfo info, Page section) {
    Map<String, Boolean> documented = new TreeMap<>();
    for (List<String> row : section.table()) {
      for (String name : Page.code(row.get(0))) {
        assertThat(documented.put(name, row.get(1).equals("yes"))).as(name).isNull();
      }
    }
    Map<String, Boolean> there =
        Arrays.stream(info.getAttributes())
            .collect(
                Collectors.toMap(
                    MBeanFeatureInfo::getName,
                    MBeanAttributeInfo::isWritable,
                    (one, other) -> one,
                    TreeMap::new));
    List<String> operations =
        Arrays.stream(info.getOperations())
            .map(
                operation ->
                    Arrays.stream(operation.getSignature())
                        .map(MBeanFeatureInfo::getName)
                        .collect(Collectors.joining(", ", operation.getName() + "(", ")")))
            .toList();

    assertThat(documented).isEqualTo(there);
    assertThat(Page.code(section.line("Operation")).stream().filter(code -> code.endsWith(")")))
        .containsExactlyInAnyOrderElementsOf(operations);
  }

  private static RunningJvm start(Jdk jdk, String... options) {
    RunningJvm jvm = Jvm.of(jdk).agent().option(options).testClasses().main(Examples.class).start();
    jvm.awaitLine("^ready=true", SOON);
    return jvm;
  }

  private static Console console(RunningJvm jvm) {
    Console console = Console.attachTo(jvm);
    await()
        .atMost(SOON)
        .until(() -> console.beans("io.larder:*").containsAll(List.of(LARDER, PRICES)));
    return console;
  }
}
