package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import io.larder.runtime.config.Condition;
import io.larder.runtime.config.KeyPath;
import io.larder.runtime.config.MethodRule;
import io.larder.runtime.config.TagTemplate;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.InvalidationSpec.What;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PutSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a method forgets and where it puts its result. What is wrong never leaves anything
 * outdated, as far as is known where: then all of the cache is forgotten.
 */
final class InvalidationCheck {

  private static final Set<String> INVALIDATE_ATTRIBUTES =
      Set.of("cache", "key", "all", "tags", "when", "onFailure");
  private static final Set<String> PUT_ATTRIBUTES = Set.of("cache", "key", "resultOf", "unless");

  private final FoundMethod method;
  private final @Nullable String whyNotPut;
  private final List<InvalidationSpec.Target> targets = new ArrayList<>();
  private final List<PutSpec> puts = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();

  /**
   * What came out.
   *
   * @param spec what it does; {@code null} for nothing
   * @param effects the same for people, and what is wrong
   */
  record Result(@Nullable InvalidationSpec spec, List<Effect> effects) {}

  private InvalidationCheck(FoundMethod method, @Nullable String whyNotPut) {
    this.method = method;
    this.whyNotPut = whyNotPut;
  }

  /**
   * Checks a method.
   *
   * @param whyNotPut why its result can be stored nowhere; {@code null} when it can
   */
  static Result check(FoundMethod method, @Nullable String whyNotPut) {
    InvalidationCheck check = new InvalidationCheck(method, whyNotPut);
    method.invalidations.forEach(check::addTarget);
    method.invalidating().forEach(check::addTarget);
    method.puts.forEach(check::addPut);
    method.putting().forEach(check::addPut);
    InvalidationSpec spec =
        check.targets.isEmpty() && check.puts.isEmpty()
            ? null
            : new InvalidationSpec(
                method.name,
                method.descriptor,
                method.isStatic(),
                check.targets,
                check.puts,
                /* siblings= */ List.of());
    return new Result(spec, check.effects);
  }

  /** Of {@code @CacheInvalidate}. */
  private void addTarget(Map<String, Object> annotation) {
    List<String> wrong = new ArrayList<>();
    AnnotationValues values = new AnnotationValues(annotation, INVALIDATE_ATTRIBUTES, wrong);
    String cacheName = values.text("cache");
    List<KeyPath> key = values.list("key", KeyPath::parse);
    List<TagTemplate> tags = values.list("tags", TagTemplate::parse);
    boolean all = values.truth("all");
    boolean before = values.text("when").equals("BEFORE");
    boolean byTags = annotation.containsKey("tags");
    if (cacheName.isEmpty() && !byTags) {
      refuse(
          /* rule= */ null,
          /* put= */ false,
          "it names neither a cache nor tags; write cache = \"prices\"");
      return;
    }
    if (!cacheName.isEmpty() && !isCacheName(cacheName, /* put= */ false)) {
      return;
    }
    if (all && (byTags || annotation.containsKey("key"))) {
      wrong.add("all = true forgets everything; leave out key and tags");
    } else if (byTags && annotation.containsKey("key")) {
      wrong.add("tags and key cannot both say what is forgotten; write two annotations");
    } else if (before && values.truth("onFailure")) {
      wrong.add("onFailure means nothing with BEFORE, which forgets however the call ends");
    }
    KeyCheck check = new KeyCheck(method, wrong);
    InvalidationSpec.Target target =
        new InvalidationSpec.Target(
            cacheName,
            all ? What.EVERYTHING : byTags ? What.TAGS : What.KEY,
            all || byTags
                ? List.of()
                : !annotation.containsKey("key")
                    ? check.ofAnnotations()
                    : check.partsWithResult(key, !before),
            check.tags(tags, !before),
            before,
            values.truth("onFailure"));
    addTarget(/* rule= */ null, /* put= */ false, target, wrong);
  }

  private void addTarget(Rule rule) {
    List<String> wrong = new ArrayList<>();
    MethodRule said = rule.method();
    KeyCheck check = new KeyCheck(method, wrong);
    List<KeyPath> key = said.key();
    boolean byTags = !said.tags().isEmpty();
    InvalidationSpec.Target target =
        new InvalidationSpec.Target(
            rule.cacheName(),
            byTags ? What.TAGS : key == null ? What.EVERYTHING : What.KEY,
            byTags || key == null ? List.of() : check.partsWithResult(key, !said.before()),
            check.tags(said.tags(), !said.before()),
            said.before(),
            said.onFailure());
    addTarget(rule, /* put= */ false, target, wrong);
  }

  private void addTarget(
      @Nullable Rule rule, boolean put, InvalidationSpec.Target target, List<String> wrong) {
    InvalidationSpec.Target added = target;
    if (!wrong.isEmpty()) { // too much is never wrong
      refuse(rule, put, String.join("; ", wrong) + "; all of the cache is forgotten");
      added = target.withEverything();
    }
    targets.add(added);
    effects.add(Effect.of(rule, added));
  }

  /** Of {@code @CachePut}. */
  private void addPut(Map<String, Object> annotation) {
    List<String> wrong = new ArrayList<>();
    AnnotationValues values = new AnnotationValues(annotation, PUT_ATTRIBUTES, wrong);
    List<KeyPath> key = values.list("key", KeyPath::parse);
    List<Condition> unless = values.list("unless", Condition::parseOnResult);
    if (isCacheName(values.text("cache"), /* put= */ true)) {
      add(
          /* rule= */ null,
          values.text("cache"),
          annotation.containsKey("key") ? key : null,
          values.text("resultOf"),
          unless,
          wrong);
    }
  }

  private void addPut(Rule rule) {
    MethodRule said = rule.method();
    add(rule, rule.cacheName(), said.key(), said.resultOf(), said.unless(), new ArrayList<>());
  }

  private void add(
      @Nullable Rule rule,
      String cacheName,
      @Nullable List<KeyPath> key,
      String resultOf,
      List<Condition> unless,
      List<String> wrong) {
    boolean hasResult = Type.getReturnType(method.descriptor).getSort() != Type.VOID;
    KeyCheck check = new KeyCheck(method, wrong);
    List<KeyPart> parts =
        key == null ? check.ofAnnotations() : check.partsWithResult(key, hasResult);
    if (whyNotPut == null && wrong.isEmpty()) {
      PutSpec put =
          new PutSpec(cacheName, parts, resultOf, unless.stream().map(Condition::text).toList());
      puts.add(put);
      effects.add(Effect.of(rule, put));
      return;
    }
    if (whyNotPut != null && wrong.isEmpty()) {
      refuse(rule, /* put= */ true, whyNotPut + "; what is there for its key is forgotten");
    }
    addTarget(
        rule,
        /* put= */ true,
        new InvalidationSpec.Target(cacheName, /* everything= */ false, parts),
        wrong);
  }

  private boolean isCacheName(String name, boolean put) {
    boolean is = MethodSpec.isCacheName(name);
    if (!is) {
      refuse(
          /* rule= */ null,
          put,
          "cache must be 1 to 200 letters, digits, '.', '_' or '-': \"" + name + "\"");
    }
    return is;
  }

  private void refuse(@Nullable Rule rule, boolean put, String reason) {
    effects.add(Effect.refused(rule, put, reason));
  }
}
