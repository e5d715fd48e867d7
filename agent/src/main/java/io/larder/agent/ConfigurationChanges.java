package io.larder.agent;

import io.larder.runtime.config.CacheRule;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.MethodRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says in words how a configuration differs from the one before. */
final class ConfigurationChanges {

  private final Configuration before;
  private final Configuration after;
  private final List<String> changes = new ArrayList<>();

  private ConfigurationChanges(Configuration before, Configuration after) {
    this.before = before;
    this.after = after;
  }

  /** The changes; empty when there are none. */
  @SuppressWarnings("ReferenceEquality") // this very one
  static String between(Configuration before, Configuration after) {
    ConfigurationChanges between = new ConfigurationChanges(before, after);
    if (before != Configuration.EMPTY) { // else all is new, and a start need not compare
      between.compare();
    }
    between.patterns();
    return String.join("; ", between.changes);
  }

  private void compare() {
    if (!before.switches().equals(after.switches())) {
      changes.add("switches");
    }
    if (!before.defaults().equals(after.defaults())) {
      changes.add("defaults " + or(before.defaults()) + " -> " + or(after.defaults()));
    }
    Map<String, CacheRule> old = new HashMap<>();
    before.caches().forEach(cache -> old.put(cache.name(), cache));
    for (CacheRule cache : after.caches()) {
      CacheRule was = old.remove(cache.name());
      if (was == null) {
        changes.add("cache \"" + cache.name() + "\" added");
      } else if (!was.policy().equals(cache.policy())) {
        changes.add(
            "cache \"" + cache.name() + "\" " + or(was.policy()) + " -> " + or(cache.policy()));
      }
    }
    old.keySet().forEach(name -> changes.add("cache \"" + name + "\" removed"));
  }

  private static String or(Object settings) {
    String text = settings.toString();
    return text.isEmpty() ? "nothing said" : text;
  }

  private void patterns() {
    Set<String> old = patternsOf(before);
    Set<String> now = patternsOf(after);
    count(now, old, "added");
    count(old, now, "removed");
  }

  private void count(Set<String> some, Set<String> others, String what) {
    int count = 0;
    for (String pattern : some) {
      count += others.contains(pattern) ? 0 : 1;
    }
    if (count > 0) {
      changes.add(count + (count == 1 ? " method pattern " : " method patterns ") + what);
    }
  }

  private static Set<String> patternsOf(Configuration configuration) {
    Set<String> patterns = new HashSet<>();
    for (CacheRule cache : configuration.caches()) {
      for (MethodRule rule : cache.methods()) {
        patterns.add(rule.pattern().text());
      }
      for (MethodRule rule : cache.invalidatedBy()) {
        patterns.add("invalidates " + rule.pattern().text());
      }
    }
    configuration.exclusions().forEach(pattern -> patterns.add("not " + pattern.text()));
    return patterns;
  }
}
