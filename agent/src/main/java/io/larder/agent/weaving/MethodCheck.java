package io.larder.agent.weaving;

import io.larder.agent.rules.Rule;
import io.larder.runtime.config.Condition;
import io.larder.runtime.config.KeyPath;
import io.larder.runtime.config.MethodRule;
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
   * @param invalidates what to invalidate
   * @param refusal why something that was asked for is not done, in words
   */
  record Outcome(
      @Nullable MethodSpec cached,
      @Nullable InvalidationSpec invalidates,
      @Nullable String refusal) {

    static Outcome refused(String reason) {
      return new Outcome(null, null, reason);
    }
  }

  /**
   * Checks a method.
   *
   * @param supertypes knows the supertypes of the classes that the method's loader sees
   */
  static Outcome check(FoundMethod method, Supertypes supertypes) {
    MethodCheck check = new MethodCheck(method);
    boolean cached = method.annotated || !method.caching().isEmpty();
    String reason = check.whyNotWoven();
    if (reason != null) {
      return Outcome.refused(reason);
    }
    boolean invalidates = !method.invalidating().isEmpty();
    if (cached) {
      reason = invalidates ? check.whyNotBoth() : check.whyNotCacheable(supertypes);
    }
    Outcome outcome =
        invalidates
            ? new Outcome(null, check.invalidation(), reason)
            : reason != null ? Outcome.refused(reason) : new Outcome(check.spec(), null, null);
    if (check.problems.isEmpty()) {
      return outcome;
    }
    String problems = String.join("; ", check.problems);
    return invalidates
        ? new Outcome(null, outcome.invalidates(), problems + "; all of the cache is forgotten")
        : Outcome.refused(problems);
  }

  /** Why a method can neither be cached nor invalidate; {@code null} when nothing is against it. */
  private @Nullable String whyNotWoven() {
    if (method.name.startsWith("<")) {
      return "constructors cannot be cached; " + method.ask() + " a method that creates the object";
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
    return "it invalidates ("
        + method.invalidating().get(0).origin()
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

  private InvalidationSpec invalidation() {
    List<InvalidationSpec.Target> targets = new ArrayList<>();
    for (Rule rule : method.invalidating()) {
      List<KeyPath> key = rule.method().key();
      int before = problems.size();
      List<KeyPart> parts = key == null ? List.of() : keyParts(key);
      boolean everything = key == null || problems.size() > before; // too much is never wrong
      targets.add(
          new InvalidationSpec.Target(
              rule.cacheName(), everything, everything ? List.of() : parts));
    }
    return new InvalidationSpec(method.name, method.descriptor, method.isStatic(), targets);
  }

  private MethodSpec spec() {
    List<KeyPart> key = keyOfAnnotations();
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
    if (!method.caching().isEmpty()) {
      Rule rule = method.caching().get(0);
      MethodRule said = rule.method();
      cacheName = rule.cacheName();
      instances = said.instances() == null ? instances : said.instances();
      key = said.key() == null ? key : keyParts(said.key());
      unless = said.unless().stream().map(Condition::text).toList();
    }
    try {
      return specOf(cacheName, key, instances, unless, declared);
    } catch (IllegalArgumentException wrong) {
      problems.add(wrong.getMessage());
      return specOf("unused", key, instances, unless, declared);
    }
  }

  private MethodSpec specOf(
      String cacheName,
      List<KeyPart> key,
      InstanceRule instances,
      List<String> unless,
      PolicySettings declared) {
    return new MethodSpec(
        method.name,
        method.descriptor,
        method.isStatic(),
        cacheName,
        key,
        instances,
        unless,
        declared);
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
          default -> declared = with(declared, value.getKey(), value.getValue());
        }
      } catch (ClassCastException otherType) {
        problems.add(
            value.getKey()
                + " has another type than this agent knows; use one version of agent and annotations");
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
    problems.add(
        "unknown attribute "
            + attribute
            + "; the annotations are newer than the agent, use one version of both");
    return declared;
  }

  private static String text(Object value) {
    return (String) value;
  }

  private List<KeyPart> keyOfAnnotations() {
    if (!method.keyParameters.isEmpty() && !method.ignoredParameters.isEmpty()) {
      problems.add(
          "@CacheKey and @CacheIgnore contradict each other on one method; keep one of the two");
    }
    if (!method.keyParameters.isEmpty()) {
      return method.keyParameters.stream().sorted().map(KeyPart::of).toList();
    }
    List<KeyPart> all = new ArrayList<>();
    for (int i = 0; i < Type.getArgumentTypes(method.descriptor).length; i++) {
      if (!method.ignoredParameters.contains(i)) {
        all.add(KeyPart.of(i));
      }
    }
    return all;
  }

  private List<KeyPart> keyParts(List<KeyPath> paths) {
    return paths.stream().map(path -> new KeyPart(position(path), path.properties())).toList();
  }

  /** The position of a parameter that the configuration names. */
  private int position(KeyPath path) {
    @Nullable String[] names = method.parameterNames();
    for (int i = 0; i < names.length; i++) {
      if (path.parameter().equals(names[i]) || path.parameter().equals(String.valueOf(i))) {
        return i;
      }
    }
    String problem = "key: there is no parameter \"" + path.parameter() + "\"; ";
    if (names.length == 0) {
      problem += "it takes none";
    } else if (Arrays.asList(names).contains(null)) {
      problem +=
          "its names were left out when it was compiled, so give positions, 0 to "
              + (names.length - 1);
    } else {
      problem += "its parameters are " + String.join(", ", names);
    }
    problems.add(problem);
    return 0;
  }
}
