package io.larder.runtime.config;

import io.larder.runtime.policy.InstanceRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads which methods fill one cache, which make it forget, and which put into it. */
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
    return others(Setting.INVALIDATED_BY, Place.INVALIDATION, "make it forget");
  }

  List<MethodRule> putBy() {
    return others(Setting.PUT_BY, Place.PUT, "put into it");
  }

  /** Methods that are not cached here. One may be there several times, with different keys. */
  private List<MethodRule> others(Setting list, Place place, String purpose) {
    List<MethodRule> rules = new ArrayList<>();
    Map<String, Integer> met = new HashMap<>();
    for (YamlNode item : items(list)) {
      MethodRule rule = rule(item, list, place);
      if (rule != null) {
        rules.add(rule);
        Integer fills = lines.get(rule.pattern());
        Integer first = met.putIfAbsent(rule.pattern() + " by " + rule.meaning(), rule.line());
        if (fills != null) {
          problems.add(
              patternAt(item),
              "\""
                  + rule.pattern()
                  + "\" fills this cache, by line "
                  + fills
                  + ", and cannot "
                  + purpose);
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

  /** Tells what contradicts itself. */
  private void checkInvalidation(Section rule) {
    YamlNode tags = rule.get(Setting.INVALIDATION_TAGS);
    YamlNode onFailure = rule.get(Setting.ON_FAILURE);
    if (tags != null && rule.get(Setting.INVALIDATION_KEY) != null) {
      problems.add(tags.at(), "tags and key cannot both say what is forgotten; write two entries");
    }
    if (onFailure != null
        && isText(onFailure, "true")
        && isText(rule.get(Setting.WHEN), "before")) {
      problems.add(
          onFailure.at(),
          "onFailure means nothing with \"when: before\", which forgets however the call ends");
    }
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
    boolean puts = place == Place.PUT;
    Setting keySetting = place == Place.METHOD ? Setting.METHOD_KEY : Setting.INVALIDATION_KEY;
    List<KeyPath> key = key(rule, puts ? Setting.PUT_KEY : keySetting);
    String instances = rule.choice(Setting.INSTANCES);
    List<Condition> unless =
        rule.list(puts ? Setting.PUT_UNLESS : Setting.UNLESS, Condition::parseOnResult);
    List<TagTemplate> tags =
        rule.list(
            place == Place.METHOD ? Setting.TAGS : Setting.INVALIDATION_TAGS, TagTemplate::parse);
    String when = rule.choice(Setting.WHEN);
    Boolean onFailure = rule.truth(Setting.ON_FAILURE);
    checkInvalidation(rule);
    String resultOf = rule.value(Setting.RESULT_OF, RuleReader::methodName);
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
            tags == null ? List.of() : tags,
            "before".equals(when),
            Boolean.TRUE.equals(onFailure),
            resultOf == null ? "" : resultOf,
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
    YamlNode pattern = valueIn(item, Setting.METHOD);
    return pattern == null ? item.at() : pattern.at();
  }

  private static @Nullable YamlNode valueIn(YamlNode item, Setting setting) {
    if (item instanceof YamlNode.Fields map) {
      for (YamlNode.Field field : map.fields()) {
        if (field.key().value().equals(setting.key())) {
          return field.value();
        }
      }
    }
    return null;
  }

  private static boolean isText(@Nullable YamlNode node, String wanted) {
    return node instanceof YamlNode.Text text && text.value().strip().equalsIgnoreCase(wanted);
  }

  private static String methodName(String text) {
    if (!PatternParser.isIdentifier(text.strip())) {
      throw new IllegalArgumentException(
          "resultOf must be the name of a method: \"" + text + "\"; write find");
    }
    return text.strip();
  }
}
