package io.larder.agent.weaving;

import io.larder.agent.rules.ClassRules;
import io.larder.agent.rules.Rule;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.MethodSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves those methods of a class file that are annotated or named by rules. With the class-file
 * library inside Byte Buddy rather than with Byte Buddy's own advice: that takes 40 loaded classes
 * instead of 1,280. For one class file.
 */
public final class ClassWeaver {

  private final ClassReader reader;
  private final int version;
  private final Supertypes supertypes;
  private final List<WeavingOutcome> outcomes = new ArrayList<>();
  private final Map<String, WovenClass.Plan> plans = new HashMap<>();

  /** How its methods are cached. */
  private final List<MethodSpec> cached = new ArrayList<>();

  /** Those that put, which must know how the others are cached. */
  private final Map<String, WovenClass.Plan> putting = new HashMap<>();

  /**
   * What came of a class.
   *
   * @param classFile woven; {@code null} when there is nothing to weave
   * @param outcomes what became of each method
   * @param specs what was woven, as the runtime will be told
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Result(
      byte @Nullable [] classFile, List<WeavingOutcome> outcomes, Set<String> specs) {}

  private ClassWeaver(@Nullable ClassLoader loader, byte[] classFile) {
    this.reader = new ClassReader(classFile);
    this.version = reader.readShort(6);
    this.supertypes = new Supertypes(loader);
  }

  /**
   * Weaves a class.
   *
   * @param loader the one that loads the class; {@code null} for the bootstrap loader
   * @param rules what the configuration says about it
   */
  public static Result weave(@Nullable ClassLoader loader, byte[] classFile, ClassRules rules) {
    return new ClassWeaver(loader, classFile).weave(rules);
  }

  /** The name of the class in a class file, with dots. */
  public static String nameOf(byte[] classFile) {
    return new ClassReader(classFile).getClassName().replace('/', '.');
  }

  /** The methods of a class file that have a body, as in {@code find(long, String)}. */
  public static List<String> methodsOf(byte[] classFile) {
    return MethodFinder.all(new ClassReader(classFile)).stream()
        .map(FoundMethod::signature)
        .toList();
  }

  private Result weave(ClassRules rules) {
    for (FoundMethod method : MethodFinder.find(reader, rules)) {
      plan(method);
    }
    putting.forEach((id, plan) -> plans.put(id, plan.withSiblings(cached)));
    byte[] woven = plans.isEmpty() ? null : write();
    Set<String> specs = new LinkedHashSet<>();
    for (WovenClass.Plan plan : plans.values()) {
      specs.add(plan.encodedSpec());
      reportWoven(plan);
    }
    return new Result(woven, outcomes, specs);
  }

  private void reportWoven(WovenClass.Plan plan) {
    FoundMethod method = plan.method();
    if (plan.isCached()) {
      report(method, WeavingOutcome.Kind.CACHED, plan.cacheName());
      return;
    }
    for (Effect effect : plan.effects()) {
      if (effect.kind() != WeavingOutcome.Kind.REFUSED) {
        report(method, effect);
      }
    }
  }

  private void report(FoundMethod method, Effect effect) {
    boolean refused = effect.kind() == WeavingOutcome.Kind.REFUSED;
    outcomes.add(
        new WeavingOutcome(
            method.className + "." + method.id(),
            method.readable(),
            effect.rule(),
            effect.annotation(),
            effect.kind(),
            refused ? effect.words() : effect.cacheName(),
            refused ? "" : effect.words()));
  }

  private void plan(FoundMethod method) {
    if (method.exclusion != null) {
      report(method, WeavingOutcome.Kind.EXCLUDED, method.exclusion + " leaves it alone");
      return;
    }
    MethodCheck.Outcome outcome =
        version < Opcodes.V1_5
            ? MethodCheck.Outcome.refused("its class was compiled for Java 1.4 or older")
            : MethodCheck.check(method, supertypes);
    MethodSpec spec = outcome.cached();
    InvalidationSpec invalidates = outcome.invalidates();
    if (spec != null) {
      cached.add(spec);
      plans.put(method.id(), WovenClass.Plan.cached(method, spec));
      reportShadowed(method);
      return;
    }
    if (invalidates != null) {
      WovenClass.Plan plan = WovenClass.Plan.invalidating(method, invalidates, outcome.effects());
      plans.put(method.id(), plan);
      if (!invalidates.puts().isEmpty()) {
        putting.put(method.id(), plan);
      }
    }
    for (Effect effect : outcome.effects()) {
      if (effect.kind() == WeavingOutcome.Kind.REFUSED) {
        report(method, effect);
      }
    }
    if (outcome.refusal() != null) {
      report(method, WeavingOutcome.Kind.REFUSED, outcome.refusal());
    }
  }

  /** Of several rules that say where a method is cached, the first holds, before the annotation. */
  private void reportShadowed(FoundMethod method) {
    List<Rule> caching = method.caching();
    if (caching.isEmpty()) {
      return;
    }
    String first = caching.get(0).origin();
    if (method.annotated) {
      report(
          method,
          null,
          WeavingOutcome.Kind.SHADOWED,
          first + " overrules the annotation, which holds for what is not said there");
    }
    for (Rule rule : caching.subList(1, caching.size())) {
      report(method, rule, WeavingOutcome.Kind.SHADOWED, first + " names the method before");
    }
  }

  /**
   * Writes the class, without the methods that would become too large; leaves the plans it used.
   */
  private byte @Nullable [] write() {
    while (!plans.isEmpty()) {
      try {
        return WovenClass.write(reader, version, plans);
      } catch (RuntimeException | Error failure) { // the class stays as it is
        // Not a catch clause of its own: the verifier would load that class for every application.
        if (failure instanceof MethodTooLargeException tooLarge) {
          WovenClass.Plan plan = plans.remove(tooLarge.getMethodName() + tooLarge.getDescriptor());
          if (plan != null) {
            report(
                plan.method(),
                WeavingOutcome.Kind.REFUSED,
                "with the cache it would exceed the 64 KB of a method; split it");
            continue;
          }
        }
        for (WovenClass.Plan plan : plans.values()) {
          report(
              plan.method(),
              WeavingOutcome.Kind.REFUSED,
              "its class file could not be woven: " + failure);
        }
        plans.clear();
      }
    }
    return null;
  }

  private void report(FoundMethod method, WeavingOutcome.Kind kind, String detail) {
    List<Rule> caching = method.caching();
    Rule rule =
        caching.isEmpty() ? method.hasAnnotation() ? null : method.firstRule() : caching.get(0);
    report(method, rule, kind, detail);
  }

  private void report(
      FoundMethod method, @Nullable Rule rule, WeavingOutcome.Kind kind, String detail) {
    outcomes.add(
        new WeavingOutcome(
            method.className + "." + method.id(),
            method.readable(),
            rule,
            method.annotated ? "@Cached" : method.annotation(),
            kind,
            detail,
            /* effect= */ ""));
  }
}
