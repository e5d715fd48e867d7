package io.larder.it.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.invalidation.Annotated;
import io.larder.it.apps.invalidation.Invalidation;
import io.larder.it.apps.invalidation.InvalidationStress;
import io.larder.it.apps.invalidation.Limits;
import io.larder.it.apps.invalidation.WithoutAgent;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.util.Map;

class InvalidationIT {

  @EachJdk
  void annotations_eachWay_forgetAndStore(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk).agent().testClasses().main(Annotated.class).run().requireSuccess();

    assertThat(outcome.facts()).containsExactlyInAnyOrderEntriesOf(Map.of());
  }

  @EachJdk
  void invalidate_throughTheFacade_nothingForgottenIsServed(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk).agent().testClasses().main(Invalidation.class).run().requireSuccess();

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("active", "true"),
                Map.entry("namesBefore", "[]"),
                Map.entry("unknownCache", "0 Optional.empty"),
                Map.entry("key.before", "find1v1 find2v1 a2v1 2v1 nullv1"),
                Map.entry("key.unknown", "0"),
                Map.entry("key.wrongType", "0"),
                Map.entry("key.wrongCount", "0"),
                Map.entry("key.forgotten", "1"),
                Map.entry("key.again", "0"),
                Map.entry("key.selected", "1"),
                Map.entry("key.array", "1"),
                Map.entry("key.null", "1"),
                Map.entry("key.after", "find1v2 find2v1 a2v2 2v2 nullv2"),
                Map.entry("cache.forgotten", "10"),
                Map.entry("cache.after", "one1v2 two1v1"),
                Map.entry("all.after", "one1v3 two1v3"),
                Map.entry("all.entries", "1"),
                Map.entry("instances.forgotten", "2"),
                Map.entry("instances.after", "find7v2 find7v2 "),
                Map.entry("statistics.thrown", "negative: -1"),
                Map.entry("statistics.hits", "4"),
                Map.entry("statistics.misses", "2"),
                Map.entry("statistics.loads", "2"),
                Map.entry("statistics.failures", "1"),
                Map.entry("statistics.invalidations", "1"),
                Map.entry("statistics.entries", "0"),
                Map.entry("statistics.names", "[counted, keys, one, two]"),
                Map.entry("itself", "forgot 00 forgot 00"),
                Map.entry("itself.bodies", "2"),
                Map.entry("inFlight.key", "v1 v2 v2"),
                Map.entry("inFlight.cache", "v1 v2 v2"),
                Map.entry("inFlight.all", "v1 v2 v2")));
  }

  @EachJdk
  void invalidate_whileOthersReadAndLoad_nothingOutdatedIsServed(Jdk jdk) {
    String seed = Long.toString(System.nanoTime());
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .testClasses()
            .main(InvalidationStress.class)
            .arguments(seed)
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .as(outcome.toString())
        .containsEntry("outdated", "0")
        .containsEntry("hitsAndMisses", "true");
  }

  @EachJdk
  void limits_underLoad_hold(Jdk jdk) {
    Outcome outcome = Jvm.of(jdk).agent().testClasses().main(Limits.class).run().requireSuccess();

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("bounded", "true"),
                Map.entry("bounded.notEmpty", "true"),
                Map.entry("bounded.evictions", "true"),
                Map.entry("heavy", "true"),
                Map.entry("heavy.notEmpty", "true"),
                Map.entry("expiry.reloaded", "true"),
                Map.entry("expiry.cached", "true"),
                Map.entry("expiry.inTime", "true"),
                Map.entry("expiry.counted", "true"),
                Map.entry("one.hits", Integer.toString(2_000_000 - 63)),
                Map.entry("one.misses", "64"),
                Map.entry("many.withinOneInThousand", "true"),
                Map.entry("many.monotonic", "true"),
                Map.entry("wrong", "0")));
  }

  @EachJdk
  void facade_withoutAgentOrSwitchedOff_answersAsIfThereWereNoCache(Jdk jdk) {
    Map<String, String> nothing =
        Map.of(
            "active", "false",
            "names", "[]",
            "statistics", "Optional.empty",
            "invalidate", "0",
            "invalidateCache", "0",
            "invalidateAll", "0");
    Jvm without = Jvm.of(jdk).testClasses().main(WithoutAgent.class);
    Jvm off =
        Jvm.of(jdk).agent().agentArguments("enabled=false").testClasses().main(WithoutAgent.class);

    assertThat(without.run().requireSuccess().facts()).isEqualTo(nothing);
    assertThat(off.run().requireSuccess().facts()).isEqualTo(nothing);
  }
}
