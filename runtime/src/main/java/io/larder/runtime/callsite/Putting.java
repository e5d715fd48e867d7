package io.larder.runtime.callsite;

import io.larder.runtime.coordinator.Cache;
import io.larder.runtime.coordinator.CacheRegistry;
import io.larder.runtime.coordinator.CachedCall;
import io.larder.runtime.coordinator.PutPlace;
import io.larder.runtime.coordinator.PutUnderWay;
import io.larder.runtime.logging.Log;
import io.larder.runtime.policy.InvalidationSpec;
import io.larder.runtime.policy.PutSpec;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One cache into which a method puts what it returns: in place of the result of the one cached
 * method whose key the values make. Where that cannot be told the key is forgotten, which is never
 * wrong, in all caches of the name. Stored is only where the class of the method sees that of the
 * cached one: another application may have a cache of that name, and results of its own.
 * Thread-safe.
 */
final class Putting {

  private static final Logger logger = Log.logger(Putting.class);

  private final CacheRegistry registry;
  private final WovenMethods woven;
  private final PutSpec spec;
  private final String method;
  private final @Nullable ClassLoader loader;
  private final boolean isStatic;
  private final @Nullable KeyReader key;
  private final Predicate<@Nullable Object> unless;
  private final Forgetting forgetting;
  private volatile boolean noted;

  /**
   * What a method puts.
   *
   * @param woven knows which methods are cached
   * @param owner sees what its class sees
   * @param spec one of the method's
   */
  Putting(
      CacheRegistry registry,
      WovenMethods woven,
      MethodHandles.Lookup owner,
      InvalidationSpec method,
      PutSpec spec) {
    this.registry = registry;
    this.woven = woven;
    this.spec = spec;
    this.method = owner.lookupClass().getName() + "#" + method.signature();
    this.loader = owner.lookupClass().getClassLoader();
    this.isStatic = method.isStatic();
    this.key = readerOf(owner, method.descriptor());
    this.unless = ResultFilter.of(owner, this.method, spec.unless());
    this.forgetting =
        new Forgetting(
            registry,
            owner,
            method,
            new InvalidationSpec.Target(spec.cacheName(), key == null, spec.key()));
  }

  private @Nullable KeyReader readerOf(MethodHandles.Lookup owner, String descriptor) {
    try {
      return KeyReader.of(owner, descriptor, isStatic, spec.key());
    } catch (IllegalArgumentException | TypeNotPresentException | LinkageError noSuchProperty) {
      note(noSuchProperty.getMessage());
      return null;
    }
  }

  /**
   * A call begins.
   *
   * @param arguments with the instance in front, if there is one
   */
  Pending begin(@Nullable Object[] arguments) {
    return new Pending(arguments);
  }

  /** One call. Used by one thread. */
  final class Pending {

    private final Map<Cache, PutUnderWay> underWay = new LinkedHashMap<>();
    private final @Nullable Object receiver;
    private final Forgetting.Pending instead;
    private @Nullable Object @Nullable [] values;

    private Pending(@Nullable Object[] arguments) {
      receiver = isStatic ? null : arguments[0];
      instead = forgetting.of(arguments);
      try {
        values = key == null ? null : key.ofArguments(arguments);
        for (Cache cache : registry.cachesSeenBy(loader)) {
          if (values != null && cache.name().equals(spec.cacheName())) {
            underWay.put(cache, cache.beginPut());
          }
        }
      } catch (Throwable problem) { // of a getter; its message may hold the argument
        note("its key could not be read, " + problem.getClass().getName());
        values = null;
      }
    }

    /** The method returned; what it then forgets does not concern what it puts. */
    void setReturned() {
      underWay.values().forEach(PutUnderWay::setReturned);
    }

    /** Stores the result, or forgets the key; does not throw. */
    void put(@Nullable Object result) {
      try {
        @Nullable Object[] all = valuesWith(result);
        if (all == null || unless.test(result) || !putAll(all, result)) {
          instead.forget(/* returned= */ true, result);
        }
      } finally {
        end();
      }
    }

    private @Nullable Object @Nullable [] valuesWith(@Nullable Object result) {
      @Nullable Object[] all = values;
      if (all == null || key == null) {
        return null;
      }
      try {
        key.addResult(all, result);
        return all;
      } catch (Throwable problem) { // as above
        note(
            problem instanceof NoPropertyException
                ? problem.getMessage()
                : "its key could not be read, " + problem.getClass().getName());
        return null;
      }
    }

    /**
     * Stores the result where it belongs, and has it forgotten where that cannot be told.
     *
     * @return whether there is any cache of the name
     */
    private boolean putAll(@Nullable Object[] all, @Nullable Object result) {
      boolean found = false;
      for (Cache cache : registry.caches()) {
        if (cache.name().equals(spec.cacheName())) {
          found = true;
          if (!putIn(cache, all, result)) {
            forgetting.forgetIn(cache, all);
          }
        }
      }
      return found;
    }

    private boolean putIn(Cache cache, @Nullable Object[] all, @Nullable Object result) {
      PutUnderWay put = underWay.get(cache);
      try {
        PutPlace place = put == null ? null : placeIn(cache, all, result);
        if (put != null && place != null) {
          cache.put(put, place, result, all);
          return true;
        }
      } catch (Throwable problem) { // of a key's hashCode; the application must not see it
        cache.problem(problem);
      }
      return false;
    }

    /** The one place where the result belongs; {@code null} when there is none, or more. */
    private @Nullable PutPlace placeIn(
        Cache cache, @Nullable Object[] all, @Nullable Object result) {
      List<PutPlace> fitting = new ArrayList<>();
      String why = "no method is cached there";
      Set<String> others = new HashSet<>(woven.cachedIn(spec.cacheName()));
      for (CachedCall call : cache.calls()) {
        others.remove(call.id());
        if (spec.resultOf().isEmpty() || call.name().equals(spec.resultOf())) {
          PutPlace place = call.placeOf(receiver, all);
          if (place != null && place.type().accepts(result)) {
            fitting.add(place);
          } else {
            why = whyNot(call, place, all);
          }
        }
      }
      if (fitting.size() == 1 && (others.isEmpty() || !spec.resultOf().isEmpty())) {
        return fitting.get(0);
      }
      if (!fitting.isEmpty()) {
        fitting.forEach(place -> others.add(place.call().id()));
        why = "of several methods it may be the result; name one with resultOf: " + list(others);
      }
      note(why);
      return null;
    }

    private String whyNot(CachedCall call, @Nullable PutPlace place, @Nullable Object[] all) {
      if (place != null) {
        return "it is not what " + call.signature() + " returns";
      }
      return call.couldHold(all)
          ? "it cannot be told of which instance, or with which tags, it is the result of "
              + call.signature()
              + "; of a method with instances INTERCHANGEABLE it can"
          : call.signature() + " has no key of such values";
    }

    private static String list(Set<String> ids) {
      return ids.stream()
          .map(id -> id.substring(0, id.indexOf('(')))
          .distinct()
          .sorted()
          .collect(Collectors.joining(", "));
    }

    /** The call is over. */
    void end() {
      underWay.forEach(Cache::endPut);
    }
  }

  private void note(@Nullable String reason) {
    if (!noted) {
      noted = true;
      logger.info(
          "{} does not store its result in cache \"{}\", and forgets what is there for its key: {}",
          method,
          spec.cacheName(),
          reason);
    }
  }
}
