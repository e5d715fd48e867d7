package io.larder.it.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.concurrency.Carriers;
import io.larder.it.apps.concurrency.Overflow;
import io.larder.it.apps.concurrency.Recursion;
import io.larder.it.apps.concurrency.Rings;
import io.larder.it.apps.concurrency.SingleFlight;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import java.util.List;
import java.util.Map;

class ConcurrencyIT {

  @EachJdk
  void recursion_ofAllKinds_endsWithTheRightResult(Jdk jdk) {
    Outcome outcome = run(jdk, Recursion.class);

    assertThat(outcome.facts())
        .containsEntry("fib", "23416728348467685 23416728348467685")
        .containsEntry("fib.bodies", "81")
        .containsEntry("staticFib", "259695496911122585 160500643816367088")
        .containsEntry("staticFib.bodies", "86")
        .containsEntry("sameKey", "8 8")
        .containsEntry("sameKey.bodies", "4")
        .containsEntry("mutual", "true true")
        .containsEntry("mutual.bodies", "16")
        .containsEntry("selfHashing", "3")
        .containsEntry("badHash", "described described")
        .containsEntry("badHash.bodies", "2")
        .containsEntry("badEquals", "described described")
        .containsEntry("badEquals.bodies", "2")
        .containsEntry("parallel", "1066000 1066000")
        .containsEntry("manyThreads", "[4660046610375530308]");
    for (String cache : List.of("bad-hash", "bad-equals")) {
      assertThat(outcome.larderLines().stream().filter(line -> line.contains(cache)))
          .as("a key that cannot be used is reported once, without what it says of itself")
          .singleElement()
          .asString()
          .startsWith("[larder] WARN Cache \"" + cache + "\": ")
          .contains("java.lang.IllegalStateException at " + Recursion.class.getName())
          .doesNotContain("today");
    }
  }

  @EachJdk
  void rings_threadsLoadEachOthersKeys_allFinish(Jdk jdk) {
    assertThat(run(jdk, Rings.class).facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ring2", "20"),
                Map.entry("twoCaches2", "20"),
                Map.entry("locked2", "20"),
                Map.entry("ring3", "20"),
                Map.entry("twoCaches3", "20"),
                Map.entry("locked3", "20"),
                Map.entry("ring7", "20"),
                Map.entry("twoCaches7", "20"),
                Map.entry("locked7", "20"),
                Map.entry("lockOrder", "1 1")));
  }

  @EachJdk
  void singleFlight_concurrentMisses_shareOneLoad(Jdk jdk) {
    assertThat(run(jdk, SingleFlight.class).facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("once.results", "21 [shared 1]"),
                Map.entry("once.bodies", "1"),
                Map.entry("once.coalesced", "20"),
                Map.entry("once.loads", "1"),
                Map.entry("failing.failures", "21"),
                Map.entry("failing.distinct", "[java.lang.IllegalStateException: failed 1]"),
                Map.entry("failing.bodies", "1"),
                Map.entry("handedOver.interruptions", "1"),
                Map.entry("handedOver.results", "20 [result 1]"),
                Map.entry("handedOver.bodies", "2"),
                Map.entry("waiter.results", "21 [result 1]"),
                Map.entry("waiter.flags", "1"),
                Map.entry("before.flag", "true"),
                Map.entry("before.result", "plain 1plain 1"),
                Map.entry("before.bodies", "1"),
                Map.entry("impatient.bodies", "2"),
                Map.entry("impatient.leaderStillIn", "true"),
                Map.entry("impatient.results", "[result 1, result 1]")));
  }

  @EachJdk
  void stackOverflow_insideCachedCalls_leavesNoKeyBehind(Jdk jdk) {
    Outcome outcome = run(jdk, Overflow.class);

    assertThat(outcome.facts())
        .as(outcome.toString())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "overflowed", "true",
                "otherFinished", "true",
                "wrongInOther", "[]",
                "wrongInSame", "[]",
                "bodies", Integer.toString(20 * 2_000)));
  }

  /** On one carrier: a waiter that pins it would keep the load from ever ending. */
  @EachJdk
  void waiting_virtualThreads_doesNotPinTheirCarrier(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .option("-Djdk.virtualThreadScheduler.parallelism=1")
            .option("-Djdk.virtualThreadScheduler.maxPoolSize=1")
            .testClasses()
            .main(Carriers.class)
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "virtual", Boolean.toString(jdk.feature() >= 21),
                "answered", "201",
                "bodies", "1",
                "coalesced", "200"));
  }

  private static Outcome run(Jdk jdk, Class<?> application) {
    return Jvm.of(jdk).agent().testClasses().main(application).run().requireSuccess();
  }
}
