package io.larder.agent.weaving;

import io.larder.runtime.policy.CachePolicy;
import io.larder.runtime.policy.DurationText;
import io.larder.runtime.policy.InstanceRule;
import io.larder.runtime.policy.MethodSpec;
import io.larder.runtime.policy.SizeText;
import java.time.Duration;
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
   * What came out.
   *
   * @param spec how to cache; {@code null} when there is a refusal
   * @param refusal why not, in words; {@code null} when there is a spec
   */
  record Outcome(@Nullable MethodSpec spec, @Nullable String refusal) {}

  /**
   * Checks a method.
   *
   * @param supertypes knows the supertypes of the classes that the method's loader sees
   */
  static Outcome check(FoundMethod method, Supertypes supertypes) {
    MethodCheck check = new MethodCheck(method);
    String reason = check.whyNotCacheable(supertypes);
    if (reason != null) {
      return new Outcome(null, reason);
    }
    MethodSpec spec = check.spec();
    return check.problems.isEmpty()
        ? new Outcome(spec, null)
        : new Outcome(null, String.join("; ", check.problems));
  }

  private @Nullable String whyNotCacheable(Supertypes supertypes) {
    if (method.name.startsWith("<")) {
      return "constructors cannot be cached; annotate a method that creates the object";
    }
    if ((method.access & Opcodes.ACC_ABSTRACT) != 0) {
      return "it is abstract; annotate the methods that implement it";
    }
    if ((method.access & Opcodes.ACC_NATIVE) != 0) {
      return "it is native; annotate a method that calls it";
    }
    Type returned = Type.getReturnType(method.descriptor);
    if (returned.getSort() == Type.VOID) {
      return "it returns nothing that could be cached (void)";
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
    return OneShotResults.reason(returned, supertypes);
  }

  private MethodSpec spec() {
    List<Integer> keyParameters = keyParameters();
    CachePolicy policy = policy();
    String cacheName = CacheNames.ofMethod(method.className, method.name);
    InstanceRule instances = InstanceRule.SEPARATE;
    for (Map.Entry<String, Object> value : method.values.entrySet()) {
      if (value.getKey().equals("name") && value.getValue() instanceof String text) {
        cacheName = text;
      } else if (value.getKey().equals("instances") && value.getValue() instanceof String text) {
        instances = instances(text);
      }
    }
    try {
      return specOf(cacheName, keyParameters, instances, policy);
    } catch (IllegalArgumentException wrong) {
      problems.add(wrong.getMessage());
      return specOf("unused", keyParameters, instances, policy);
    }
  }

  private MethodSpec specOf(
      String cacheName, List<Integer> keyParameters, InstanceRule instances, CachePolicy policy) {
    return new MethodSpec(
        method.name,
        method.descriptor,
        (method.access & Opcodes.ACC_STATIC) != 0,
        cacheName,
        keyParameters,
        instances,
        policy);
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

  private CachePolicy policy() {
    Duration ttl = CachePolicy.DEFAULT.ttl();
    long entries = CachePolicy.DEFAULT.maximumEntries();
    long bytes = CachePolicy.DEFAULT.maximumBytes();
    Duration wait = CachePolicy.DEFAULT.waitAtMost();
    for (Map.Entry<String, Object> value : method.values.entrySet()) {
      try {
        switch (value.getKey()) {
          case "ttl" -> ttl = DurationText.parseOrOff("ttl", (String) value.getValue());
          case "maximumEntries" -> entries = entries((Long) value.getValue());
          case "maximumBytes" ->
              bytes = SizeText.parseOrOff("maximumBytes", (String) value.getValue());
          case "waitAtMost" -> wait = DurationText.parse("waitAtMost", (String) value.getValue());
          case "name", "instances" -> requireText(value.getValue()); // read by the caller
          default ->
              problems.add(
                  "unknown attribute "
                      + value.getKey()
                      + "; the annotations are newer than the agent, use one version of both");
        }
      } catch (ClassCastException otherType) {
        problems.add(
            value.getKey()
                + " has another type than this agent knows; use one version of agent and annotations");
      } catch (IllegalArgumentException wrong) {
        problems.add(wrong.getMessage());
      }
    }
    return new CachePolicy(ttl, entries, bytes, wait);
  }

  private static void requireText(Object value) {
    if (!(value instanceof String)) {
      throw new ClassCastException();
    }
  }

  private static long entries(long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "maximumEntries must be positive, or 0 for no limit: " + value);
    }
    return value;
  }

  private List<Integer> keyParameters() {
    if (!method.keyParameters.isEmpty() && !method.ignoredParameters.isEmpty()) {
      problems.add(
          "@CacheKey and @CacheIgnore contradict each other on one method; keep one of the two");
    }
    if (!method.keyParameters.isEmpty()) {
      return method.keyParameters.stream().sorted().toList();
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < Type.getArgumentTypes(method.descriptor).length; i++) {
      if (!method.ignoredParameters.contains(i)) {
        all.add(i);
      }
    }
    return all;
  }
}
