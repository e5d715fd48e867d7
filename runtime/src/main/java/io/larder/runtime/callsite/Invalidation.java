package io.larder.runtime.callsite;

import io.larder.bootstrap.LarderTicket;
import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.KeyPart;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a method that invalidates does when it returns: it forgets results in all caches of a name,
 * whichever class loader they belong to, because to forget too much is never wrong. For the same
 * reason it forgets all of a cache where the key of one result cannot be read, or could not be that
 * of any. When it throws, nothing is forgotten.
 */
final class Invalidation {

  private static final Logger logger = Log.logger(Invalidation.class);

  private static final MethodHandle TICKET;

  static {
    try {
      TICKET =
          MethodHandles.lookup()
              .findVirtual(
                  Invalidation.class,
                  "ticket",
                  MethodType.methodType(LarderTicket.class, Object[].class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final CacheRegistry registry;
  private final List<Target> targets;
  private final String method;
  private volatile boolean warned;
  private volatile boolean noted;

  /** A cache, and what to forget there: a handle for each part of the key, or everything. */
  private record Target(
      String cacheName, boolean everything, List<Integer> inputs, List<MethodHandle> getters) {}

  private Invalidation(CacheRegistry registry, MethodHandles.Lookup owner, InvalidationSpec spec) {
    this.registry = registry;
    this.method = owner.lookupClass().getName() + "#" + spec.signature();
    this.targets = spec.targets().stream().map(target -> resolve(owner, spec, target)).toList();
  }

  /**
   * The invalidation of a method.
   *
   * @param owner sees what its class sees
   */
  static Invalidation of(
      CacheRegistry registry, MethodHandles.Lookup owner, InvalidationSpec spec) {
    return new Invalidation(registry, owner, spec);
  }

  private Target resolve(
      MethodHandles.Lookup owner, InvalidationSpec spec, InvalidationSpec.Target target) {
    List<Integer> inputs = new ArrayList<>();
    List<MethodHandle> getters = new ArrayList<>();
    try {
      for (KeyPart part : target.key()) {
        Class<?> argument =
            MethodType.fromMethodDescriptorString(
                    spec.descriptor(), owner.lookupClass().getClassLoader())
                .parameterType(part.parameter());
        inputs.add((spec.isStatic() ? 0 : 1) + part.parameter());
        getters.add(
            PropertyPath.resolve(owner, argument, part.properties())
                .asType(MethodType.genericMethodType(1)));
      }
      return new Target(target.cacheName(), target.everything(), inputs, getters);
    } catch (IllegalArgumentException | TypeNotPresentException | LinkageError noSuchProperty) {
      warn(target.cacheName(), noSuchProperty.getMessage());
      return new Target(target.cacheName(), /* everything= */ true, List.of(), List.of());
    }
  }

  CallSite callSite(MethodType type) {
    return new ConstantCallSite(
        TICKET.bindTo(this).asCollector(Object[].class, type.parameterCount()).asType(type));
  }

  /**
   * What is told how the body ends.
   *
   * @param arguments with the instance in front, if there is one; read now, as the body may change
   *     them
   */
  LarderTicket ticket(@Nullable Object[] arguments) {
    List<@Nullable Object @Nullable []> keys = new ArrayList<>();
    for (Target target : targets) {
      keys.add(target.everything ? null : keyOf(target, arguments));
    }
    return new LarderTicket() {
      @Override
      protected void proceed() {}

      @Override
      protected void loaded(@Nullable Object result) {
        for (int i = 0; i < targets.size(); i++) {
          forget(targets.get(i).cacheName, keys.get(i));
        }
      }

      @Override
      protected void failed(Throwable thrown) {}
    };
  }

  /** The key of what is to be forgotten; {@code null} for everything. */
  private @Nullable Object @Nullable [] keyOf(Target target, @Nullable Object[] arguments) {
    @Nullable Object[] key = new Object[target.inputs.size()];
    for (int part = 0; part < key.length; part++) {
      try {
        key[part] =
            (Object) target.getters.get(part).invokeExact(arguments[target.inputs.get(part)]);
      } catch (Throwable problem) { // of a getter; its message may hold the argument
        warn(target.cacheName, "its key could not be read, " + problem.getClass().getName());
        return null;
      }
    }
    return key;
  }

  private void warn(String cacheName, @Nullable String reason) {
    if (!warned) {
      warned = true;
      logger.warn("{} forgets all of cache \"{}\", not one result: {}", method, cacheName, reason);
    }
  }

  /** No warning, as it is so for a moment, too, while classes are woven anew. */
  private void noteUnlikely(String cacheName) {
    if (!noted) {
      noted = true;
      logger.info(
          "{} forgets all of cache \"{}\", not one result: no method that is cached there has a key"
              + " of such values",
          method,
          cacheName);
    }
  }

  private void forget(String cacheName, @Nullable Object @Nullable [] key) {
    for (Cache cache : registry.caches()) {
      if (cache.name().equals(cacheName)) {
        try {
          if (key == null) {
            cache.invalidateAll();
          } else if (cache.invalidate(key) == 0 && !cache.couldHold(key)) {
            cache.invalidateAll();
            noteUnlikely(cacheName);
          }
        } catch (Throwable problem) { // the application has its result and must not see this
          cache.problem(problem);
          forgetAll(cache);
        }
      }
    }
  }

  private static void forgetAll(Cache cache) {
    try {
      cache.invalidateAll();
    } catch (Throwable problem) { // as above
      cache.problem(problem);
    }
  }
}
