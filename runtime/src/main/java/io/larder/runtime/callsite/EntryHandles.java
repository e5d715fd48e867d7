package io.larder.runtime.callsite;

import io.larder.bootstrap.LarderHit;
import io.larder.runtime.model.Entry;
import io.larder.runtime.policy.MethodSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The handles that stand behind the two call sites of one method, from the arguments on.
 *
 * @param type of the second call site
 * @param front {@code null} where there is none
 * @param refresh {@code null} where results are not refreshed
 */
record EntryHandles(
    MethodSpec spec,
    MethodType type,
    KeyPlan plan,
    HitPath path,
    @Nullable FrontPath front,
    @Nullable RefreshPath refresh) {

  private static final MethodHandle HIT = handle(HitPath.class, "hit", Entry.class, Object.class);
  private static final MethodHandle HIT_GUARDED =
      handle(HitPath.class, "hitGuarded", Entry.class, Object.class);
  private static final MethodHandle HIT_TAGGED =
      handle(HitPath.class, "hitTagged", Entry.class, Object.class);
  private static final MethodHandle HIT_TAGGED_GUARDED =
      handle(HitPath.class, "hitTaggedGuarded", Entry.class, Object.class);
  private static final MethodHandle HIT_IN_FRONT =
      handle(FrontPath.class, "hit", LarderHit.class, Object.class);
  private static final MethodHandle HIT_OR_MISS =
      handle(FrontPath.class, "hitOrMiss", Object.class, Object.class);
  private static final MethodHandle HIT_OR_MISS_TAGGED =
      handle(FrontPath.class, "hitOrMissTagged", Object.class, Object.class, Object[].class);
  private static final MethodHandle MISS =
      handle(HitPath.class, "miss", Object.class, Object.class);
  private static final MethodHandle MISS_GUARDED =
      handle(HitPath.class, "missGuarded", Object.class, Object.class);
  private static final MethodHandle MISS_TAGGED =
      handle(HitPath.class, "missTagged", Object.class, Object.class, Object[].class);
  private static final MethodHandle MISS_TAGGED_GUARDED =
      handle(HitPath.class, "missTaggedGuarded", Object.class, Object.class, Object[].class);
  private static final MethodHandle HIT_NOT_DUE =
      handle(RefreshPath.class, "hit", Entry.class, Object.class);
  private static final MethodHandle HIT_NOT_DUE_GUARDED =
      handle(RefreshPath.class, "hitGuarded", Entry.class, Object.class);
  private static final MethodHandle HIT_DUE_OR_MISS =
      handle(RefreshPath.class, "hitOrMiss", Object.class, Object.class, Object[].class);

  /** What the first call site does. */
  MethodHandle hit() {
    return plan.before(hitOfKey(), type.changeReturnType(LarderHit.class));
  }

  private MethodHandle hitOfKey() {
    if (front != null) {
      return HIT_IN_FRONT.bindTo(front);
    }
    if (refresh != null) {
      return (plan.trusted() ? HIT_NOT_DUE : HIT_NOT_DUE_GUARDED).bindTo(refresh);
    }
    return (path.tagging().isEmpty()
            ? plan.trusted() ? HIT : HIT_GUARDED
            : plan.trusted() ? HIT_TAGGED : HIT_TAGGED_GUARDED)
        .bindTo(path);
  }

  /** What the second call site does. */
  MethodHandle miss() {
    if (refresh != null) {
      return withArguments(HIT_DUE_OR_MISS.bindTo(refresh), /* from= */ 0);
    }
    if (path.tagging().isEmpty()) {
      MethodHandle miss =
          front != null
              ? HIT_OR_MISS.bindTo(front)
              : (plan.trusted() ? MISS : MISS_GUARDED).bindTo(path);
      return plan.before(miss, type);
    }
    return withArguments(
        front != null
            ? HIT_OR_MISS_TAGGED.bindTo(front)
            : (plan.trusted() ? MISS_TAGGED : MISS_TAGGED_GUARDED).bindTo(path),
        spec.isStatic() ? 0 : 1);
  }

  /** Takes the arguments beside the key, those from a position on. */
  private MethodHandle withArguments(MethodHandle taker, int from) {
    MethodHandle all =
        MethodHandles.dropArguments(
            taker.asCollector(Object[].class, type.parameterCount() - from),
            1,
            type.parameterList().subList(0, from));
    return MethodHandles.foldArguments(
        all.asType(type.insertParameterTypes(0, Object.class)), plan.keyMaker(type));
  }

  private static MethodHandle handle(
      Class<?> owner, String name, Class<?> returned, Class<?>... parameters) {
    try {
      return MethodHandles.lookup()
          .findVirtual(owner, name, MethodType.methodType(returned, parameters));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }
}
