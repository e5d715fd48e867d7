package io.larder.runtime.config;

import io.larder.runtime.policy.InstanceRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which methods fill one cache, and which make it forget. */
final class RuleReader {

  private final Problems problems;
  private final Section cache;
  private final String cacheName;

  /** Where each pattern of a cached method was met first, in all caches. */
  private final Map<MethodPattern, String> cached;

  /** On which line each pattern of this cache was met first. */
  private final Map<MethodPattern, Integer> lines = new HashMap<>();

  RuleReader(
      Problems problems, Section cache, String cacheName, Map<MethodPattern, String> cached) {
    this.problems = problems;
    this.cache = cache;
    this.cacheName = cacheName;
    this.cached = cached;
  }

  /** To be called first: the other method checks against it. */
  List<MethodRule> methods() {
    List<MethodRule> rules = new ArrayList<>();
    for (YamlNode item : items(Setting.METHODS)) {
      MethodRule rule = rule(item, Setting.METHODS, Place.METHOD);
      if (rule != null) {
        rules.add(rule);
        lines.putIfAbsent(rule.pattern(), rule.line());
        String first =
            cached.putIfAbsent(
                rule.pattern(), "on line " + rule.line() + ", in cache \"" + cacheName + "\"");
        if (first != null) {
          problems.add(
              patternAt(item),
              "duplicate method pattern \"" + rule.pattern() + "\": the first is " + first);
        }
      }
    }
    return rules;
  }

  List<MethodRule> invalidatedBy() {
    List<MethodRule> rules = new ArrayList<>();
    // One method may forget several entries, each with a key of its own.
    Map<String, Integer> met = new HashMap<>();
    for (YamlNode item : items(Setting.INVALIDATED_BY)) {
      MethodRule rule = rule(item, Setting.INVALIDATED_BY, Place.INVALIDATION);
      if (rule != null) {
        rules.add(rule);
        Integer fills = lines.get(rule.pattern());
        Integer first = met.putIfAbsent(rule.pattern() + " by " + rule.key(), rule.line());
        if (fills != null) {
          problems.add(
              patternAt(item),
              "\""
                  + rule.pattern()
                  + "\" fills this cache, by line "
                  + fills
                  + ", and cannot make it forget");
        }
        if (first != null) {
          problems.add(
              patternAt(item),
              "duplicate method pattern \"" + rule.pattern() + "\": the first is on line " + first);
        }
      }
    }
    return rules;
  }

  private List<YamlNode> items(Setting list) {
    List<YamlNode> items = cache.items(list);
    return items == null ? List.of() : items;
  }

  private @Nullable MethodRule rule(YamlNode item, Setting list, Place place) {
    if (item instanceof YamlNode.Text text && !item.isNothing()) {
      MethodPattern pattern = cache.attempt(text, MethodPattern::parse);
      return pattern == null
          ? null
          : new MethodRule(pattern, null, null, List.of(), item.at().line());
    }
    if (!(item instanceof YamlNode.Fields)) {
      cache.mustHold(list, item);
      return null;
    }
    Section rule = Section.read(item, list.key(), place, problems);
    MethodPattern pattern = rule.value(Setting.METHOD, MethodPattern::parse);
    Setting keySetting = place == Place.METHOD ? Setting.METHOD_KEY : Setting.INVALIDATION_KEY;
    List<KeyPath> key = key(rule, keySetting);
    String instances = rule.choice(Setting.INSTANCES);
    List<Condition> unless = rule.list(Setting.UNLESS, RuleReader::onResult);
    if (rule.get(Setting.METHOD) == null) {
      problems.add(item.at(), "method is missing; write method: com.acme.PriceDao#find");
    }
    return pattern == null
        ? null
        : new MethodRule(
            pattern,
            key,
            instances == null ? null : InstanceRule.valueOf(instances),
            unless == null ? List.of() : unless,
            patternAt(item).line());
  }

  private @Nullable List<KeyPath> key(Section rule, Setting setting) {
    YamlNode node = rule.get(setting);
    if (node != null && node.isNothing()) {
      problems.add(node.at(), "key has no value; write [] if all calls share one entry");
    }
    return rule.list(setting, KeyPath::parse);
  }

  private static YamlNode.Mark patternAt(YamlNode item) {
    if (item instanceof YamlNode.Fields map) {
      for (YamlNode.Field field : map.fields()) {
        if (field.key().value().equals(Setting.METHOD.key())) {
          return field.value().at();
        }
      }
    }
    return item.at();
  }

  private static Condition onResult(String text) {
    Condition condition = Condition.parse(text);
    if (!condition.isOnResult()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" must look at the result; write result.empty or result.status == 'OPEN'");
    }
    return condition;
  }
}
