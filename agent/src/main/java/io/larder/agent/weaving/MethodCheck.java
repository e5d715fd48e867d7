package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import io.larder.runtime.config.Condition;
import io.larder.runtime.config.MethodRule;
import io.larder.runtime.config.TagTemplate;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.KeyPart;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.PolicySetting;
import io.larder.runtime.policy.PolicySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an annotated method can be cached, and how. All problems of a method come at
 * once; one is enough to leave it uncached.
 */
final class MethodCheck {

  /** The JVM allows 255 slots of arguments; the call site needs some for itself. */
  private static final int MOST_ARGUMENT_SLOTS = 250;

  /** Locals that the weaver adds; see {@link MethodWeaver}. */
  private static final int MOST_LOCALS = 65_535 - MethodWeaver.ADDED_LOCALS;

  private final FoundMethod method;
  private final List<String> problems = new ArrayList<>();

  private MethodCheck(FoundMethod method) {
    this.method = method;
  }

  /**
   * What came out. A method that was to be cached and invalidates is refused the one, and does the
   * other.
   *
   * @param cached how to cache
   * @param invalidates what to invalidate and where to put the result
   * @param effects the same for people, and what of it is not done
   * @param refusal why something that was asked for is not done, in words
   */
  record Outcome(
      @Nullable MethodSpec cached,
      @Nullable InvalidationSpec invalidates,
      List<Effect> effects,
      @Nullable String refusal) {

    static Outcome refused(String reason) {
      return new Outcome(null, null, List.of(), reason);
    }
  }

  /**
   * Checks a method.
   *
   * @param supertypes knows the supertypes of the classes that the method's loader sees
   */
  static Outcome check(FoundMethod method, Supertypes supertypes) {
    MethodCheck check = new MethodCheck(method);
    String reason = check.whyNotWoven();
    if (reason != null) {
      return Outcome.refused(reason);
    }
    boolean cached = method.isToBeCached();
    if (method.isToInvalidate() || method.isToPut()) {
      String whyNotPut = method.isToPut() ? check.whyNotCacheable(supertypes) : null;
      InvalidationCheck.Result result = InvalidationCheck.check(method, whyNotPut);
      return new Outcome(null, result.spec(), result.effects(), cached ? check.whyNotBoth() : null);
    }
    reason = check.whyNotCacheable(supertypes);
    if (reason != null) {
      return Outcome.refused(reason);
    }
    MethodSpec spec = check.spec();
    return check.problems.isEmpty()
        ? new Outcome(spec, null, List.of(), null)
        : Outcome.refused(String.join("; ", check.problems));
  }

  /** Why a method can neither be cached nor invalidate; {@code null} when nothing is against it. */
  private @Nullable String whyNotWoven() {
    if (method.name.startsWith("<")) {
      return method.isToBeCached()
          ? "constructors cannot be cached; " + method.ask() + " a method that creates the object"
          : "constructors cannot invalidate; " + method.ask() + " a method that calls it";
    }
    if ((method.access & Opcodes.ACC_ABSTRACT) != 0) {
      return method.rules.isEmpty()
          ? "it is abstract; annotate the methods that implement it, or name them in larder.yaml: "
              + implementations()
          : "it is abstract; put + behind the class to name the methods that implement it: "
              + implementations();
    }
    if ((method.access & Opcodes.ACC_NATIVE) != 0) {
      return "it is native; " + method.ask() + " a method that calls it";
    }
    Type[] parameters = Type.getArgumentTypes(method.descriptor);
    if (parameters.length > 0
        && parameters[parameters.length - 1]
            .getDescriptor()
            .equals("Lkotlin/coroutines/Continuation;")) {
      return "it is a Kotlin suspend function, which returns before it has a result";
    }
    if (Type.getArgumentsAndReturnSizes(method.descriptor) >> 2 > MOST_ARGUMENT_SLOTS) {
      return "it takes more than " + MOST_ARGUMENT_SLOTS + " words of arguments";
    }
    if (method.maxLocals > MOST_LOCALS) {
      return "it has too many local variables: " + method.maxLocals;
    }
    return null;
  }

  /** To leave out the invalidation would leave what is wrong in the cache. */
  private String whyNotBoth() {
    boolean invalidates = method.isToInvalidate();
    List<Rule> rules = invalidates ? method.invalidating() : method.putting();
    boolean byAnnotation = !(invalidates ? method.invalidations : method.puts).isEmpty();
    String origin =
        !byAnnotation ? rules.get(0).origin() : invalidates ? "@CacheInvalidate" : "@CachePut";
    return (invalidates ? "it invalidates (" : "it puts its result into a cache (")
        + origin
        + "), which it would not do on a hit";
  }

  private @Nullable String whyNotCacheable(Supertypes supertypes) {
    Type returned = Type.getReturnType(method.descriptor);
    return returned.getSort() == Type.VOID
        ? "it returns nothing that could be cached (void)"
        : OneShotResults.reason(returned, supertypes);
  }

  /** The pattern of the methods that implement it, also where they are generated. */
  private String implementations() {
    return method.className + "+#" + method.name;
  }

  private MethodSpec spec() {
    KeyCheck keys = new KeyCheck(method, problems);
    List<KeyPart> key = keys.ofAnnotations();
    PolicySettings declared = declared();
    String cacheName = CacheNames.ofMethod(method.className, method.name);
    InstanceRule instances = InstanceRule.SEPARATE;
    for (Map.Entry<String, Object> value : method.values.entrySet()) {
      if (value.getKey().equals("name") && value.getValue() instanceof String text) {
        cacheName = text;
      } else if (value.getKey().equals("instances") && value.getValue() instanceof String text) {
        instances = instances(text);
      }
    }
    List<String> unless = List.of();
    List<TagTemplate> tags = tagsOfAnnotation();
    if (!method.caching().isEmpty()) {
      Rule rule = method.caching().get(0);
      MethodRule said = rule.method();
      cacheName = rule.cacheName();
      instances = said.instances() == null ? instances : said.instances();
      key = said.key() == null ? key : keys.parts(said.key());
      unless = said.unless().stream().map(Condition::text).toList();
      tags = said.tags().isEmpty() ? tags : said.tags();
    }
    if (!MethodSpec.isCacheName(cacheName)) {
      problems.add("name must be 1 to 200 letters, digits, '.', '_' or '-': \"" + cacheName + "\"");
      cacheName = "unused";
    }
    return new MethodSpec(
        method.name,
        method.descriptor,
        method.isStatic(),
        cacheName,
        key,
        instances,
        unless,
        keys.tags(tags, /* hasResult= */ true),
        declared);
  }

  private List<TagTemplate> tagsOfAnnotation() {
    return new AnnotationValues(method.values, method.values.keySet(), problems)
        .list("tags", TagTemplate::parse);
  }

  private InstanceRule instances(String constant) {
    try {
      return InstanceRule.valueOf(constant);
    } catch (IllegalArgumentException unknown) {
      problems.add(
          "instances must be one of " + Arrays.toString(InstanceRule.values()) + ": " + constant);
      return InstanceRule.SEPARATE;
    }
  }

  private PolicySettings declared() {
    PolicySettings declared = PolicySettings.NONE;
    for (Map.Entry<String, Object> value : method.values.entrySet()) {
      try {
        switch (value.getKey()) {
          case "name", "instances" -> text(value.getValue()); // read by the caller
          case "tags" -> {} // read by the caller
          default -> declared = with(declared, value.getKey(), value.getValue());
        }
      } catch (ClassCastException otherType) {
        problems.add(AnnotationValues.otherType(value.getKey()));
      } catch (IllegalArgumentException wrong) {
        problems.add(wrong.getMessage());
      }
    }
    return declared;
  }

  private PolicySettings with(PolicySettings declared, String attribute, Object value) {
    for (PolicySetting setting : PolicySetting.values()) {
      if (setting.key().equals(attribute)) {
        String text =
            switch (setting) {
              case MAXIMUM_ENTRIES -> ((Long) value).toString();
              case LOAD_ONCE -> ((Boolean) value).toString();
              default -> text(value);
            };
        return declared.with(setting, text);
      }
    }
    problems.add(AnnotationValues.unknown(attribute));
    return declared;
  }

  private static String text(Object value) {
    return (String) value;
  }
}
