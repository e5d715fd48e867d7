package io.larder.it.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.invalidation.Annotated;
import io.larder.it.apps.invalidation.AnnotatedRaces;
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

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("key.parameters", "read1v1read2v1twoa3v1 read1v2read2v1twoa3v1"),
                Map.entry("key.paths", "read1v2read2v2twoa3v2"),
                Map.entry("key.ofResult", "Product[id=101, name=new, brands=[]]read101v1"),
                Map.entry("key.ofResult.after", "read101v1 read102v1"),
                Map.entry("all", "read11v1read12v1 read11v2read12v2"),
                Map.entry("throws.kept", "read21v1"),
                Map.entry("throws.onFailure", "failed21read21v2"),
                Map.entry("before.inside", "read31v2"),
                Map.entry("before.after", "read31v2"),
                Map.entry("after.inside", "read31v2"),
                Map.entry("after.after", "read31v3"),
                Map.entry("kinds", "165.5read41v2"),
                Map.entry("tag.unknown", "false"),
                Map.entry("tag.argument", "true"),
                Map.entry("tag.before", "tagged1v1tagged2v1branded1v1branded2v1many2v1maybev1"),
                Map.entry(
                    "tag.afterArgument", "tagged1v2tagged2v1branded1v2branded2v1many2v2maybev1"),
                Map.entry("tag.result", "true"),
                Map.entry("tag.afterResult", "tagged1v2tagged2v1branded1v2branded2v2many2v2"),
                Map.entry(
                    "tag.afterMethod", "tagged1v2tagged2v2branded1v2branded2v3many2v3maybev2"),
                Map.entry("tag.inOneCache", "tagged2v2branded2v4"),
                Map.entry("tag.counted", "2"),
                Map.entry("tag.unreadable", "unreadablev2"),
                Map.entry("put.beforeFirstCall", "one one"),
                Map.entry("put.overwrites", "two two"),
                Map.entry("put.other", "named2v1"),
                Map.entry("put.ofResult", "101 three"),
                Map.entry("put.thrown", "failed two"),
                Map.entry("put.unless", " named1v1"),
                Map.entry("put.count", "2"),
                Map.entry("put.instances", "named1v2 of the other"),
                Map.entry("put.tag", "tagged found101v1"),
                Map.entry(
                    "untold.severalMethods",
                    "price1v1discount1v1priceOf1v1 price1v2discount1v2priceOf1v1"),
                Map.entry("untold.named", "price1v2newDiscount1"),
                Map.entry("untold.otherType", "price1v3discount1v3"),
                Map.entry("untold.otherInstance", "priceOf1v2free1v1"),
                Map.entry("told.interchangeable", "put1"),
                Map.entry("broken", "read1v3 5 read1v4"),
                Map.entry("broken.bodies", "0"),
                Map.entry("cachedToo", "20"),
                Map.entry("cachedToo.bodies", "2")));
    String app = "io.larder.it.apps.invalidation.Annotated";
    assertThat(outcome.larderLines())
        .containsExactlyInAnyOrder(
            "[larder] WARN "
                + app
                + "#misnamed(int) does not invalidate as annotated: key: there is no parameter"
                + " \"number\"; its parameters are id; all of the cache is forgotten",
            "[larder] WARN "
                + app
                + "#cachedToo(long) stays uncached: it invalidates (@CacheInvalidate), which it"
                + " would not do on a hit",
            "[larder] WARN "
                + app
                + "#unreadable(Annotated$Product): a result whose tags cannot be read is not"
                + " stored: "
                + app
                + "$Product has no property \"colour\"; it has: name, toString, hashCode, id,"
                + " brands",
            untold("newPrice(int)", "money")
                + "of several methods it may be the result; name one with resultOf: "
                + app
                + ".discount, "
                + app
                + ".price",
            untold("otherType(int)", "money") + "it is not what " + app + "#price(int) returns",
            untold("$Service#put(int)", "alone")
                + "it cannot be told of which instance, or with which tags, it is the result of "
                + app
                + "#priceOf(int); of a method with instances INTERCHANGEABLE it can",
            "[larder] INFO "
                + app
                + "#cachedToo(long) forgets all of cache \"reads\", not one result: no method that"
                + " is cached there has a key of such values");
  }

  private static String untold(String method, String cache) {
    return "[larder] INFO io.larder.it.apps.invalidation.Annotated"
        + (method.startsWith("$") ? "" : "#")
        + method
        + " does not store its result in cache \""
        + cache
        + "\", and forgets what is there for its key: ";
  }

  @EachJdk
  void annotations_whileOthersLoad_nothingOutdatedIsServed(Jdk jdk) {
    String seed = Long.toString(System.nanoTime());
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .testClasses()
            .main(AnnotatedRaces.class)
            .arguments(seed)
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .as(outcome.toString())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("seed", seed),
                Map.entry("byKey", "0"),
                Map.entry("all", "0"),
                Map.entry("byTag", "0"),
                Map.entry("byTagOfResult", "0"),
                Map.entry("before", "0"),
                Map.entry("put", "0"),
                Map.entry("facade", "0"),
                Map.entry("random.outdated", "0"),
                Map.entry("random.used", "true"),
                Map.entry("random.tags", "true")));
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
