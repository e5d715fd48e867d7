package io.larder.agent;

import io.larder.agent.rules.Rule;
import io.larder.agent.rules.Rules;
import io.larder.agent.weaving.WeavingOutcome;
import io.larder.runtime.CallReport;
import io.larder.runtime.management.AgentControl.MethodState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says of each method that is annotated or named what becomes of it, and why. */
final class Explanation {

  /** From how many calls on the lack of hits says something. */
  private static final int ENOUGH = 100;

  private final Rules rules;
  private final List<WeavingOutcome> outcomes;
  private final Map<String, CallReport> reports = new HashMap<>();
  private final Candidates candidates;

  /** Finds what a pattern that matches nothing may have meant. */
  interface Candidates {
    /** Names of what is there and looks like it, in words; {@code null} when nothing does. */
    @Nullable String near(Rule rule);
  }

  Explanation(
      Rules rules, List<WeavingOutcome> outcomes, List<CallReport> reports, Candidates candidates) {
    this.rules = rules;
    this.outcomes = outcomes;
    this.candidates = candidates;
    reports.forEach(report -> this.reports.put(report.id(), report));
  }

  /** All of them: rules that match nothing first, because they are what people look for. */
  List<MethodState> methods() {
    List<MethodState> states = new ArrayList<>();
    Set<String> matching = new HashSet<>();
    for (WeavingOutcome outcome : outcomes) {
      Rule rule = outcome.rule();
      if (rule != null) {
        matching.add(rule.meaning());
      }
    }
    for (Rule rule : rules.all()) {
      if (!matching.contains(rule.meaning())) {
        states.add(matchesNothing(rule));
      }
    }
    outcomes.forEach(outcome -> states.add(stateOf(outcome)));
    return states;
  }

  private MethodState matchesNothing(Rule rule) {
    String near = candidates.near(rule);
    return new MethodState(
        rule.method().pattern().text(),
        rule.origin(),
        "NO MATCH",
        rule.cacheName(),
        "no method of a class that is loaded matches"
            + (near == null ? ", or none is loaded yet" : "; there is " + near));
  }

  private MethodState stateOf(WeavingOutcome outcome) {
    return switch (outcome.kind()) {
      case CACHED -> cached(outcome, reports.get(outcome.id()));
      case INVALIDATES, PUTS ->
          state(outcome, outcome.kind().name(), outcome.detail(), outcome.effect());
      case REFUSED, EXCLUDED, SHADOWED ->
          state(outcome, outcome.kind().name(), "", outcome.detail());
    };
  }

  private MethodState state(WeavingOutcome outcome, String state, String cache, String reason) {
    return new MethodState(outcome.method(), originOf(outcome), state, cache, reason);
  }

  /** Where the rule stands now, when the file was changed since the method was woven. */
  private String originOf(WeavingOutcome outcome) {
    Rule rule = outcome.rule();
    if (rule != null && !rules.all().contains(rule)) {
      for (Rule now : rules.all()) {
        if (now.meaning().equals(rule.meaning())) {
          return now.origin();
        }
      }
    }
    return outcome.origin();
  }

  private MethodState cached(WeavingOutcome outcome, @Nullable CallReport report) {
    String state;
    String reason;
    if (report == null) {
      state = "NOT CALLED";
      reason = "woven, and not called since";
    } else if (!report.serving()) {
      state = "OFF";
      reason = "woven, and its cache or Larder as a whole is switched off";
    } else if (report.identityClass() != null) {
      state = "IDENTITY KEYS";
      reason =
          report.identityClass()
              + " has no equals of its own, so each of its objects is another key; name what"
              + " counts of it as the key, or give it equals and hashCode";
    } else if (report.hits() == 0 && report.puts() == 0 && report.misses() >= ENOUGH) {
      state = "NEVER STORED";
      reason =
          "none of "
              + report.misses()
              + " calls left a result to store: each threw, or an unless held, or an invalidation"
              + " came meanwhile";
    } else if (report.hits() == 0 && report.misses() >= ENOUGH) {
      boolean allThere = report.dropped() < report.puts() / 10;
      state = allThere ? "ALWAYS ANOTHER KEY" : "NEVER REUSED";
      reason =
          allThere
              ? "no two of " + report.misses() + " calls had equal keys"
              : report.dropped()
                  + " of "
                  + report.puts()
                  + " results were dropped before they were asked for again: a longer ttl or"
                  + " more entries may help";
    } else {
      state = "SERVING";
      reason =
          report.hits()
              + " hits in "
              + (report.hits() + report.misses())
              + " calls, "
              + report.savedMillis()
              + " ms saved";
    }
    return state(outcome, state, outcome.detail(), reason + notShared(report));
  }

  /** Why results do not get to other JVMs; empty if they do, or are not to. */
  private static String notShared(@Nullable CallReport report) {
    if (report == null) {
      return "";
    }
    String local =
        report.whyLocal() == null
            ? ""
            : "; its results stay in this JVM's memory: " + report.whyLocal();
    return report.notStorable() == 0
        ? local
        : local
            + "; "
            + report.notStorable()
            + " of "
            + report.offered()
            + " results of the cache were not stored behind memory: "
            + report.whyNotStorable();
  }

  /** As a table for people. */
  static String table(List<MethodState> methods) {
    if (methods.isEmpty()) {
      return "No method is annotated or named in this JVM.";
    }
    StringBuilder text = new StringBuilder();
    for (MethodState method : methods) {
      text.append(String.format("%-18s %s", method.state(), method.method()));
      if (!method.cache().isEmpty()) {
        text.append(" in \"").append(method.cache()).append('"');
      }
      text.append(" (").append(method.origin()).append(")\n").append(" ".repeat(19));
      text.append(method.reason()).append('\n');
    }
    return text.toString();
  }
}
