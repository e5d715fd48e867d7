package io.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.agent.rules.Rule;
import io.larder.agent.rules.Rules;
import io.larder.agent.weaving.WeavingOutcome;
import io.larder.agent.weaving.WeavingOutcome.Kind;
import io.larder.runtime.CallReport;
import io.larder.runtime.management.AgentControl.MethodState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final String ID = "com.acme.Dao.find(J)I";
  private static final String METHOD = "com.acme.Dao#find(long)";
  private static final Rules FIND = rules("caches:\n  prices:\n    methods: com.acme.Dao#find");

  private static Rules rules(String yaml) {
    return Rules.of(Configurations.of(yaml), "larder.yaml");
  }

  private static List<MethodState> explain(
      Rules rules, List<WeavingOutcome> outcomes, CallReport... reports) {
    return new Explanation(rules, outcomes, List.of(reports), rule -> null).methods();
  }

  private static MethodState ofAnnotated(Kind kind, String detail, CallReport... reports) {
    List<MethodState> states =
        explain(Rules.NONE, List.of(new WeavingOutcome(ID, METHOD, null, kind, detail)), reports);
    assertThat(states).hasSize(1);
    return states.get(0);
  }

  private static MethodState ofCached(CallReport... reports) {
    return ofAnnotated(Kind.CACHED, "prices", reports);
  }

  private static CallReport report(long hits, long misses, long puts, long dropped) {
    return new CallReport(
        ID,
        "prices",
        true,
        hits,
        misses,
        puts,
        puts - dropped,
        dropped,
        42,
        /* identityClass= */ null,
        /* whyLocal= */ null,
        /* offered= */ 0,
        /* notStorable= */ 0,
        /* whyNotStorable= */ null);
  }

  private static MethodState annotated(String state, String cache, String reason) {
    return new MethodState(METHOD, "@Cached", state, cache, reason);
  }

  @Test
  void cached_serving_saysWhatItSaves() {
    assertThat(ofCached(report(900, 100, 100, 0)))
        .isEqualTo(annotated("SERVING", "prices", "900 hits in 1000 calls, 42 ms saved"));
    assertThat(ofCached(report(0, 99, 99, 0)).state()).as("too early to say").isEqualTo("SERVING");
    assertThat(ofCached(report(1, 100, 100, 0)).state()).isEqualTo("SERVING");
  }

  @Test
  void cached_notCalled() {
    CallReport other =
        new CallReport(
            "com.acme.Dao.find(I)I", "prices", true, 1, 1, 1, 1, 0, 0, null, null, 0, 0, null);
    assertThat(ofCached(other))
        .isEqualTo(annotated("NOT CALLED", "prices", "woven, and not called since"));
  }

  @Test
  void cached_switchedOff() {
    assertThat(
            ofCached(
                new CallReport(ID, "prices", false, 0, 500, 9, 0, 9, 0, null, null, 0, 0, null)))
        .isEqualTo(
            annotated(
                "OFF", "prices", "woven, and its cache or Larder as a whole is switched off"));
  }

  @Test
  void cached_argumentWithoutEquals_namesItsClass() {
    assertThat(
            ofCached(
                new CallReport(
                    ID, "prices", true, 0, 5, 5, 5, 0, 0, "com.acme.User", null, 0, 0, null)))
        .isEqualTo(
            annotated(
                "IDENTITY KEYS",
                "prices",
                "com.acme.User has no equals of its own, so each of its objects is another key;"
                    + " name what counts of it as the key, or give it equals and hashCode"));
  }

  @Test
  void cached_staysLocal_saysWhy() {
    String why = "java.lang.Thread is none of the JDK's classes that are stored";
    assertThat(
            ofCached(new CallReport(ID, "prices", true, 9, 1, 1, 1, 0, 42, null, why, 0, 0, null)))
        .isEqualTo(
            annotated(
                "SERVING",
                "prices",
                "9 hits in 10 calls, 42 ms saved; its results stay in this JVM's memory: " + why));
  }

  @Test
  void cached_someNotStorable_saysHowManyAndWhy() {
    String why = "com.acme.Foo is not stored";
    assertThat(
            ofCached(new CallReport(ID, "prices", true, 9, 1, 1, 1, 0, 42, null, null, 40, 2, why)))
        .isEqualTo(
            annotated(
                "SERVING",
                "prices",
                "9 hits in 10 calls, 42 ms saved; 2 of 40 results of the cache were not stored behind memory: "
                    + why));
  }

  @Test
  void cached_neverAHit_saysWhy() {
    assertThat(ofCached(report(0, 100, 100, 9)))
        .isEqualTo(annotated("ALWAYS ANOTHER KEY", "prices", "no two of 100 calls had equal keys"));
    assertThat(ofCached(report(0, 100, 100, 10)))
        .isEqualTo(
            annotated(
                "NEVER REUSED",
                "prices",
                "10 of 100 results were dropped before they were asked for again: a longer ttl or"
                    + " more entries may help"));
    assertThat(ofCached(report(0, 100, 0, 0)))
        .isEqualTo(
            annotated(
                "NEVER STORED",
                "prices",
                "none of 100 calls left a result to store: each threw, or an unless held, or an"
                    + " invalidation came meanwhile"));
  }

  @Test
  void notCached_givesTheReasonThatWasFound() {
    assertThat(ofAnnotated(Kind.REFUSED, "it is native"))
        .isEqualTo(annotated("REFUSED", "", "it is native"));
    assertThat(ofAnnotated(Kind.EXCLUDED, "larder.yaml leaves it alone"))
        .isEqualTo(annotated("EXCLUDED", "", "larder.yaml leaves it alone"));
    assertThat(ofAnnotated(Kind.SHADOWED, "larder.yaml:3 overrules the annotation"))
        .isEqualTo(annotated("SHADOWED", "", "larder.yaml:3 overrules the annotation"));
    assertThat(
            explain(
                Rules.NONE,
                List.of(
                    new WeavingOutcome(
                        ID, METHOD, null, "@CachePut", Kind.PUTS, "prices", "stores it"))))
        .containsExactly(new MethodState(METHOD, "@CachePut", "PUTS", "prices", "stores it"));
  }

  private static MethodState noMatch(@Nullable String near) {
    return new Explanation(FIND, List.of(), List.of(), rule -> near).methods().get(0);
  }

  @Test
  void ruleThatMatchesNothing_namesWhatIsNear() {
    assertThat(noMatch("com.acme.Dao with fnd(long)"))
        .isEqualTo(
            new MethodState(
                "com.acme.Dao#find",
                "larder.yaml:3",
                "NO MATCH",
                "prices",
                "no method of a class that is loaded matches; there is com.acme.Dao with"
                    + " fnd(long)"));
    assertThat(noMatch(null).reason())
        .isEqualTo("no method of a class that is loaded matches, or none is loaded yet");
  }

  @Test
  void ruleThatMatches_hasNoLineOfItsOwn_alsoWhenItIsRefused() {
    for (Kind kind : Kind.values()) {
      WeavingOutcome outcome = new WeavingOutcome(ID, METHOD, FIND.all().get(0), kind, "whatever");
      assertThat(explain(FIND, List.of(outcome)))
          .singleElement()
          .extracting(MethodState::origin)
          .isEqualTo("larder.yaml:3");
    }
  }

  @Test
  void ruleThatMovedInTheFile_isNamedWhereItStandsNow() {
    Rule before = FIND.all().get(0);
    Rules after = rules("# a line more\ncaches:\n  prices:\n    methods: com.acme.Dao#find");
    assertThat(
            explain(after, List.of(new WeavingOutcome(ID, METHOD, before, Kind.CACHED, "prices"))))
        .singleElement()
        .extracting(MethodState::origin)
        .isEqualTo("larder.yaml:4");
  }

  @Test
  void table_hasALineForTheMethodAndOneForTheReason() {
    assertThat(Explanation.table(List.of(annotated("SERVING", "prices", "900 hits"))))
        .contains("SERVING", METHOD, "\"prices\"", "@Cached")
        .endsWith("\n" + " ".repeat(19) + "900 hits\n");
    assertThat(Explanation.table(List.of()))
        .isEqualTo("No method is annotated or named in this JVM.");
  }
}
