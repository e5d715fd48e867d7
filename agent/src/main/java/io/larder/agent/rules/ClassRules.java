package io.larder.agent.rules;

import io.larder.runtime.config.MethodPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that concern one class. Immutable. */
public final class ClassRules {

  private final List<Rule> rules;
  private final List<Exclusion> exclusions;

  /**
   * A pattern of methods that are left alone.
   *
   * @param pattern the methods
   * @param origin where it stands
   */
  record Exclusion(MethodPattern pattern, String origin) {}

  ClassRules(List<Rule> rules, List<Exclusion> exclusions) {
    this.rules = List.copyOf(rules);
    this.exclusions = List.copyOf(exclusions);
  }

  /** Whether nothing is said but, perhaps, that methods are left alone. */
  boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * The rules that name a method, in the order of the configuration.
   *
   * @param hasBody whether it can be woven; those that cannot are not meant by a rule that means
   *     the methods that implement them
   * @param parameterTypes as in source, qualified
   * @param annotations the names of the method's annotations
   */
  public List<Rule> of(
      String method, boolean hasBody, List<String> parameterTypes, Set<String> annotations) {
    List<Rule> matching = new ArrayList<>();
    for (Rule rule : rules) {
      MethodPattern pattern = rule.method().pattern();
      if ((hasBody || !pattern.includesSubtypes())
          && pattern.matchesMethod(method, parameterTypes)
          && pattern.annotation().map(annotations::contains).orElse(true)) {
        matching.add(rule);
      }
    }
    return matching;
  }

  /** Where it stands that a method is left alone; {@code null} when it does not. */
  public @Nullable String exclusionOf(
      String method, List<String> parameterTypes, Set<String> annotations) {
    for (Exclusion exclusion : exclusions) {
      if (exclusion.pattern.matchesMethod(method, parameterTypes)
          && exclusion.pattern.annotation().map(annotations::contains).orElse(true)) {
        return exclusion.origin;
      }
    }
    return null;
  }
}
