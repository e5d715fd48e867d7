package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.larder.agent.rules.Rule;
import io.larder.agent.weaving.WeavingOutcome;
import io.larder.runtime.config.MethodPattern;
import io.larder.runtime.config.MethodRule;
import io.larder.runtime.logging.Log;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeavingLogTest {

  private static final Rule RULE = rule("com.acme.Shop#price");

  private final WeavingLog log = new WeavingLog();
  private final String method = "com.acme.Shop" + UUID.randomUUID() + ".price()J";

  @BeforeEach
  void keepStandardErrorClean() {
    Log.setLevel("off");
  }

  @AfterEach
  void restore() {
    Log.setLevel("info");
  }

  @Test
  void rejected_new_isListedAndLogged() {
    rejected(method, "it is native");

    assertThat(log.rejectedMethods()).containsExactly(method + " stays uncached: it is native");
    assertThat(loggedLines())
        .singleElement()
        .asString()
        .endsWith("WARN " + method + " stays uncached: it is native");
  }

  @Test
  void rejected_sameTextAgain_onlyOnce() {
    rejected(method, "it is native");
    rejected(method, "it is native");

    assertThat(log.rejectedMethods()).hasSize(1);
    assertThat(loggedLines()).hasSize(1);
  }

  @Test
  void rejected_sameMethodForAnotherReason_isListedToo() {
    rejected(method, "it is native");
    rejected(method, "it is abstract");

    assertThat(log.rejectedMethods()).hasSize(2);
  }

  @Test
  void replace_ofTheSameClass_forgetsWhatWasKnown() {
    rejected(method, "it is native");
    log.replace(null, className(method) + "it is native", List.of());

    assertThat(log.rejectedMethods()).isEmpty();
    assertThat(log.all()).isEmpty();
  }

  @Test
  void rejected_byARule_saysWhereItStands() {
    log.replace(
        null,
        className(method),
        List.of(
            new WeavingOutcome(method, method, RULE, WeavingOutcome.Kind.REFUSED, "it is native")));

    assertThat(log.rejectedMethods())
        .containsExactly(method + " stays uncached: it is native (larder.yaml:7)");
  }

  @Test
  void rejected_reachedByWildcardsOnly_isListedAndNotWarnedOf() {
    Rule wildcards = rule("com.acme.*#pri*");
    log.replace(
        null,
        className(method),
        List.of(
            new WeavingOutcome(
                method, method, wildcards, WeavingOutcome.Kind.REFUSED, "it is native")));

    assertThat(log.rejectedMethods()).hasSize(1);
    assertThat(loggedLines()).isEmpty();
  }

  @Test
  void unreadable_class_isListed() {
    log.unreadable("com.acme.Broken", new IllegalStateException("short"));
    log.unreadable("com.acme.Broken", new IllegalStateException("short"));

    assertThat(log.rejectedMethods())
        .containsExactly(
            "com.acme.Broken stays uncached: its class file could not be read:"
                + " java.lang.IllegalStateException: short");
  }

  @Test
  void isWoven_onlyWithAMethodThatIs() {
    assertThat(log.isWoven(WeavingLogTest.class)).isFalse();
    log.replace(
        WeavingLogTest.class.getClassLoader(),
        WeavingLogTest.class.getName(),
        List.of(outcome("m()I", WeavingOutcome.Kind.REFUSED, "it is native")));
    assertThat(log.isWoven(WeavingLogTest.class)).isFalse();
    log.replace(
        WeavingLogTest.class.getClassLoader(),
        WeavingLogTest.class.getName(),
        List.of(outcome("m()I", WeavingOutcome.Kind.INVALIDATES, "prices")));
    assertThat(log.isWoven(WeavingLogTest.class)).isTrue();
  }

  @Test
  void woven_isCountedOnceForEachMethod() {
    woven(method);
    woven(method);
    woven(method + "2");

    assertThat(log.wovenMethods()).isEqualTo(2);
    assertThat(log.rejectedMethods()).isEmpty();
  }

  @Test
  void rejectedMethods_isOfOneMoment() {
    List<String> before = log.rejectedMethods();
    rejected(method, "it is native");

    assertThat(before).isEmpty();
    assertThatThrownBy(() -> before.add("more")).isInstanceOf(UnsupportedOperationException.class);
  }

  private static Rule rule(String pattern) {
    return new Rule(
        "prices",
        new MethodRule(MethodPattern.parse(pattern), null, null, List.of(), 7),
        Rule.Purpose.CACHE,
        "larder.yaml:7");
  }

  private static String className(String method) {
    return method.substring(0, Math.max(0, method.lastIndexOf('.')));
  }

  private static WeavingOutcome outcome(String method, WeavingOutcome.Kind kind, String detail) {
    return new WeavingOutcome(method, method, null, kind, detail);
  }

  private void rejected(String rejected, String reason) {
    // Each in a class of its own, as what is known of a class is replaced.
    log.replace(
        null,
        className(rejected) + reason,
        List.of(outcome(rejected, WeavingOutcome.Kind.REFUSED, reason)));
  }

  private void woven(String woven) {
    log.replace(
        null, className(woven), List.of(outcome(woven, WeavingOutcome.Kind.CACHED, "prices")));
  }

  private List<String> loggedLines() {
    return Log.recentLines().stream().filter(line -> line.contains(method)).toList();
  }
}
