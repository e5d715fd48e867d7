package io.larder.runtime.callsite;

import io.larder.bootstrap.LarderHit;
import io.larder.bootstrap.LarderLink;
import io.larder.runtime.policy.MethodSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A method as the agent weaves it; its body answers how often it ran. */
final class WovenMethod {

  private final MethodHandle hit;
  private final MethodHandle miss;
  private final AtomicInteger runs;

  /**
   * Links the two entries of a method.
   *
   * @param runs counts how often bodies ran
   */
  WovenMethod(CallSiteLinker linker, MethodSpec spec, Class<?> owner, AtomicInteger runs) {
    this.runs = runs;
    MethodHandles.Lookup lookup = MethodHandles.lookup().in(owner);
    MethodType type = CachedMethod.siteType(spec);
    hit =
        linker
            .link(lookup, CallSiteLinker.HIT, type.changeReturnType(LarderHit.class), spec.encode())
            .dynamicInvoker();
    miss = linker.link(lookup, CallSiteLinker.MISS, type, spec.encode()).dynamicInvoker();
  }

  /** A call whose body answers {@code run 1}, {@code run 2} and so on. */
  Object call(@Nullable Object... instanceAndArguments) {
    Object entered = enter(instanceAndArguments);
    return entered instanceof LarderHit found
        ? found.value
        : finish(entered, "run " + runs.incrementAndGet());
  }

  /** A call whose body answers this. */
  Object callFor(Object result, @Nullable Object... instanceAndArguments) {
    Object entered = enter(instanceAndArguments);
    return entered instanceof LarderHit found ? found.value : finish(entered, result);
  }

  /** Begins a call: a hit, or what is told how the body ends. */
  @Nullable Object enter(@Nullable Object... instanceAndArguments) {
    try {
      Object entered = hit.invokeWithArguments(instanceAndArguments);
      return entered == null ? miss.invokeWithArguments(instanceAndArguments) : entered;
    } catch (Throwable failure) {
      throw new IllegalStateException("the entry threw", failure);
    }
  }

  /** Ends a call that {@link #enter} began. */
  static Object finish(@Nullable Object entered, Object result) {
    LarderLink.loaded(result, entered);
    return result;
  }
}
