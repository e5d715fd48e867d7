package io.larder.it.refused;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.it.apps.platform.Small;
import io.larder.it.apps.refused.RefusedMethods;
import io.larder.it.apps.refused.SharedNames;
import io.larder.it.apps.refused.WrongAnnotations;
import io.larder.it.jvm.EachJdk;
import io.larder.it.jvm.Jdk;
import io.larder.it.jvm.Jvm;
import io.larder.it.jvm.Outcome;
import io.larder.it.jvm.SourceCode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be cached works as without Larder, and the reason is said once. */
class RefusedIT {

  private static final String CONSUMED = " can be consumed only once; return a collection";
  private static final String LATER =
      " has no result yet when it is returned; cache the method that computes it";
  private static final String OPEN = " is an open resource; return what it is read into";

  @TempDir private Path directory;

  @EachJdk
  void uncacheableMethods_annotated_areRefusedWithTheReason(Jdk jdk) {
    Outcome outcome = run(jdk, RefusedMethods.class);

    assertThat(outcome.facts())
        .isEqualTo(
            Jvm.of(jdk)
                .testClasses()
                .main(RefusedMethods.class)
                .run()
                .requireSuccess()
                .facts()
                .entrySet()
                .stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        fact ->
                            fact.getKey().equals("closeablePublic.bodies")
                                ? "1"
                                : fact.getValue())));
    String prefix = "[larder] WARN " + RefusedMethods.class.getName();
    assertThat(outcome.larderLines())
        .containsExactlyInAnyOrder(
            prefix
                + "$Refused#nothing() stays uncached: it returns nothing that could be cached"
                + " (void)",
            prefix + result("stream()", "java.util.stream.Stream", "a stream" + CONSUMED),
            prefix + result("intStream()", "java.util.stream.IntStream", "a stream" + CONSUMED),
            prefix + result("iterator()", "java.util.Iterator", "an iterator" + CONSUMED),
            prefix + result("spliterator()", "java.util.Spliterator", "a spliterator" + CONSUMED),
            prefix + result("enumeration()", "java.util.Enumeration", "an enumeration" + CONSUMED),
            prefix + result("inputStream()", "java.io.InputStream", "an input stream" + CONSUMED),
            prefix
                + result(
                    "byteArrayInput()",
                    "java.io.ByteArrayInputStream",
                    "an input stream" + CONSUMED),
            prefix + result("reader()", "java.io.Reader", "a reader" + CONSUMED),
            prefix
                + result(
                    "publisher()", "java.util.concurrent.Flow$Publisher", "a publisher" + LATER),
            prefix
                + result(
                    "submission()",
                    "java.util.concurrent.SubmissionPublisher",
                    "a publisher" + LATER),
            prefix
                + "$Refused#suspend(int, Continuation) stays"
                + " uncached: it is a Kotlin suspend function, which returns before it has a"
                + " result",
            prefix + result("future()", "java.util.concurrent.Future", "a future" + LATER),
            prefix
                + result(
                    "completable()", "java.util.concurrent.CompletableFuture", "a future" + LATER),
            prefix
                + result(
                    "resource()",
                    RefusedMethods.class.getName() + "$Resource",
                    "an AutoCloseable" + OPEN),
            prefix
                + result("autoCloseable()", "java.lang.AutoCloseable", "an AutoCloseable" + OPEN),
            prefix
                + "$Abstract#value(int) stays uncached: it is abstract; annotate the methods that"
                + " implement it, or name them in larder.yaml: "
                + RefusedMethods.class.getName()
                + "$Abstract+#value",
            prefix
                + "$NativeMethods#call(int) stays uncached: it is native; annotate a method that"
                + " calls it");
  }

  private static String result(String method, String type, String reason) {
    return "$Refused#"
        + method
        + " stays uncached: its result, "
        + type
        + ", is not cached: "
        + reason;
  }

  @EachJdk
  void wrongAnnotations_onMethods_areExplainedAndLeaveThemUncached(Jdk jdk) {
    Outcome outcome = run(jdk, WrongAnnotations.class);
    Map<String, String> reasons = new LinkedHashMap<>();
    String duration =
        " must be a duration such as \"250ms\", \"30s\", \"5m\", \"2h\", \"1d\" or \"PT30S\"";
    reasons.put("ttlUnit(int)", "ttl" + duration + ", or \"off\": \"5 parsecs\"");
    reasons.put("ttlNegative(int)", "ttl" + duration + ", or \"off\": \"-5s\"");
    reasons.put("ttlZero(int)", "ttl must be positive: \"0s\"");
    reasons.put("ttlEmpty(int)", "ttl" + duration + ", or \"off\": \"\"");
    reasons.put("negativeBound(int)", "maximumEntries must be positive, or 0 for no limit: -1");
    reasons.put(
        "bytesUnit(int)",
        "maximumBytes must be a size such as \"512KB\", \"64MB\" or \"1GB\", or \"off\": \"64"
            + " bananas\"");
    reasons.put(
        "name(int)",
        "name must be 1 to 200 letters, digits, '.', '_' or '-': \"a name, with: marks\"");
    reasons.put("waitAtMost(int)", "waitAtMost" + duration + ": \"soon\"");
    reasons.put(
        "keyAndIgnore(int, int)",
        "@CacheKey and @CacheIgnore contradict each other on one method; keep one of the two");
    reasons.put(
        "several(int)",
        "ttl"
            + duration
            + ", or \"off\": \"long\"; maximumEntries must be positive, or 0 for no limit: -7;"
            + " maximumBytes must be a size such as \"512KB\", \"64MB\" or \"1GB\", or \"off\":"
            + " \"much\"");

    assertThat(outcome.larderLines())
        .containsExactlyInAnyOrderElementsOf(
            reasons.entrySet().stream()
                .map(
                    reason ->
                        "[larder] WARN "
                            + WrongAnnotations.class.getName()
                            + "$Wrong#"
                            + reason.getKey()
                            + " stays uncached: "
                            + reason.getValue())
                .toList());
    Map<String, String> facts = outcome.facts();
    assertThat(facts.remove("right.bodies")).isEqualTo("1");
    assertThat(facts.entrySet().stream().filter(fact -> fact.getKey().endsWith(".bodies")))
        .hasSize(reasons.size())
        .allSatisfy(fact -> assertThat(fact.getValue()).as(fact.getKey()).isEqualTo("2"));
  }

  @EachJdk
  void sharedName_withOtherPolicy_isExplained(Jdk jdk) {
    Outcome outcome = run(jdk, SharedNames.class);

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "first", "first 1 first 1",
                "first.bodies", "1",
                "second", "second 1 second 1",
                "second.bodies", "1",
                "other", "other 1 other 1",
                "other.bodies", "1"));
    assertThat(outcome.larderLines())
        .containsExactly(
            "[larder] WARN Cache \"shared\": another method asks for ttl=2m, maximumEntries=7,"
                + " maximumBytes=off, waitAtMost=5s, and ttl=1m, maximumEntries=10000,"
                + " maximumBytes=off, waitAtMost=5s stays; give both the same values, or caches of"
                + " their own.");
  }

  @EachJdk
  void agentArguments_notUnderstood_areExplainedAndTheApplicationRuns(Jdk jdk) {
    Outcome outcome =
        Jvm.of(jdk)
            .agent()
            .agentArguments("colour=blue;enabled;log=loud;;management=read-only")
            .environment("LARDER_ENABLED", "perhaps")
            .testClasses()
            .main(Small.class)
            .run()
            .requireSuccess();

    assertThat(outcome.facts())
        .containsEntry("square", "49 49")
        .containsEntry("square.bodies", "1");
    assertThat(outcome.larderLines())
        .containsExactlyInAnyOrder(
            "[larder] WARN unknown agent argument \"colour\" is ignored; known: config, enabled, log,"
                + " management",
            "[larder] WARN agent argument \"enabled\" has no value and is ignored; write"
                + " enabled=...",
            "[larder] WARN agent argument log must be one of trace, debug, info, warn, error, off:"
                + " \"loud\"; info holds",
            "[larder] WARN environment variable LARDER_ENABLED must be one of true, false:"
                + " \"perhaps\"; true holds");
  }

  /** Methods at and beyond what a class file can hold once something is added. */
  @EachJdk
  void hugeMethods_atTheLimitsOfClassFiles_workCachedOrNot(Jdk jdk) {
    Path classes =
        SourceCode.compile(
            directory, Map.of("Huge.java", hugeSource()), "-cp", Jvm.annotations().toString());
    Outcome outcome = Jvm.of(jdk).agent().classPath(classes).main("Huge").run().requireSuccess();

    assertThat(outcome.facts())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("long", "6550 6550", "many", "124 124", "most", "127 127", "bodies", "1 2 2"));
    assertThat(outcome.larderLines())
        .containsExactlyInAnyOrder(
            "[larder] WARN Huge#tooLong(int) stays uncached: with the cache it would exceed the 64 KB"
                + " of a method; split it",
            "[larder] WARN Huge#most("
                + String.join(", ", Collections.nCopies(127, "long"))
                + ") stays uncached: it takes more than 250 words of arguments");
  }

  private static String hugeSource() {
    String increments = String.join("\n", Collections.nCopies(6_550, "number += step; s = 1;"));
    return """
        import io.larder.Cached;

        public class Huge {
          static int step = 1;
          static int s;
          static int longBodies;
          static int manyBodies;
          static int mostBodies;

          public static void main(String[] arguments) {
            System.out.println("long=" + tooLong(0) + " " + tooLong(0));
            System.out.println("many=" + many(%1$s) + " " + many(%1$s));
            System.out.println("most=" + most(%2$s) + " " + most(%2$s));
            System.out.println("bodies=" + manyBodies + " " + longBodies + " " + mostBodies);
          }

          @Cached
          static int tooLong(int number) {
            longBodies++;
            %3$s
            return number;
          }

          @Cached
          static long many(%4$s) {
            manyBodies++;
            return p0 + p123 + 123;
          }

          @Cached
          static long most(%5$s) {
            mostBodies++;
            return p0 + p126 + 126;
          }
        }
        """
        .formatted(ones(124), ones(127), increments, longs(124), longs(127));
  }

  private static String ones(int count) {
    return "1L" + ", 0L".repeat(count - 1);
  }

  private static String longs(int count) {
    return IntStream.range(0, count).mapToObj(i -> "long p" + i).collect(Collectors.joining(", "));
  }

  private static Outcome run(Jdk jdk, Class<?> application) {
    return Jvm.of(jdk).agent().testClasses().main(application).run().requireSuccess();
  }
}
