package io.larder.runtime.config;

import io.larder.runtime.config.Configuration.Switches;
import io.larder.runtime.policy.DiskOptions;
import io.larder.runtime.policy.DurationText;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySettings;
import io.larder.runtime.policy.RedisOptions;
import io.larder.runtime.policy.SectionOptions;
import io.larder.runtime.policy.SectionSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Configuration} of one file, and goes on after each problem to find them all. */
final class ConfigurationReader {

  private final Problems problems;
  private final SectionObjections objections;

  /** Where each pattern of a cached method was met first: a method is in one cache. */
  private final Map<MethodPattern, String> cached = new HashMap<>();

  ConfigurationReader(Problems problems, SectionObjections objections) {
    this.problems = problems;
    this.objections = objections;
  }

  Configuration read(YamlNode root) {
    Section file = Section.read(root, "", Place.FILE, problems);
    return new Configuration(
        switches(file),
        options(file, Setting.DISK, Place.DISK, DiskOptions.NONE, objections::disk),
        options(file, Setting.REDIS, Place.REDIS, RedisOptions.NONE, objections::redis),
        defaults(file.get(Setting.DEFAULTS)),
        caches(file),
        exclusions(file));
  }

  private static Switches switches(Section file) {
    return new Switches(
        file.truth(Setting.ENABLED),
        file.choice(Setting.LOG),
        file.choice(Setting.MANAGEMENT),
        file.value(
            Setting.WATCH,
            text ->
                Objects.requireNonNullElse(
                    DurationText.parseOrOff(Setting.WATCH.key(), text), Duration.ZERO)));
  }

  private <S extends Enum<S> & SectionSetting, O extends SectionOptions<S, O>> O options(
      Section file, Setting name, Place place, O none, Function<O, Map<S, String>> objections) {
    YamlNode node = file.get(name);
    return node == null
        ? none
        : Section.read(node, name.key(), place, problems).options(none, place, objections);
  }

  private PolicySettings defaults(@Nullable YamlNode node) {
    return node == null
        ? PolicySettings.NONE
        : Section.read(node, Setting.DEFAULTS.key(), Place.DEFAULTS, problems).policy();
  }

  private List<MethodPattern> exclusions(Section file) {
    List<MethodPattern> exclusions = file.list(Setting.EXCLUDE, MethodPattern::parseExclusion);
    return exclusions == null ? List.of() : exclusions;
  }

  private List<CacheRule> caches(Section file) {
    YamlNode node = file.get(Setting.CACHES);
    List<CacheRule> caches = new ArrayList<>();
    if (node instanceof YamlNode.Fields map) {
      Map<String, Integer> lines = new HashMap<>();
      for (YamlNode.Field field : map.fields()) {
        checkName(field.key(), lines);
        caches.add(cache(field));
      }
    } else if (node != null && !node.isNothing()) {
      file.mustBe(Setting.CACHES, node);
    }
    return caches;
  }

  private void checkName(YamlNode.Text name, Map<String, Integer> lines) {
    if (!MethodSpec.isCacheName(name.value())) {
      problems.add(
          name.at(),
          "a cache's name must be 1 to 200 letters, digits, '.', '_' or '-': \""
              + name.value()
              + "\"");
    }
    Integer first = lines.putIfAbsent(name.value(), name.at().line());
    if (first != null) {
      problems.add(
          name.at(), "duplicate cache \"" + name.value() + "\": the first is on line " + first);
    }
  }

  private CacheRule cache(YamlNode.Field field) {
    String name = field.key().value();
    Section cache = Section.read(field.value(), name, Place.CACHE, problems);
    RuleReader rules = new RuleReader(problems, cache, name, cached);
    List<MethodRule> methods = rules.methods();
    return new CacheRule(
        name,
        field.key().at().line(),
        cache.truth(Setting.CACHE_ENABLED),
        cache.policy(),
        methods,
        rules.invalidatedBy(),
        rules.putBy());
  }
}
