package io.larder.agent;

import io.larder.runtime.config.CacheRule;
import io.larder.runtime.config.Configuration;
import io.larder.runtime.config.MethodRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
      } else {
        compare(was, cache);
      }
    }
    old.keySet().forEach(name -> changes.add("cache \"" + name + "\" removed"));
  }

  private void compare(CacheRule was, CacheRule is) {
    String cache = "cache \"" + is.name() + "\" ";
    if (isOff(was) != isOff(is)) {
      changes.add(cache + (isOff(is) ? "switched off" : "switched on"));
    }
    if (!was.policy().equals(is.policy())) {
      changes.add(cache + or(was.policy()) + " -> " + or(is.policy()));
    }
  }

  private static boolean isOff(CacheRule cache) {
    return Boolean.FALSE.equals(cache.enabled());
  }

  private static String or(Object settings) {
    String text = settings.toString();
    return text.isEmpty() ? "nothing said" : text;
  }

  private void patterns() {
    Map<String, String> old = patternsOf(before);
    Map<String, String> now = patternsOf(after);
    int added = 0;
    int changed = 0;
    for (Map.Entry<String, String> pattern : now.entrySet()) {
      String was = old.remove(pattern.getKey());
      added += was == null ? 1 : 0;
      changed += was == null || was.equals(pattern.getValue()) ? 0 : 1;
    }
    count(added, "added");
    count(changed, "changed");
    count(old.size(), "removed");
  }

  private void count(int count, String what) {
    if (count > 0) {
      changes.add(count + (count == 1 ? " method pattern " : " method patterns ") + what);
    }
  }

  /** What is said of each pattern; one that invalidates may stand there more than once. */
  private static Map<String, String> patternsOf(Configuration configuration) {
    Map<String, String> patterns = new HashMap<>();
    for (CacheRule cache : configuration.caches()) {
      for (MethodRule rule : cache.methods()) {
        patterns.put(rule.pattern().text(), cache.name() + " " + rule.meaning());
      }
      for (MethodRule rule : cache.invalidatedBy()) {
        patterns.put(
            "invalidates " + cache.name() + " by " + rule.pattern().text() + " " + rule.meaning(),
            "");
      }
      for (MethodRule rule : cache.putBy()) {
        patterns.put(
            "puts into " + cache.name() + " by " + rule.pattern().text() + " " + rule.meaning(),
            "");
      }
    }
    configuration.exclusions().forEach(pattern -> patterns.put("not " + pattern.text(), ""));
    return patterns;
  }
}
