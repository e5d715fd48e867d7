package io.larder.agent.rules;

import io.larder.agent.premain.FirstLook;
import io.larder.runtime.config.CacheRule;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.MethodPattern;
import io.larder.runtime.config.MethodRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration, ordered for the question that is asked of each class that is loaded: whether it
 * says anything about it. A class that only exact names could concern costs one look into a table.
 * Thread-safe.
 */
public final class Rules {

  /** Says nothing. */
  public static final Rules NONE = new Rules(Configuration.EMPTY, "");

  private final Map<String, List<Rule>> byClassName = new HashMap<>();
  private final List<Rule> byPattern = new ArrayList<>();
  private final List<Rule> bySupertype = new ArrayList<>();
  private final List<ClassRules.Exclusion> exclusions = new ArrayList<>();
  private final List<Rule> all = new ArrayList<>();
  private final Subtypes subtypes = new Subtypes();

  private Rules(Configuration configuration, String fileName) {
    for (CacheRule cache : configuration.caches()) {
      for (MethodRule method : cache.methods()) {
        add(cache, method, Rule.Purpose.CACHE, fileName);
      }
      for (MethodRule method : cache.invalidatedBy()) {
        add(cache, method, Rule.Purpose.INVALIDATE, fileName);
      }
      for (MethodRule method : cache.putBy()) {
        add(cache, method, Rule.Purpose.PUT, fileName);
      }
    }
    for (MethodPattern pattern : configuration.exclusions()) {
      exclusions.add(new ClassRules.Exclusion(pattern, fileName));
    }
  }

  /**
   * The rules of a configuration.
   *
   * @param fileName as messages name it
   */
  public static Rules of(Configuration configuration, String fileName) {
    return new Rules(configuration, fileName);
  }

  private void add(CacheRule cache, MethodRule method, Rule.Purpose purpose, String fileName) {
    Rule rule = new Rule(cache.name(), method, purpose, fileName + ":" + method.line());
    all.add(rule);
    MethodPattern pattern = rule.method().pattern();
    Optional<String> exact = pattern.exactClass();
    if (exact.isPresent()) {
      byClassName.computeIfAbsent(exact.get(), name -> new ArrayList<>()).add(rule);
    } else if (pattern.includesSubtypes()) {
      bySupertype.add(rule);
    } else {
      byPattern.add(rule);
    }
  }

  /** All rules, in the order of the configuration. */
  public List<Rule> all() {
    return List.copyOf(all);
  }

  /** Whether nothing is said about any method. */
  public boolean isEmpty() {
    return all.isEmpty() && exclusions.isEmpty();
  }

  /**
   * What is said about a class that is being loaded.
   *
   * @param className with dots
   * @return {@code null} when nothing is said but, perhaps, for methods that are annotated
   */
  public @Nullable ClassRules of(@Nullable ClassLoader loader, String className, byte[] classFile) {
    List<Rule> rules = new ArrayList<>(byClassName.getOrDefault(className, List.of()));
    for (Rule rule : byPattern) {
      MethodPattern pattern = rule.method().pattern();
      if (pattern.matchesClass(className)
          && pattern.annotation().map(name -> hasConstant(classFile, name)).orElse(true)) {
        rules.add(rule);
      }
    }
    if (!bySupertype.isEmpty()) {
      Set<String> supertypes = subtypes.supertypesOf(loader, className, classFile);
      addOfSupertypes(supertypes, rules);
    }
    return rules.isEmpty() ? null : withExclusions(loader, className, classFile, inOrder(rules));
  }

  /**
   * What is said about a class whose methods are annotated, and about which there is no rule; as
   * {@link #of}.
   */
  public ClassRules exclusionsOf(@Nullable ClassLoader loader, String className, byte[] classFile) {
    return withExclusions(loader, className, classFile, List.of());
  }

  private ClassRules withExclusions(
      @Nullable ClassLoader loader, String className, byte[] classFile, List<Rule> rules) {
    List<ClassRules.Exclusion> excluding = new ArrayList<>();
    for (ClassRules.Exclusion exclusion : exclusions) {
      MethodPattern pattern = exclusion.pattern();
      if (pattern.includesSubtypes()
          ? subtypes.supertypesOf(loader, className, classFile).stream()
              .anyMatch(pattern::matchesClass)
          : pattern.matchesClass(className)) {
        excluding.add(exclusion);
      }
    }
    return new ClassRules(rules, excluding);
  }

  /**
   * All that may be said about a class that is loaded, in a form that tells whether two
   * configurations say the same about it, wherever it stands in them.
   */
  public List<String> saidAbout(Class<?> loaded) {
    String name = loaded.getName();
    List<Rule> rules = new ArrayList<>(byClassName.getOrDefault(name, List.of()));
    for (Rule rule : byPattern) {
      if (rule.method().pattern().matchesClass(name)) {
        rules.add(rule);
      }
    }
    if (!bySupertype.isEmpty()) {
      addOfSupertypes(namesOf(loaded, new HashSet<>()), rules);
    }
    List<String> said = new ArrayList<>();
    for (Rule rule : inOrder(rules)) {
      said.add(rule.meaning());
    }
    for (ClassRules.Exclusion exclusion : exclusions) {
      MethodPattern pattern = exclusion.pattern();
      if (pattern.includesSubtypes()
          ? namesOf(loaded, new HashSet<>()).stream().anyMatch(pattern::matchesClass)
          : pattern.matchesClass(name)) {
        said.add("not " + pattern.text());
      }
    }
    return said;
  }

  private void addOfSupertypes(Set<String> supertypes, List<Rule> rules) {
    for (Rule rule : bySupertype) {
      for (String supertype : supertypes) {
        if (rule.method().pattern().matchesClass(supertype)) {
          rules.add(rule);
          break;
        }
      }
    }
  }

  /** The names of a class and all its supertypes; loads nothing, as they are loaded already. */
  private static Set<String> namesOf(@Nullable Class<?> type, Set<String> names) {
    if (type != null && names.add(type.getName())) {
      namesOf(type.getSuperclass(), names);
      for (Class<?> each : type.getInterfaces()) {
        namesOf(each, names);
      }
    }
    return names;
  }

  private List<Rule> inOrder(List<Rule> rules) {
    if (rules.size() > 1) {
      rules.sort((one, other) -> Integer.compare(all.indexOf(one), all.indexOf(other)));
    }
    return rules;
  }

  private static boolean hasConstant(byte[] classFile, String annotation) {
    return FirstLook.mayContain(
        classFile, ("L" + annotation.replace('.', '/') + ";").getBytes(StandardCharsets.UTF_8));
  }
}
